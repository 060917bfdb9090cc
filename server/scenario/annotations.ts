import type { StackObject } from "../kinds/stack-object.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import type { Node } from "../text/node.ts";
import { numberAt, type Placed, secondsAt, stringAt } from "../text/read.ts";

/** What manifests have no field for, said by who knows it. Flags outrank them. On the workload or its pod template. */
export const annotations = {
  /** As `--gpu` takes it. */
  gpu: "headroom.dev/gpu",
  /** Tokens that vLLM logs as `GPU KV cache size`. */
  cacheTokens: "headroom.dev/kv-cache-tokens",
  /** Seconds until a new node is there. */
  nodeTime: "headroom.dev/node-time",
  /** Between pods that prefill and pods that decode: `25GB/s` or `200Gb/s`. */
  link: "headroom.dev/kv-link",
  /** Of an autoscaler: seconds until a scraped value can be read from the metrics API. */
  metricDelay: "headroom.dev/metric-delay",
} as const;

function written(workload: StackObject<Workload>, key: string): Node | undefined {
  return workload.annotation(key) ?? workload.view.template?.annotation(key);
}

export function textOf(workload: StackObject<Workload>, key: string): Placed<string> | undefined {
  return stringAt(written(workload, key));
}

export function positiveOf(workload: StackObject<Workload>, key: string): Placed<number> | undefined {
  const found = numberAt(written(workload, key));
  return found !== undefined && found.value > 0 ? found : undefined;
}

export function spanOf(workload: StackObject<Workload>, key: string): Placed<number> | undefined {
  return secondsAt(written(workload, key));
}
