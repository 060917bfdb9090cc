import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { placesAt } from "../../client/preview/places.ts";

const at = (line: number, from: number, to: number) => ({
  path: "file:///hpa.yaml",
  range: { start: { line, character: from }, end: { line, character: to } },
});
const cursor = (line: number, character: number) => ({ start: { line, character }, end: { line, character } });

describe("the numbers that the cursor stands at", () => {
  // { minReplicas: 2, maxReplicas: 8 }
  const [min, max, window] = [at(4, 15, 16), at(4, 31, 32), at(9, 30, 33)];
  const places = [min, max, window];

  it("are the one that it touches", () => assert.deepEqual(placesAt(places, cursor(4, 16)), [min]));

  it("are all of its line when it stands in a key", () => {
    assert.deepEqual(placesAt(places, cursor(4, 3)), [min, max]);
    assert.deepEqual(placesAt(places, cursor(9, 2)), [window]);
  });

  it("are those that a selection runs over", () => {
    assert.deepEqual(placesAt(places, { start: { line: 4, character: 20 }, end: { line: 10, character: 0 } }), [
      max,
      window,
    ]);
  });

  it("are none on other lines", () => assert.deepEqual(placesAt(places, cursor(5, 0)), []));
});
