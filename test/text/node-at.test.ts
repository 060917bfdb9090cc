import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { childrenOf, type Node, nodeAt } from "../../server/text/node.ts";
import { at, stringAt } from "../../server/text/read.ts";
import { seedFiles } from "../fuzz/seeds.ts";
import { readFile } from "../support/documents.ts";

/** By a look at every child. */
function plainly(root: Node | undefined, offset: number): Node | undefined {
  let found: Node | undefined;
  let next = root;
  while (next !== undefined && next.start <= offset && offset < Math.max(next.end, next.start + 1)) {
    found = next;
    next = childrenOf(found).find((child) => child.start <= offset && offset < child.end);
  }
  return found;
}

describe("the node around an offset", () => {
  it("is found in every document at every place", () => {
    for (const [, text] of seedFiles().filter((_, index) => index % 7 === 0))
      for (const { root, text: own } of readFile(text).documents)
        for (let offset = 0; offset <= own.length; offset++)
          assert.equal(nodeAt(root, offset), plainly(root, offset), own.slice(offset, offset + 40));
  });
});

describe("a mapping with many keys", () => {
  const keys = Array.from({ length: 100 }, (_, index) => `k${index}: ${index}\n`).join("");
  const root = (text: string) => readFile(text).documents[0]?.root;

  it("gives each of them, of one that is given twice the last, and none that it has not", () => {
    const map = root(`${keys}k7: again\n`);
    assert.equal(stringAt(map, "k99")?.value, "99");
    assert.equal(stringAt(map, "k7")?.value, "again");
    assert.equal(at(map, "k100"), undefined);
    assert.equal(at(map, "__proto__"), undefined);
    assert.equal(at(map, "constructor"), undefined);
  });

  it("gives what it merges in where it has no such key itself", () => {
    const map = root(`base: &base {k1: no, m: yes}\n${keys}<<: *base\n`);
    assert.equal(stringAt(map, "m")?.value, "yes");
    assert.equal(stringAt(map, "k1")?.value, "1");
  });
});
