import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import { readInputs } from "../../../server/cli/inputs/inputs.ts";
import { fault } from "../../disk/fault.ts";
import { scratch } from "../../disk/scratch.ts";

const nothing = Readable.from([]);

describe("the inputs of a command line", () => {
  test("are files with their texts, and what could not be checked", async (t) => {
    const cwd = await scratch(t, { "a.yaml": "a: 1\n", "b.yaml": Buffer.from([0xff]), "c.yaml": "c: 3\n" });
    const stdin = Readable.from([Buffer.from("in: 1\n")]);
    assert.deepEqual(await readInputs({ cwd, paths: ["-", ".", "none"], limit: 100, stdin }), {
      files: [
        { path: "<stdin>", absolute: join(cwd, "<stdin>"), text: "in: 1\n" },
        { path: "a.yaml", absolute: join(cwd, "a.yaml"), text: "a: 1\n" },
        { path: "c.yaml", absolute: join(cwd, "c.yaml"), text: "c: 3\n" },
      ],
      listed: new Map([[cwd, ["a.yaml", "b.yaml", "c.yaml"]]]),
      problems: [
        { path: "none", reason: "No such file or directory." },
        { path: "b.yaml", reason: "Line 1 is not valid UTF-8. Save the file as UTF-8." },
      ],
    });
  });

  test("may be 300 files", async (t) => {
    const tree = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`f${1000 + index}.yaml`, `n: ${index}\n`]),
    );
    const cwd = await scratch(t, tree);
    const { files, problems } = await readInputs({ cwd, paths: [], limit: 100, stdin: nothing });
    assert.deepEqual(Object.fromEntries(files.map(({ path, text }) => [path, text])), tree);
    assert.deepEqual(
      files.map(({ path }) => path),
      Object.keys(tree),
    );
    assert.deepEqual(problems, []);
  });

  test("may vanish between finding and reading", async (t) => {
    const cwd = await scratch(t, { "a.yaml": "a: 1\n", "b.yaml": "b: 2\n" });
    fault(t, "openSync", (path) => void (path.endsWith("a.yaml") && rmSync(path)));
    const { files, problems } = await readInputs({ cwd, paths: [], limit: 100, stdin: nothing });
    assert.deepEqual(
      files.map(({ path }) => path),
      ["b.yaml"],
    );
    assert.deepEqual(problems, [{ path: "a.yaml", reason: "It vanished before it could be read." }]);
  });

  test("are none where the working directory is gone, and that is told", async (t) => {
    const cwd = join(await scratch(t, {}), "gone");
    assert.deepEqual(await readInputs({ cwd, paths: [], limit: 100, stdin: nothing }), {
      files: [],
      listed: new Map(),
      problems: [{ path: ".", reason: "No such file or directory." }],
    });
  });
});
