import type { Graph } from "../../graph/graph.ts";
import { isWorkload, wouldBeTargets } from "../../graph/scale-target.ts";
import { scalesModelServers, servingContainer } from "../../graph/serving.ts";
import type { HpaView } from "../../kinds/hpa/kind.ts";
import type { ScaleTarget } from "../../kinds/hpa/scale-target.ts";
import type { ScaledObjectView } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { VariantView } from "../../kinds/wva/variant-autoscaling.ts";
import { nearest } from "../../text/spelling.ts";

export type Scaler = StackObject<HpaView> | StackObject<ScaledObjectView> | StackObject<VariantView>;

/** The objects that an autoscaler of something missing may mean: one whose name is near, else model servers beside it. */
export function meantTargets(
  graph: Graph,
  object: Scaler,
  target: ScaleTarget,
): { readonly near: boolean; readonly meant: readonly StackObject[] } {
  const free = wouldBeTargets(graph, object, target).filter((one) => isFree(graph, object, target, one));
  const near = misspelt(target.name.value, free);
  return near === undefined
    ? { near: false, meant: plausible(graph, object, target, free) }
    : { near: true, meant: [near] };
}

/** What another autoscaler scales already is not what this one means. */
function isFree(graph: Graph, object: Scaler, target: ScaleTarget, one: StackObject): boolean {
  const relation = object.kind.id === "variant-autoscaling" ? "variant-of" : "target";
  return graph
    .lookup(`${relation}/${target.kind}/${one.name?.value}`)
    .every((other) => other.apiKind === object.apiKind && other.name?.value === object.name?.value);
}

/** Names that differ in their numbers (`llama-8b`, `llama-70b`) name different things and are no slips. */
function misspelt(name: string, free: readonly StackObject[]): StackObject | undefined {
  const numbers = (text: string) => text.match(/\d+/g)?.join() ?? "";
  const names = free.flatMap((one) => one.name?.value ?? []).filter((other) => numbers(other) === numbers(name));
  const near = nearest(name, names);
  return near === undefined ? undefined : free.find((one) => one.name?.value === near);
}

/** Without a near name: model servers that nothing scales, and an autoscaler of model servers or in their very file. */
function plausible(graph: Graph, object: Scaler, target: ScaleTarget, free: readonly StackObject[]): StackObject[] {
  // Capitals and brackets stand in placeholders, never in names.
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(target.name.value)) return [];
  const servers = free.filter((one) => isWorkload(one) && servingContainer(one) !== undefined);
  const asked = object.kind.id === "variant-autoscaling" || scalesModelServers(graph, object as StackObject<HpaView>);
  return servers.filter(({ path }) => asked || path === object.path);
}
