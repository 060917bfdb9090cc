import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { nearest } from "../../server/text/spelling.ts";

const fields = [
  "minReplicas",
  "maxReplicas",
  "scaleTargetRef",
  "stabilizationWindowSeconds",
  "selectPolicy",
  "metrics",
];

describe("a misspelt word", () => {
  const tables: [word: string, candidates: string[], meant: string | undefined][] = [
    ["maxReplica", fields, "maxReplicas"],
    ["minReplcias", fields, "minReplicas"],
    ["MAXREPLICAS", fields, "maxReplicas"],
    ["max-replicas", fields, "maxReplicas"],
    ["max_replicas", fields, "maxReplicas"],
    ["max.Replica", fields, "maxReplicas"],
    ["scaleTargetRef", fields, "scaleTargetRef"],
    ["scaleTagetRfe", fields, "scaleTargetRef"],
    ["replicas", fields, undefined],
    ["window", fields, undefined],
    // Five letters and more forgive two slips, three and four one, fewer none.
    ["metrcs", ["metrics"], "metrics"],
    ["mtrcs", ["metrics"], "metrics"],
    ["mtrc", ["metrics"], undefined],
    ["kidn", ["kind"], "kind"],
    ["kdin", ["kind"], undefined],
    ["kni", ["kind"], undefined],
    ["cp", ["cpu"], undefined],
    ["CP", ["cp"], "cp"],
    ["c-p", ["cp"], "cp"],
    // Ties: the same case first, then the same separators, then the first letter, then the alphabet.
    ["kind", ["Kind", "kind"], "kind"],
    ["maxreplicas", ["max-replicas", "maxReplicas"], "maxReplicas"],
    ["bodel", ["yodel", "model", "bodil"], "bodil"],
    ["xodel", ["yodel", "model"], "model"],
    ["", ["a", ""], undefined],
    ["-", ["_"], undefined],
    ["metrics", [], undefined],
  ];
  for (const [word, candidates, meant] of tables) {
    it(`${JSON.stringify(word)} among ${candidates.join(", ") || "nothing"} meant ${meant ?? "none of them"}`, () =>
      assert.equal(nearest(word, candidates), meant));
  }

  it("may be given its own number of slips", () => {
    assert.equal(nearest("mtrc", ["metrics"], 3), "metrics");
    assert.equal(nearest("metrcs", ["metrics"], 0), undefined);
  });

  it("is not compared when it, or the candidate, is longer than a hundred characters", () => {
    const long = "a".repeat(101);
    assert.equal(nearest(long, [long]), undefined);
    assert.equal(nearest("a".repeat(100), [long]), undefined);
    assert.equal(nearest("a".repeat(100), [`${"a".repeat(99)}b`]), `${"a".repeat(99)}b`);
  });

  it("is not compared with more than five thousand candidates", () => {
    const others = Array.from({ length: 5000 }, (_, i) => `other-${i}-name`);
    assert.equal(nearest("metrcs", [...others.slice(1), "metrics"]), "metrics");
    assert.equal(nearest("metrcs", [...others, "metrics"]), undefined);
  });

  const words = fc.string({ unit: fc.constantFrom("a", "b", "c", "D", "-"), minLength: 0, maxLength: 9 });

  it("means the same whatever the order of the candidates", () => {
    fc.assert(
      fc.property(words, fc.array(words, { maxLength: 8 }), (word, candidates) =>
        assert.equal(nearest(word, candidates), nearest(word, candidates.toReversed())),
      ),
    );
  });

  it("is found within the slips that a plain count finds, and only then", () => {
    fc.assert(
      fc.property(words, words, fc.nat(3), (word, candidate, limit) => {
        const [a, b] = [word, candidate].map((text) => text.toLowerCase().replaceAll("-", "")) as [string, string];
        const expected = a !== "" && slips(a, b) <= limit ? candidate : undefined;
        assert.equal(nearest(word, [candidate], limit), expected);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Optimal string alignment by its definition. */
function slips(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const swapped = a.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return Math.min(
    slips(a.slice(0, -1), b) + 1,
    slips(a, b.slice(0, -1)) + 1,
    slips(a.slice(0, -1), b.slice(0, -1)) + (a.at(-1) === b.at(-1) ? 0 : 1),
    swapped ? slips(a.slice(0, -2), b.slice(0, -2)) + 1 : Number.POSITIVE_INFINITY,
  );
}
