import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { atOnce, inSlices, type Steps } from "../../server/disk/steps.ts";

/** Steps that take so many milliseconds each, by a clock that nothing else moves. */
function steps(t: TestContext, count: number, took: number, note: (step: number) => void): Steps<string> {
  let now = 0;
  t.mock.method(performance, "now", () => now);
  return (function* () {
    for (let step = 1; step <= count; step++) {
      now += took;
      note(step);
      yield;
    }
    return "done";
  })();
}

describe("work in steps", () => {
  test("is done at once for who has nothing else to do", (t) => {
    const seen: number[] = [];
    assert.equal(atOnce(steps(t, 3, 100, (step) => seen.push(step))), "done");
    assert.deepEqual(seen, [1, 2, 3]);
  });

  test("gives way to others before it begins and every ten milliseconds", async (t) => {
    const seen: (number | string)[] = [];
    const all = inSlices(steps(t, 7, 4, (step) => seen.push(step)));
    let over = false;
    const others = () => {
      seen.push("others");
      if (!over) setImmediate(others);
    };
    others();
    assert.equal(await all, "done");
    over = true;
    assert.deepEqual(seen, ["others", 1, 2, 3, "others", 4, 5, 6, "others", 7]);
  });

  test("goes on where one step takes longer than that", async (t) => {
    const seen: number[] = [];
    assert.equal(await inSlices(steps(t, 3, 1000, (step) => seen.push(step))), "done");
    assert.deepEqual(seen, [1, 2, 3]);
  });

  test("that fails is told to who waits for it", async () => {
    await assert.rejects(
      inSlices(
        (function* (): Steps<void> {
          yield;
          throw new Error("broken");
        })(),
      ),
      /broken/,
    );
  });
});
