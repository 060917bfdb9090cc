import { readFileSync } from "node:fs";
import type { Adapter } from "./adapter.ts";
import { autoscaleAdapters } from "./autoscale.ts";
import { hpaAdapters } from "./hpa.ts";
import { kvAdapters } from "./kv.ts";
import { kvOverheadAdapters, kvOverheadGates } from "./kv-overhead.ts";
import { perfAdapters, perfGates } from "./perf.ts";
import { vectorsOf } from "./vectors.ts";
import { wvaAdapters } from "./wva.ts";

/** One adapter a kind, as the engine learns it. A kind without one is a failure, not a skip. */
const adapters: ReadonlyMap<string, Adapter> = new Map([
  ...hpaAdapters,
  ...wvaAdapters,
  ...kvAdapters,
  ...kvOverheadAdapters,
  ...perfAdapters,
  ...autoscaleAdapters,
]);

let failed = false;
for (const file of process.argv.slice(2)) {
  const vectors = vectorsOf(JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>);
  const failures = vectors.flatMap(({ id, kind, vector }) => {
    const adapter = adapters.get(kind);
    if (adapter === undefined) return [{ id, kind, expected: "a kind that the engine knows", actual: null }];
    const { expected, actual, passed } = adapter(vector);
    return passed ? [] : [{ id, kind, expected, actual }];
  });
  const gates = [...kvOverheadGates(vectors), ...perfGates(vectors)];
  failed ||= failures.length > 0 || gates.some(({ ok }) => !ok);
  const total = vectors.length;
  console.log(JSON.stringify({ file, total, passed: total - failures.length, failed: failures, gates }));
}
if (failed || process.argv.length <= 2) process.exitCode = 1;
