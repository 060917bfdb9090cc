import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Workspace } from "../../server/graph/workspace.ts";
import { kinds } from "../../server/kinds/registry.ts";
import { cut, lint } from "../support/lint.ts";
import { cacheKinds } from "./support/cache-kinds.ts";
import { kindCases } from "./support/kubernetes-kinds.ts";
import { platformKinds } from "./support/platform-kinds.ts";
import { routerKinds } from "./support/router-kinds.ts";
import { type KindCase, type Slip, slipNames, slipsOf } from "./support/slips.ts";

const all: readonly KindCase[] = [...kindCases, ...cacheKinds, ...routerKinds, ...platformKinds];

/** What the schema rules say of a text, with what they point at. */
function found(text: string): string[] {
  const files = { "a.yaml": text };
  return lint(files)
    .filter(({ rule }) => rule.startsWith("schema/"))
    .map((finding) => `${finding.rule} ${cut(files, finding)}`);
}

const titles = {
  unknown: "an unknown key",
  type: "a wrong type",
  value: "a value that is not allowed",
  missing: "a missing key",
} as const;

function changed({ clean }: KindCase, { from, to }: Slip): string {
  assert.ok(clean.includes(from), `no ${from}`);
  return clean.replace(from, to);
}

for (const one of all) {
  describe(one.kind, () => {
    const always = one.always ?? [];
    test("a clean document", () => assert.deepEqual(found(one.clean), [always].flat()));
    for (const [name, slip] of slipsOf(one)) {
      test(`${titles[name]} is found where it stands`, () => {
        assert.deepEqual(found(changed(one, slip)), [always, slip.found.join(" ")].flat());
      });
    }
  });
}

describe("the table of kinds", () => {
  /** The schemas of the objects in a text. */
  const schemasIn = (text: string) => {
    const workspace = new Workspace(kinds);
    return workspace.objectsIn(workspace.update("a.yaml", text).file).flatMap(({ kind }) => kind.schema ?? []);
  };

  test("has a row for every schema that a kind follows", () => {
    const shown = new Set(all.flatMap(({ clean }) => schemasIn(clean)));
    const followed = new Set(kinds.flatMap(({ schema }) => schema ?? []));
    assert.deepEqual([...followed].filter((schema) => !shown.has(schema)).sort(), []);
  });

  test("speaks of the document that its row is named for", () => {
    for (const { kind, clean } of all) {
      const workspace = new Workspace(kinds);
      const objects = workspace.objectsIn(workspace.update("a.yaml", clean).file);
      assert.ok(
        objects.some((object) => object.apiKind === kind || object.kind.schema === kind),
        kind,
      );
    }
  });

  test("says why where a slip cannot be made", () => {
    for (const one of all)
      for (const name of slipNames) {
        const slip = one[name];
        assert.ok("from" in slip || slip.never.length > 10, `${one.kind}: ${name}`);
      }
  });

  test("calls no two rows alike", () => {
    const names = all.map(({ kind }) => kind);
    assert.equal(new Set(names).size, names.length);
  });
});
