import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { describe, it } from "node:test";
import { parse } from "yaml";
import { lintCommand } from "../../server/cli/commands/lint.ts";
import { bundleCli } from "./support/bundle.ts";
import { scratch } from "./support/scratch.ts";

const cli = resolve(await bundleCli());
const page = readFileSync("docs/ci.md", "utf8");

function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, text = ""]) => text);
}

/** Command lines of a pipeline, wherever they stand in it. */
function runs(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === "run" && typeof inner === "string") return [inner];
    if (key === "script" && Array.isArray(inner)) return inner;
    return runs(inner);
  });
}

/** Programs of these names in a directory of their own. */
function programs(of: Readonly<Record<string, string>>): string {
  const bin = scratch();
  for (const [name, script] of Object.entries(of)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

const lines = (text: string) => text.trim().split("\n");
const commands = [...blocks("sh").flatMap(lines), ...blocks("yaml").flatMap((text) => runs(parse(text)))];

/** A repository with a clean stack, as the page speaks of it. */
function repository(): string {
  const map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes}\n";
  const cwd = scratch({
    "deploy/hpa.yaml": map,
    "chart/Chart.yaml": "name: stack\n",
    "chart/values.yaml": "{}\n",
    "docs/page.md": `\`\`\`yaml\n${map}\`\`\`\n`,
    ".gitignore": "*.json\n",
  });
  cpSync("examples/production", `${cwd}/deploy`, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd, stdio: "pipe" });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "first");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  return cwd;
}

describe("the page about CI", () => {
  const cwd = repository();
  const map = "apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: notes}\\n";
  const bin = programs({
    headroom: `exec "${process.execPath}" "${cli}" "$@"`,
    kustomize: `printf '${map}'`,
    helm: `printf -- '---\\n# Source: stack/templates/a.yaml\\n${map}'`,
  });

  it("has commands", () => assert.ok(commands.length > 20, String(commands.length)));

  for (const command of commands) {
    it(`has one that works when pasted: ${command}`, () => {
      const env = { PATH: `${bin}${delimiter}${process.env["PATH"]}` };
      const { status, stderr } = spawnSync("sh", ["-c", command], { cwd, env, encoding: "utf8" });
      assert.equal(status, 0, stderr);
    });
  }

  it("speaks of every option of lint", () => {
    for (const name of Object.keys(lintCommand.options)) assert.ok(page.includes(`--${name}`), name);
  });
});
