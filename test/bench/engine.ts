import { performance } from "node:perf_hooks";
import { hpaOf } from "../../server/engine/hpa/hpa.ts";
import { milliOf } from "../../server/engine/hpa/milli.ts";
import { newHpaState } from "../../server/engine/hpa/state.ts";
import { syncHpa } from "../../server/engine/hpa/sync.ts";
import { share } from "../../server/engine/units.ts";
import { runSaturation } from "../../server/engine/wva/v1/cycle.ts";
import type { ReplicaLoad, VariantState } from "../../server/engine/wva/variant.ts";

/** Decisions of the controllers, against a plain loop that only adds up the loads that a decision looks at. */
const count = 100_000;
const variants = ["a", "b", "c"];
const replicas: ReplicaLoad[] = variants.flatMap((variant, row) =>
  Array.from({ length: 10 }, (_, n) => ({
    variant,
    pod: `${variant}-${n}`,
    kvUsage: share(0.5 + n / 40 + row / 100),
    queueLength: n % 4,
    cost: 10 * (row + 1),
  })),
);
const states: VariantState[] = variants.map((variant) => ({ variant, current: 10, desired: 10, pending: 0 }));
const thresholds = { kvCacheThreshold: 0.8, queueLengthThreshold: 5, kvSpareTrigger: 0.1, queueSpareTrigger: 3 };

const hpa = hpaOf("llama", {
  minReplicas: 1,
  maxReplicas: 40,
  metrics: [
    {
      type: "External",
      external: {
        metric: { name: "wva_desired_replicas" },
        target: { type: "AverageValue", averageValue: milliOf(1) },
      },
    },
  ],
  behavior: {
    scaleUp: { stabilizationWindowSeconds: 180, policies: [{ type: "Pods", value: 2, periodSeconds: 60 }] },
    scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: "Pods", value: 1, periodSeconds: 120 }] },
  },
});

function wvaCycles(times: number): void {
  for (let n = 0; n < times; n++) runSaturation({ thresholds, replicas, states, profile: "v0.5" });
}

function hpaSyncs(times: number): void {
  let state = newHpaState;
  let specReplicas = 4;
  for (let n = 0; n < times; n++) {
    const readings = [{ kind: "series" as const, values: [1000 * (2 + (n % 7))] }];
    const synced = syncHpa(hpa, { now: 15 * n, specReplicas, statusReplicas: specReplicas, readings }, state);
    state = synced.state;
    specReplicas = synced.replicas;
  }
}

let kept = 0;
function plainLoop(times: number): void {
  for (let n = 0; n < times; n++) for (const { kvUsage, queueLength } of replicas) kept += kvUsage + queueLength;
}

/** Milliseconds of the fastest of some runs of all decisions. */
function fastest(run: (times: number) => void): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run(count);
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** Bytes that one decision takes from the heap: the middle of short stretches, most of which no collection disturbs. */
function bytesOf(run: (times: number) => void): number {
  const stretch = 500;
  const taken = Array.from({ length: 21 }, () => {
    const before = process.memoryUsage().heapUsed;
    run(stretch);
    return (process.memoryUsage().heapUsed - before) / stretch;
  });
  return taken.sort((a, b) => a - b)[10] ?? 0;
}

/** Prints a line a controller. */
export function benchEngine(): void {
  plainLoop(count);
  const plain = fastest(plainLoop);
  console.log(
    `\n${count} decisions             time(ms)  against a plain loop over 30 replicas  bytes a decision on the heap`,
  );
  for (const [name, run] of [
    ["WVA, 3 variants x 10", wvaCycles],
    ["HPA, whole syncs", hpaSyncs],
  ] as const) {
    run(count);
    const [time, bytes] = [fastest(run), bytesOf(run)];
    console.log(
      `${name.padEnd(28)}${time.toFixed(0).padStart(7)} ${(time / plain).toFixed(1).padStart(20)} ${bytes.toFixed(0).padStart(35)}`,
    );
  }
  if (Number.isNaN(kept)) throw new Error("the loop did nothing");
}
