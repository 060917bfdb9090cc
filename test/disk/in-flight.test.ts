import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { inFlight } from "../../server/disk/in-flight.ts";
import { patiently } from "../../server/disk/patience.ts";
import { failure } from "./fault.ts";

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

describe("patience with a system that has too many files open", () => {
  test("waits longer each time, about five seconds in all, and gives up", async () => {
    const pauses: number[] = [];
    const task = () => Promise.reject(failure("ENFILE"));
    await assert.rejects(
      patiently(task, async (pause) => pauses.push(pause)),
      { code: "ENFILE" },
    );
    assert.deepEqual(pauses, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560]);
  });

  test("is not spent on other failures", async () => {
    let calls = 0;
    const task = () => Promise.reject(failure(`E${++calls}`));
    await assert.rejects(
      patiently(task, async () => {}),
      { code: "E1" },
    );
    assert.equal(calls, 1);
  });
});
