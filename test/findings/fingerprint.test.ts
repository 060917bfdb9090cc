import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fingerprints } from "../../server/findings/fingerprint.ts";
import { Lines } from "../../server/text/lines.ts";
import { lint } from "../support/lint.ts";

/** Fingerprints as they are before they are hashed. */
function traits(text: string, file = "a.yaml"): string[] {
  const findings = lint({ [file]: text }).filter(({ rule }) => rule === "yaml/duplicate-key");
  return fingerprints({ file, lines: new Lines(text), findings }, (all) => all);
}

const map = (name: string, data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: prod\ndata:\n${data}`;
const twice = '  a: "1"\n  a: "2"\n';

describe("a fingerprint", () => {
  it("is made of the rule, the file, the object and the line", () => {
    assert.deepEqual(traits(map("m", twice)), ['["yaml/duplicate-key","a.yaml","ConfigMap prod/m","a: \\"2\\""]']);
  });

  it("stays when lines move, are indented or aligned otherwise, and when other documents come", () => {
    const usual = traits(map("m", twice));
    assert.equal(usual.length, 1);
    for (const text of [
      `# a comment\n\n${map("m", twice)}`,
      map("m", `  z: "0"\n${twice}`),
      map("m", '    a: "1"\n    a:   "2"\n'),
      map("m", twice).replaceAll("\n", "\r\n"),
      `${map("other", '  b: "1"\n')}---\n${map("m", twice)}`,
    ]) {
      assert.deepEqual(traits(text), usual, text);
    }
  });

  it("is another one for another file, object or line", () => {
    const all = [
      ...traits(map("m", twice)),
      ...traits(map("m", twice), "b.yaml"),
      ...traits(map("n", twice)),
      ...traits(map("m", '  a: "1"\n  a: "3"\n')),
    ];
    assert.equal(new Set(all).size, 4);
  });

  it("tells equal findings apart by their order, so that mending one leaves the others known", () => {
    const three = traits(map("m", '  a: "1"\n  a: "2"\n  a: "2"\n  a: "2"\n'));
    assert.equal(new Set(three).size, 3);
    assert.deepEqual(traits(map("m", '  a: "1"\n  a: "2"\n  a: "2"\n')), three.slice(0, 2));
  });

  it("of a place in a document inside a document has the way to it", () => {
    const inner = "  lmcache.yaml: |\n    chunk_size: 256\n    chunk_size: 512\n";
    assert.deepEqual(traits(map("m", inner)), [
      '["yaml/duplicate-key","a.yaml","ConfigMap prod/m lmcache.yaml","chunk_size: 512"]',
    ]);
  });

  it("of an item of a list is that item's", () => {
    const item = (name: string) => `  - kind: Pod\n    kind: Pod\n    metadata: {name: ${name}}\n`;
    const found = traits(`apiVersion: v1\nkind: List\nitems:\n${item("a")}${item("b")}`);
    assert.deepEqual(
      found.map((one) => JSON.parse(one)[2]),
      ["Pod a", "Pod b"],
    );
  });

  it("takes no more than the neighbourhood of a place in a long line", () => {
    const [one = ""] = traits(`{a: ${"x".repeat(1_000_000)}, a: 2}\n`);
    assert.ok(one.length < 600);
  });
});
