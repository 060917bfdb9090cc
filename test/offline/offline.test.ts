import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { bundleCli } from "../cli/support/bundle.ts";

const forbid = resolve("test/offline/forbid-sockets.cjs");
let cli: string;
let folder: string;

before(async () => {
  cli = await bundleCli();
  folder = mkdtempSync(join(tmpdir(), "headroom-offline-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function lint(...paths: string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--require", forbid, cli, "lint", "--format", "json", ...paths],
    { encoding: "utf8" },
  );
  return { status, stderr };
}

describe("with sockets forbidden", () => {
  test("the guard works", () => {
    const { status, stderr } = spawnSync(process.execPath, ["--require", forbid, "-e", "fetch('http://127.0.0.1:9')"], {
      encoding: "utf8",
    });
    assert.deepEqual([status, stderr], [97, "SOCKET fetch\n"]);
  });

  test("every example file is linted", () => {
    assert.deepEqual(lint("examples/production"), { status: 0, stderr: "" });
    assert.deepEqual(lint("examples/broken"), { status: 1, stderr: "" });
  });

  test("a schema that a document names is neither fetched nor read", () => {
    const lines = [
      "# yaml-language-server: $schema=http://127.0.0.1:9/a.json",
      "$schema: http://127.0.0.1:9/b.json",
      "kind: ConfigMap",
    ];
    writeFileSync(join(folder, "a.yaml"), `${lines.join("\n")}\n`);
    writeFileSync(join(folder, "b.yaml"), "# yaml-language-server: $schema=file:///etc/passwd\nkind: ConfigMap\n");
    assert.deepEqual(lint(folder), { status: 0, stderr: "" });
  });
});
