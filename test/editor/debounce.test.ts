import assert from "node:assert/strict";
import { test } from "node:test";
import { Debounce, waitAfter } from "../../server/editor/debounce.ts";

test("the wait is twice what the last run took beyond what each keystroke may cost, never none and never long", () => {
  assert.deepEqual([0, 10, 11, 12, 40, 135, 136, 5000].map(waitAfter), [2, 2, 2, 4, 60, 250, 250, 250]);
});

test("edits without a pause are judged once, when they end", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let runs = 0;
  const debounce = new Debounce(() => runs++);
  for (let edit = 0; edit < 1000; edit++) debounce.schedule();
  assert.equal(runs, 0);
  mock.timers.tick(250);
  assert.equal(runs, 1);
  mock.timers.tick(1000);
  assert.equal(runs, 1);
});

test("who asks gets an answer at once, and nothing is done twice", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let runs = 0;
  const debounce = new Debounce(() => runs++);
  debounce.flush();
  assert.equal(runs, 0);
  debounce.schedule();
  debounce.flush();
  assert.equal(runs, 1);
  mock.timers.tick(1000);
  assert.equal(runs, 1);
});

test("what is cancelled does not run", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const debounce = new Debounce(() => assert.fail());
  debounce.schedule();
  debounce.cancel();
  mock.timers.tick(1000);
});
