import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { bundleCli } from "../support/bundle.ts";
import { headroom, scratch } from "../support/scratch.ts";

const cli = await bundleCli();
const twice = "apiVersion: v1\nkind: ConfigMap\nkind: Secret\n";
const summary = "1 file, 1 document: 1 error\n";

describe("several formats at once", () => {
  it("go into files, beside one on standard output", () => {
    const cwd = scratch({ "a.yaml": twice });
    const plain = headroom(cli, ["lint"], { cwd });
    const args = ["lint", "--format", "sarif=out.sarif", "--format=json=out=1.json", "--format", "text"];
    assert.deepEqual(headroom(cli, args, { cwd }), plain);
    assert.equal(JSON.parse(readFileSync(`${cwd}/out.sarif`, "utf8")).version, "2.1.0");
    assert.equal(JSON.parse(readFileSync(`${cwd}/out=1.json`, "utf8")).findings.length, 1);
  });

  it("with files alone leave the summary on standard output", () => {
    const cwd = scratch({ "a.yaml": twice });
    const { exit, out } = headroom(cli, ["lint", "--format", "text=out.txt"], { cwd, env: { FORCE_COLOR: "1" } });
    assert.deepEqual([exit, out], [1, summary]);
    const file = readFileSync(`${cwd}/out.txt`, "utf8");
    assert.ok(file.startsWith("error a.yaml:3:1 ") && file.endsWith(summary), "no colours in a file");
  });

  it("must know where to go", () => {
    const cwd = scratch({ "a.yaml": twice });
    for (const [args, err] of [
      [
        ["--format", "json", "--format", "sarif"],
        "Only one format can go to standard output, not json and sarif. Give one a file: --format sarif=FILE.\n",
      ],
      [["--format", "json=x", "--format", "sarif=./x"], `Two formats go into the same file: ${cwd}/x.\n`],
      [["--format", "sarif="], "--format sarif= needs a value: FILE. See headroom help lint.\n"],
    ] as const) {
      assert.deepEqual(headroom(cli, ["lint", ...args], { cwd }), { exit: 2, out: "", err });
    }
  });

  it("that cannot be written make the run fail, and everything else is told", () => {
    const cwd = scratch({ "a.yaml": twice });
    const ran = headroom(cli, ["lint", "--format", "text", "--format", "sarif=gone/out.sarif"], { cwd });
    assert.equal(ran.exit, 2);
    assert.equal(ran.err, `not written: ${cwd}/gone/out.sarif: There is no such directory.\n`);
    assert.ok(ran.out.endsWith(summary));
  });
});
