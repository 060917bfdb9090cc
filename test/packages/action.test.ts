import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse } from "yaml";
import packageJson from "../../package.json";
import { scratch } from "../cli/support/scratch.ts";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string | number }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[];
  };
}

const action = parse(readFileSync("action.yml", "utf8")) as Action;
const [step] = action.runs.steps;
assert.ok(step);

/** The words that the step starts npx with, one a line, when somebody gives it these inputs. */
function wordsFor(inputs: Readonly<Record<string, string>>): string[] {
  const cwd = scratch({ "bin/npx": '#!/bin/sh\nprintf "%s\\n" "$@"\n' });
  chmodSync(join(cwd, "bin/npx"), 0o755);
  const given = (expression: string) => {
    const name = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? "";
    return inputs[name] ?? String(action.inputs[name]?.default);
  };
  const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, value]) => [name, given(value)]));
  const ran = spawnSync("bash", ["-c", step?.run ?? ""], {
    cwd,
    env: { ...env, PATH: `${join(cwd, "bin")}:${process.env["PATH"]}` },
    encoding: "utf8",
  });
  assert.equal(ran.status, 0, ran.stderr);
  return ran.stdout.split("\n").slice(0, -1);
}

describe("the GitHub action", () => {
  const npx = ["--yes", `headroom-llm@${packageJson.version}`, "lint", "--format=github"];

  it("checks everything with this version unless somebody says otherwise", () => {
    assert.deepEqual(wordsFor({}), [...npx, "--fail-on=error", "--", "."]);
  });

  it("takes paths and options one a line, and no empty ones", () => {
    const inputs = {
      paths: "base\n\nover lays/*.yaml\n",
      options: "--quiet\n--format=sarif=a b.sarif",
      "fail-on": "never",
    };
    assert.deepEqual(wordsFor(inputs), [
      ...npx,
      "--fail-on=never",
      "--quiet",
      "--format=sarif=a b.sarif",
      "--",
      "base",
      "over lays/*.yaml",
    ]);
  });

  it("runs nothing that stands in an input", () => {
    const evil = '$(touch x); `touch x`; "; touch x; --help';
    assert.deepEqual(wordsFor({ paths: evil }).at(-1), evil);
    assert.doesNotMatch(step.run, /\$\{\{/);
  });

  it("says what each input is for", () => {
    for (const [name, { description }] of Object.entries(action.inputs)) assert.ok(description.length > 10, name);
  });
});
