import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { matchersIn } from "../../server/graph/references/variants.ts";

describe("matchers in PromQL", () => {
  const table: [query: string, found: string[]][] = [
    ['wva_desired_replicas{variant_name="a"}', ["a"]],
    ["max(m{x=\"1\", variant_name = 'a-va'}) / m{variant_name=`b`}", ["a-va", "b"]],
    ['m{variant_name!="a"}', []],
    ['m{variant_name=~"a|b"}', []],
    ['m{exported_variant_name="a"}', []],
    ['m{variant_name=""}', []],
    [`label_replace(m, "x", 'variant_name="a"', "y", "")`, []],
    ['m # {variant_name="a"}\n+ n{variant_name="b"}', ["b"]],
    ['m{variant_name="a\\"b"}', []],
    ['m{variant_name="a', []],
  ];
  for (const [query, found] of table) {
    test(query.split("\n").join(" "), () => {
      assert.deepEqual(
        matchersIn(query).map(({ start, end }) => query.slice(start, end)),
        found,
      );
    });
  }
});
