import { saturationEntriesFor } from "../../graph/saturation-entries.ts";
import { isWorkload, workloadOf } from "../../graph/scale-target.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import { nestedLmcacheConfig } from "../../kinds/lmcache/nested.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { type SaturationView, saturationConfig } from "../../kinds/wva/saturation.ts";
import { type VariantView, variantAutoscaling } from "../../kinds/wva/variant-autoscaling.ts";
import { modelServers } from "../../scenario/model-server.ts";
import { readersOf } from "../hover/cache-settings.ts";
import type { Surroundings } from "../lenses/lens.ts";

const scalers = new Set([hpa.id, scaledObject.id, variantAutoscaling.id]);
const caches = new Set([lmcacheConfig.id, nestedLmcacheConfig.id]);
const mostVariants = 100;

/** The name of a model server that an object has to do with: what a forecast from here is of. */
export function forecastTarget(object: StackObject, surroundings: Surroundings): string | undefined {
  for (const workload of workloadsBehind(object, surroundings)) {
    const serves = modelServers(workload, surroundings.settings(workload)).length > 0;
    if (serves && workload.name !== undefined) return workload.name.value;
  }
  return undefined;
}

function workloadsBehind(object: StackObject, surroundings: Surroundings): readonly StackObject<Workload>[] {
  const { graph } = surroundings;
  if (isWorkload(object)) return [object];
  if (scalers.has(object.kind.id)) return scaledBy(object as StackObject<VariantView>, surroundings);
  if (caches.has(object.kind.id)) return readersOf(object, surroundings).map(({ workload }) => workload);
  if (object.kind.id !== saturationConfig.id) return [];
  const { entries } = (object as StackObject<SaturationView>).view;
  const variants = graph
    .lookup("kind/variant-autoscaling")
    .slice(0, mostVariants) as readonly StackObject<VariantView>[];
  return variants
    .filter((variant) => saturationEntriesFor(graph, variant) === entries)
    .flatMap((variant) => scaledBy(variant, surroundings));
}

function scaledBy(object: StackObject<VariantView>, { graph }: Surroundings): readonly StackObject<Workload>[] {
  const workload = workloadOf(graph, object, object.view.target);
  return workload === undefined ? [] : [workload];
}
