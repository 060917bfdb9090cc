import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { commands } from "../../server/cli/commands/all.ts";
import { rules } from "../../server/rules/registry.ts";
import { bundleCli } from "./support/bundle.ts";
import { headroom, scratch } from "./support/scratch.ts";

const cli = await bundleCli();
const cwd = scratch({ "stack.yaml": "a: 1\n" });
const script = (shell: string) => headroom(cli, ["completions", shell], { cwd }).out;
const isHere = (shell: string) => spawnSync(shell, ["--version"]).status === 0;

/** What bash offers behind these words. */
function offered(...words: string[]): string[] {
  const asked = words.map((word) => `'${word}'`).join(" ");
  const ask = `${script("bash")}\nCOMP_WORDS=(headroom ${asked}); COMP_CWORD=${words.length}; _headroom; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const ran = spawnSync("bash", ["--norc", "-c", ask], { cwd, encoding: "utf8" });
  assert.equal(ran.stderr, "");
  return ran.stdout.split("\n").filter((line) => line !== "");
}

describe("bash, after headroom completions bash,", { skip: !isHere("bash") }, () => {
  it("offers each command, and help", () => {
    assert.deepEqual(offered(""), [...commands.map(({ name }) => name), "help"]);
    assert.deepEqual(offered("ex"), ["explain"]);
  });

  it("offers the options of the command behind a dash, and files otherwise", () => {
    const { options = {} } = commands.find(({ name }) => name === "lint") ?? {};
    const names = Object.entries(options).flatMap(([name, { unlisted }]) => (unlisted ? [] : [`--${name}`]));
    assert.deepEqual(offered("lint", "-"), [...names, "--no-color", "--help"]);
    assert.deepEqual(offered("lint", ""), []);
  });

  it("offers the words that an option takes", () => {
    assert.deepEqual(offered("lint", "--fail-on", ""), ["error", "warning", "info", "never"]);
    assert.deepEqual(offered("capacity", "--gpu", ""), []);
  });

  it("offers the ids of the rules to explain, and the stacks to init", () => {
    assert.deepEqual(
      offered("explain", "hpa/scale-up"),
      rules.map(({ id }) => id).filter((id) => id.startsWith("hpa/scale-up")),
    );
    assert.deepEqual(offered("init", "wva"), ["wva-hpa", "wva-keda"]);
    assert.deepEqual(offered("help", "sim"), ["simulate"]);
  });
});

describe("the script for", () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    it(`${shell} is one that it takes`, { skip: !isHere(shell) }, () => {
      const directory = scratch({ script: script(shell) });
      const ran = spawnSync(shell, ["-n", join(directory, "script")]);
      assert.deepEqual([ran.status, ran.stderr.toString()], [0, ""]);
    });

    it(`${shell} names every command and option`, () => {
      const text = script(shell);
      for (const { name, options } of commands) {
        assert.ok(text.includes(name));
        for (const [option, { unlisted }] of Object.entries(options))
          assert.ok(unlisted || text.includes(option), `${name} --${option}`);
      }
    });
  }

  it("another shell is refused", () => {
    const ran = headroom(cli, ["completions", "powershell"], { cwd });
    assert.deepEqual([ran.exit, ran.out, ran.err], [2, "", "headroom completions takes bash, zsh or fish.\n"]);
  });
});
