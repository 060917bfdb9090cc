import assert from "node:assert/strict";
import { relative } from "node:path";
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import { readInputs } from "../../../server/cli/inputs/inputs.ts";
import { partialDirectories } from "../../../server/cli/lint/partial.ts";
import { fail, fault } from "../../disk/fault.ts";
import { scratch, type Tree } from "../../disk/scratch.ts";

const tree: Tree = {
  ".gitignore": "mine.yaml\n",
  "outside.yaml": "",
  "whole/a.yaml": "",
  "whole/b.yml": "",
  "whole/notes.md": "",
  "ignored/a.yaml": "",
  "ignored/mine.yaml": "",
  "broken/a.yaml": "",
  "broken/b.yaml": new Uint8Array([0xff]),
  "linked/a.yaml": "",
  "linked/b.yaml": { link: "../outside.yaml" },
  "above/a.yaml": "",
  "above/x.yaml/b.yaml": "",
};

describe("a directory is known in part", () => {
  const cases: [what: string, paths: string[], partial: string[]][] = [
    ["where a manifest was not named", ["whole/a.yaml", "outside.yaml"], ["whole"]],
    ["not where all were named", ["whole/a.yaml", "whole/b.yml"], []],
    ["where a walk left some out", ["whole", "ignored", "broken", "linked"], ["broken", "ignored", "linked"]],
    ["where something else has such a name", ["above"], ["above"]],
    ["where a pattern left some out", ["whole/*.yaml", "broken/../ignored/a*"], ["ignored", "whole"]],
    ["where standard input is no file of it", ["-", "whole/a.yaml"], ["whole"]],
  ];
  for (const [what, paths, partial] of cases) {
    test(what, async (t) => {
      const cwd = await scratch(t, tree);
      const stdin = Readable.from([Buffer.from("a: 1\n")]);
      const asked = { cwd, paths, limit: 100, stdin, stdinPath: "whole/new.yaml" };
      const { files, listed } = await readInputs(asked);
      const named = (directories: readonly string[]) => directories.map((one) => relative(cwd, one)).sort();
      assert.deepEqual(named(partialDirectories(files, listed)), partial);
      assert.deepEqual(named(partialDirectories(files)), partial);
    });
  }

  test("by what the walk listed, without asking again", async (t) => {
    const cwd = await scratch(t, tree);
    const { files, listed } = await readInputs({ cwd, paths: ["ignored"], limit: 100, stdin: Readable.from([]) });
    fault(t, "readdirSync", () => fail("EIO"));
    assert.equal(partialDirectories(files, listed).length, 1);
    assert.deepEqual(partialDirectories(files), []);
  });
});
