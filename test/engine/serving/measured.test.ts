import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { gatesOf } from "./measured/gates.ts";
import { fidelityTables } from "./measured/page.ts";
import { measuredPoints } from "./measured/point.ts";
import { predict } from "./measured/predict.ts";
import { assumedHit, holdAgainst, outputErrors, plainErrors, scoreOf } from "./measured/scores.ts";
import { tablesOf } from "./measured/tables.ts";

const points = measuredPoints();

describe("the engine against what others measured", () => {
  test("is held against 63 points of three laboratories", () => {
    assert.equal(points.length, 63);
    assert.equal(new Set(points.map(({ source, row }) => `${source} ${row}`)).size, 63);
    assert.deepEqual([...new Set(points.map(({ source }) => source))].sort(), ["aiconfigurator", "nim", "sim-to-real"]);
  });

  for (const { name, value, limit } of gatesOf(holdAgainst(points))) {
    test(`${name}: at most ${limit}`, () => assert.ok(value <= limit, String(value)));
  }

  for (const group of ["held out", "NIM", "open loop", "open loop mixtures", "mixtures", "other engines"] as const)
    test(`is not more than two points worse than the bare law: ${group}`, () => {
      const some = points.filter((point) => point.group === group);
      for (const hit of [0, assumedHit]) {
        const [own, bare] = [scoreOf(outputErrors(holdAgainst(some, hit))), scoreOf(plainErrors(some, hit))];
        assert.ok(own.median <= bare.median + 2, `${own.median} and ${bare.median}`);
        assert.ok(own.p90 <= bare.p90 + 2, `${own.p90} and ${bare.p90}`);
      }
    });

  test("says nothing of a model or a GPU that nobody knows", () => {
    const [point] = points;
    assert.ok(point !== undefined);
    assert.equal(predict({ ...point, model: "nobody/Nothing-7B" }), undefined);
    assert.equal(predict({ ...point, gpu: "abacus" }), undefined);
    assert.equal(predict({ ...point, weights: "roman numerals" }), undefined);
  });
});

describe("docs/fidelity.md", () => {
  test("has the tables that npm run fidelity prints", () => {
    assert.equal(tablesOf(readFileSync("docs/fidelity.md", "utf8")), fidelityTables(), "npm run fidelity -- --write");
  });
});
