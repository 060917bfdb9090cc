import { defaultThresholds, type EppView } from "../kinds/epp/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { envOf } from "../kinds/workload/container.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import type { ThresholdKey } from "../kinds/wva/saturation.ts";
import type { MapNode, Node } from "../text/node.ts";
import { numberAt, type Placed } from "../text/read.ts";

/** One number by which the endpoint picker calls a pod saturated, wherever it is said. */
export interface RouterThreshold {
  /** As it is called where it stands. */
  readonly key: string;
  /** What WVA calls the same number. */
  readonly wvaKey: ThresholdKey;
  readonly value: number;
  readonly at: Node;
  /** Absent when the default counts. */
  readonly written: Placed<number> | undefined;
  /** Where it could be written. */
  readonly missing: { readonly holder: MapNode; readonly path: readonly string[] } | undefined;
}

const pairs = [
  { epp: "kvCacheUtil", key: "kvCacheUtilThreshold", env: "SD_KV_CACHE_UTIL_THRESHOLD", wvaKey: "kvCacheThreshold" },
  { epp: "queueDepth", key: "queueDepthThreshold", env: "SD_QUEUE_DEPTH_THRESHOLD", wvaKey: "queueLengthThreshold" },
] as const;

/** From an EPP configuration, or from the environment of an older EPP's Deployment (up to GIE 1.4). */
export function routerThresholds(object: StackObject<EppView> | StackObject<Workload>): RouterThreshold[] {
  return isEpp(object) ? fromConfiguration(object.view) : fromEnvironment(object as StackObject<Workload>);
}

function isEpp(object: StackObject<EppView> | StackObject<Workload>): object is StackObject<EppView> {
  return object.kind.id === "epp-config";
}

function fromConfiguration({ saturation }: EppView): RouterThreshold[] {
  if (saturation === undefined) return [];
  return pairs.map(({ epp, key, wvaKey }) => {
    const written = saturation[epp];
    return {
      key,
      wvaKey,
      value: written?.value ?? defaultThresholds[epp],
      at: written?.node ?? saturation.holder,
      written,
      missing: { holder: saturation.holder, path: [...saturation.path, key] },
    };
  });
}

function fromEnvironment({ view }: StackObject<Workload>): RouterThreshold[] {
  return (view.template?.containers ?? []).flatMap((container) =>
    pairs.flatMap(({ env, wvaKey }) => {
      const written = numberAt(envOf(container, env)?.value?.node);
      if (written === undefined) return [];
      return [{ key: env, wvaKey, value: written.value, at: written.node, written, missing: undefined }];
    }),
  );
}
