import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits } from "../../support/lint.ts";
import { message, said, schemaFindings } from "./support.ts";

const file = "llm/kustomization.yaml";

describe("of a kustomization", () => {
  test("keys are read in letters of any case, as kustomize reads them", () => {
    const text = "Resources: []\nvars: [{name: A, objref: {kind: B}, fieldref: {fieldpath: a.b}}]\n";
    assert.deepEqual(said({ [file]: text }), []);
    assert.deepEqual(said({ [file]: "resource: []\n" }), ["unknown-key resource"]);
  });

  test("keys without a value count as not written", () => {
    assert.deepEqual(said({ [file]: "resources:\npatches:\nnamespace:\n" }), []);
  });

  test("the objects of others are not one", () => {
    const flux =
      "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec: {path: ./a}\n";
    assert.deepEqual(said({ [file]: flux }), []);
  });

  test("its own patches do not make it doubtful", () => {
    const all = "resource: [a.yaml]\npatches:\n  - {patch: '[{op: add, path: /spec, value: {}}]', target: {name: a}}\n";
    assert.deepEqual(said({ [file]: all }), ["unknown-key resource"]);
  });

  test("what is refused names kustomize and the key that is meant", () => {
    assert.equal(
      message({ [file]: "resources: []\nnamspace: llm\n" }),
      'Kustomization: kustomize refuses the document because of the unknown key "namspace". Did you mean "namespace"?',
    );
  });

  const bare: [where: string, patches: string, mended: string][] = [
    ["in a list", "patches:\n- a.yaml\n- path: b.yaml\n", "patches:\n- path: a.yaml\n- path: b.yaml\n"],
    ["in a flow list", "patches: [a.yaml, {path: b.yaml}]\n", "patches: [{path: a.yaml}, {path: b.yaml}]\n"],
    ["in quotes", 'patches:\n  - "a.yaml"\n', 'patches:\n  - path: "a.yaml"\n'],
  ];
  for (const [where, patches, mended] of bare)
    test(`a bare file among the patches gets its key: ${where}`, () => {
      const files = { [file]: patches };
      const [finding, ...others] = schemaFindings(files);
      assert.deepEqual(others, []);
      assert.match(finding?.message ?? "", /^Kustomization: patches\[0\] .* kubectl 1\.27 .* Write path: a\.yaml\.$/);
      const fixed = applyEdits(files, finding?.fixes[0]?.edits ?? []);
      assert.equal(fixed[file], mended);
      assert.deepEqual(said(fixed), []);
    });
});
