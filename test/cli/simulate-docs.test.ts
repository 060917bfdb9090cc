import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { run } from "../../server/cli/run.ts";
import { annotations } from "../../server/scenario/annotations.ts";
import { recorder } from "./support/recorder.ts";
import { scratch } from "./support/scratch.ts";

/** Lines of `sh` blocks that start Headroom. */
const page = readFileSync("docs/simulate.md", "utf8");
const commands = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
  block.split("\n").filter((line) => line.startsWith("headroom ")),
);

describe("every command of docs/simulate.md", () => {
  const cwd = scratch({ "dist/preview.js": "", "dist/preview.css": "" });
  before(() => {
    cpSync("examples", join(cwd, "examples"), { recursive: true });
    const git = (...words: string[]) => execFileSync("git", ["-C", cwd, ...words], { stdio: "pipe" });
    git("init", "-q");
    git("add", "examples");
    git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "examples");
  });

  for (const command of commands)
    it(command, async () => {
      const { terminal, said } = recorder({ width: 100 });
      const host = { cwd, dist: join(cwd, "dist"), stdin: nothing(), startServer: () => {} };
      const exit = await run(command.split(" ").slice(1), terminal, host);
      assert.ok(exit === 0 || exit === 1, said.err);
      assert.match(said.out, /^Qwen\/Qwen3-32B.*\n\n\S/);
      if (command.includes("--against"))
        assert.match(said.out, /\nNo difference to (?:HEAD|examples\/production)\.\n$/);
      if (command.includes("--html")) assert.ok(existsSync(join(cwd, "forecast.html")));
    });

  it("has every annotation that is read", () => {
    for (const annotation of Object.values(annotations)) assert.ok(page.includes(`\`${annotation}\``), annotation);
  });

  it("is there", () => assert.ok(commands.length >= 7));
});

async function* nothing(): AsyncGenerator<Uint8Array> {}
