import assert from "node:assert/strict";
import test from "node:test";
import { controllerDefaults, countPods, groupPods, type PodGroup } from "../../../server/engine/hpa/public.ts";
import { now, pod, type Sketch } from "./pods.ts";

/** The fixtures of pkg/controller/podautoscaler (replica_calculator_test.go) have 120 s and 10 s for the flags' 300 s and 30 s. */
const settings = { ...controllerDefaults, cpuInitializationPeriodSeconds: 120, initialReadinessDelaySeconds: 10 };

/** replica_calculator.go groupPods, TestGroupPods */
const cases: readonly (readonly [string, string, Sketch, PodGroup])[] = [
  ["a pod with a sample is ready", "", { uses: 1 }, "ready"],
  ["a pod without a sample is missing", "", {}, "missing"],
  ["a pending pod is unready, sample or not", "", { phase: "Pending", uses: 1 }, "unready"],
  ["a pod of unknown phase counts", "", { phase: "Unknown", uses: 1 }, "ready"],
  ["a failed pod is ignored", "", { phase: "Failed", uses: 1 }, "ignored"],
  ["a succeeded pod is ignored", "cpu", { phase: "Succeeded", uses: 1 }, "ignored"],
  ["a pod being deleted is ignored", "", { deleted: true, uses: 1 }, "ignored"],
  ["a pending pod being deleted is ignored", "", { deleted: true, phase: "Pending" }, "ignored"],
  ["of a Pods metric an unready pod counts", "", { uses: 1, ready: false, startedAgo: 5 }, "ready"],
  ["of memory an unready pod counts", "memory", { uses: 1, ready: false, startedAgo: 5 }, "ready"],
  ["of cpu a pod without a Ready condition does not", "cpu", { uses: 1, ready: undefined }, "unready"],
  ["nor one that has not started", "cpu", { uses: 1, startedAgo: undefined }, "unready"],
  ["nor one that is unready in its first 120 s", "cpu", { uses: 1, ready: false, startedAgo: 119 }, "unready"],
  [
    "a sample of before it was ready for a window does not count in its first 120 s",
    "cpu",
    { uses: 1, startedAgo: 100, readyAgo: 59, windowSeconds: 60 },
    "unready",
  ],
  ["one a whole window after does", "cpu", { uses: 1, startedAgo: 100, readyAgo: 60, windowSeconds: 60 }, "ready"],
  [
    "after exactly 120 s a pod counts that was ready once",
    "cpu",
    { uses: 1, ready: false, startedAgo: 120, readyAgo: 110 },
    "ready",
  ],
  [
    "and one does not that turned unready 9 s after its start: it never was",
    "cpu",
    { uses: 1, ready: false, startedAgo: 600, readyAgo: 591 },
    "unready",
  ],
  ["10 s after it was", "cpu", { uses: 1, ready: false, startedAgo: 600, readyAgo: 590 }, "ready"],
];

for (const [title, resource, sketch, group] of cases) {
  test(`grouping pods: ${title}`, () => {
    const one = pod(sketch);
    const { readyCount, unready, missing, ignored } = groupPods([one], resource, settings, now);
    assert.deepEqual(
      { ready: readyCount, unready, missing, ignored },
      { ready: 0, unready: [], missing: [], ignored: [], [group]: group === "ready" ? 1 : [one] },
    );
  });
}

test("grouping pods: one that the selector does not list is in no group", () => {
  const grouped = groupPods([pod({ uses: 1, listed: false })], "cpu", settings, now);
  assert.deepEqual(grouped, { readyCount: 0, unready: [], missing: [], ignored: [] });
});

test("a target's pods are counted as ready when Running and Ready, being deleted or not", () => {
  const all = [
    pod(),
    pod({ deleted: true }),
    pod({ phase: "Pending" }),
    pod({ ready: false }),
    pod({ ready: undefined }),
    pod({ listed: false }),
  ];
  assert.deepEqual(countPods(all), { listed: 5, ready: 2 });
});
