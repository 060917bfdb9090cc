import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { bundleCli } from "../support/bundle.ts";
import { headroom, scratch } from "../support/scratch.ts";

const cli = await bundleCli();
const duplicate = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {}\ndata: {}\n`;
const clean = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {}\n`;

class Watching {
  private readonly child: ChildProcess;
  private said = "";
  private told = 0;

  constructor(cwd: string) {
    this.child = spawn(process.execPath, [cli, "lint", "--watch"], { cwd, env: { PATH: process.env["PATH"] } });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        this.said += text;
        this.child.emit("said");
      });
    }
  }

  /** Waits until it says this, and returns what it said until then since the last time. */
  async until(text: string): Promise<string> {
    for (;;) {
      const at = this.said.indexOf(text, this.told);
      if (at >= 0) {
        const since = this.said.slice(this.told, at + text.length);
        this.told = at + text.length;
        return since;
      }
      await once(this.child, "said");
    }
  }

  async stop(): Promise<number | null> {
    this.child.kill("SIGINT");
    const [code] = await once(this.child, "exit");
    return code;
  }
}

describe("--watch", () => {
  it("tells again what changed, came and went, and ends when interrupted", { timeout: 60_000 }, async () => {
    const cwd = scratch({ "a.yaml": clean("a"), "b/b.yaml": duplicate("b") });
    const watching = new Watching(cwd);
    await watching.until("2 files, 2 documents: 1 error\n");
    await watching.until("watching 2 directories; Ctrl+C ends it\n");
    writeFileSync(`${cwd}/a.yaml`, duplicate("a"));
    assert.match(await watching.until("2 files, 2 documents: 2 errors\n"), /changed: a\.yaml\nerror a\.yaml:5:1 /);
    writeFileSync(`${cwd}/b/b.yaml`, clean("b"));
    assert.match(await watching.until("2 files, 2 documents: 1 error\n"), /changed: b\/b\.yaml\n/);
    mkdirSync(`${cwd}/c`);
    writeFileSync(`${cwd}/c/c.yaml`, duplicate("c"));
    assert.match(await watching.until("3 files, 3 documents: 2 errors\n"), /changed: c\/c\.yaml\n/);
    rmSync(`${cwd}/a.yaml`);
    assert.match(await watching.until("2 files, 2 documents: 1 error\n"), /changed: a\.yaml\n/);
    writeFileSync(`${cwd}/headroom.config.yaml`, "rules: {yaml/duplicate-key: warning}\n");
    await watching.until("3 files, 3 documents: 1 warning\n");
    assert.equal(await watching.stop(), 0);
  });

  it("does not go with what is done once", () => {
    for (const [args, err] of [
      [["--fix"], "--watch looks on, and --fix is done once: they do not go together.\n"],
      [["-"], "--watch goes neither with standard input nor with --shard or --changed.\n"],
    ] as const) {
      assert.deepEqual(headroom(cli, ["lint", "--watch", ...args], { cwd: scratch() }), { exit: 2, out: "", err });
    }
  });
});
