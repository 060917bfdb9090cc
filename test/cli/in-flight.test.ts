import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { inFlight } from "../../server/cli/in-flight.ts";

describe("work in flight", () => {
  test("is never more than the limit, and its results keep the order", async () => {
    let now = 0;
    let most = 0;
    const items = Array.from({ length: 300 }, (_, index) => index);
    const results = await inFlight(items, 64, async (item) => {
      most = Math.max(most, ++now);
      for (let turns = item % 5; turns >= 0; turns--) await turn();
      now--;
      return item * 2;
    });
    assert.deepEqual(
      results,
      items.map((item) => item * 2),
    );
    assert.equal(most, 64);
  });

  test("of nothing is nothing", async () => assert.deepEqual(await inFlight([], 64, async () => 1), []));
});
