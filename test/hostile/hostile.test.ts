import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bundleCli } from "../cli/support/bundle.ts";
import { headroom, scratch } from "../cli/support/scratch.ts";
import { shapes } from "./shapes.ts";

const cli = await bundleCli();

/** Each stands beside a file with a mistake, which has to be found all the same. */
describe("a workspace with", () => {
  for (const { name, counts, size, exit, files } of shapes) {
    it(`${name} (${size} ${counts}) is answered, hides nothing, and shows no stack`, () => {
      const cwd = scratch({ ...files(size), "other.yaml": "a: 1\na: 2\n" });
      const ran = headroom(cli, ["lint"], { cwd });
      assert.equal(ran.exit, exit, ran.err.slice(0, 2000));
      assert.match(ran.out, /^error other\.yaml:2:1 yaml\/duplicate-key$/m);
      assert.doesNotMatch(ran.out + ran.err, /^\s+at |node:internal|please report/m);
      assert.equal(exit === 2, ran.err !== "");
      assert.doesNotMatch(ran.out, /[^\P{C}\n]/u);
    });
  }
});
