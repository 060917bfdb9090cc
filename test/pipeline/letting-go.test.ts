import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { kinds } from "../../server/kinds/registry.ts";
import { Pipeline } from "../../server/pipeline.ts";
import { rules } from "../../server/rules/registry.ts";
import { readExample } from "../support/example.ts";

/** The bad example of every rule beside the examples for users, each in a directory of its own. */
function everyMistake(): Map<string, string> {
  const files = new Map<string, string>();
  for (const { id, examples } of rules) {
    for (const [path, text] of Object.entries(readExample(examples.bad).files)) files.set(`${id}/${path}`, text);
  }
  for (const path of readdirSync("examples", { recursive: true, encoding: "utf8" })) {
    if (path.endsWith(".yaml")) files.set(`examples/${path}`, readFileSync(`examples/${path}`, "utf8"));
  }
  return files;
}

function findings(files: ReadonlyMap<string, string>, ways: { edited: boolean; mostHeld?: number }) {
  const pipeline = new Pipeline(kinds, rules, ways);
  for (const [path, text] of files) pipeline.update(path, text);
  pipeline.refresh();
  assert.deepEqual(pipeline.failures, []);
  return [...files.keys()].map((path) => [path, pipeline.findingsOf(path)] as const);
}

describe("letting go of trees", () => {
  test("changes no finding, whether they go after each batch, between some or never", () => {
    const files = everyMistake();
    const all = findings(files, { edited: true });
    assert.ok(all.flatMap(([, found]) => found).length > rules.length);
    for (const mostHeld of [0, 10_000, 128_000]) assert.deepEqual(findings(files, { edited: false, mostHeld }), all);
  });

  test("a document is read again, and its objects are found in it where they were", () => {
    const pipeline = new Pipeline(kinds, [], { edited: false });
    const text = "kind: List\napiVersion: v1\nitems:\n  - 7\n  - {apiVersion: v1, kind: Secret, metadata: {name: b}}\n";
    pipeline.update("list.yaml", text);
    const { workspace } = pipeline;
    const [object] = workspace.lookup("name/Secret/b");
    assert.ok(object !== undefined);
    const { root, doc } = object;
    const before = doc.root;
    workspace.letGo();
    assert.notEqual(object.root, root);
    assert.notEqual(doc.root, before);
    assert.deepEqual(object.root, root);
    assert.equal(object.root.start, object.start);
  });

  test("a document that is asked for again and again stays", () => {
    const pipeline = new Pipeline(kinds, []);
    pipeline.update("long.yaml", `apiVersion: v1\nkind: Secret\nmetadata: {name: ${"a".repeat(300_000)}}\n`);
    const [doc] = pipeline.workspace.files.get("long.yaml")?.documents ?? [];
    assert.ok(doc !== undefined);
    const roots = Array.from({ length: 8 }, () => {
      doc.letGo();
      return doc.root;
    });
    assert.notEqual(roots[1], roots[0]);
    assert.equal(roots[7], roots[6]);
  });

  test("trees of files that are read once go with those that come", () => {
    const pipeline = new Pipeline(kinds, rules, { edited: false, mostHeld: 0 });
    pipeline.update("a.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n");
    pipeline.refresh();
    const [object] = pipeline.workspace.lookup("name/Secret/a");
    const before = object?.root;
    pipeline.update("b.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: b}\n");
    assert.notEqual(object?.root, before);
  });
});
