import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, lint } from "../support/lint.ts";
import { type KindCase, kindCases, type Slip } from "./support/kubernetes-kinds.ts";

/** What the schema rules say of a text, with what they point at. */
function found(text: string): string[] {
  const files = { "a.yaml": text };
  return lint(files)
    .filter(({ rule }) => rule.startsWith("schema/"))
    .map((finding) => `${finding.rule} ${cut(files, finding)}`);
}

const slips = {
  unknown: "an unknown key",
  type: "a wrong type",
  value: "a value that is not allowed",
  missing: "a missing key",
} as const;

export function changed({ clean }: KindCase, { from, to }: Slip): string {
  assert.ok(clean.includes(from), `no ${from}`);
  return clean.replace(from, to);
}

for (const one of kindCases) {
  describe(one.kind, () => {
    test("a clean document", () => assert.deepEqual(found(one.clean), []));
    for (const [slip, title] of Object.entries(slips)) {
      const change = one[slip as keyof typeof slips];
      if (change === undefined) continue;
      test(`${title} is found where it stands`, () => {
        assert.deepEqual(found(changed(one, change)), [change.found.join(" ")]);
      });
    }
  });
}
