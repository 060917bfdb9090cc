import type { Autoscaler } from "../graph/autoscalers.ts";
import type { Graph } from "../graph/graph.ts";
import { isWorkload } from "../graph/scale-target.ts";
import { scalesModelServers, servingContainer } from "../graph/serving.ts";
import { routerCommands } from "../kinds/epp/arguments.ts";
import { gateway } from "../kinds/gateway/kind.ts";
import { hpa } from "../kinds/hpa/kind.ts";
import { httpRoute } from "../kinds/http-route/kind.ts";
import { inferencePool, oldInferencePool } from "../kinds/inference-pool/kind.ts";
import { scaledObject } from "../kinds/keda/scaled-object.ts";
import { service } from "../kinds/service/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { deployment } from "../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../kinds/workload/stateful-set.ts";
import { saturationConfig } from "../kinds/wva/saturation.ts";
import { variantAutoscaling } from "../kinds/wva/variant-autoscaling.ts";

/** What an object is in its stack. */
export type Role =
  | "gateway"
  | "route"
  | "pool"
  | "service"
  | "router"
  | "server"
  | "autoscaler"
  | "variant"
  | "thresholds"
  | "configuration";

/** More of a kind than people look at in one picture. */
const mostOfAKind = 500;

const roles: ReadonlyMap<string, Role> = new Map([
  [gateway.id, "gateway"],
  [httpRoute.id, "route"],
  [inferencePool.id, "pool"],
  [oldInferencePool.id, "pool"],
  [service.id, "service"],
  [deployment.id, "server"],
  [statefulSet.id, "server"],
  [leaderWorkerSet.id, "server"],
  [hpa.id, "autoscaler"],
  [scaledObject.id, "autoscaler"],
  [variantAutoscaling.id, "variant"],
  [saturationConfig.id, "thresholds"],
]);

/** The objects that a stack is made of; Services and configuration belong to it where one of these names them. */
export function membersOf(graph: Graph): readonly StackObject[] {
  return [...roles.keys()].flatMap((kind) => {
    const all = kind === service.id ? [] : graph.lookup(`kind/${kind}`).slice(0, mostOfAKind);
    return all.filter((object) => isMember(graph, object));
  });
}

function isMember(graph: Graph, object: StackObject): boolean {
  if (object.name === undefined) return false;
  if (isWorkload(object)) return servingContainer(object) !== undefined || routerCommands(object.view).length > 0;
  const isScaler = object.kind.id === hpa.id || object.kind.id === scaledObject.id;
  return !isScaler || scalesModelServers(graph, object as Autoscaler);
}

/** Absent for what is in no picture: claims, accounts, secrets. */
export function roleOf(object: StackObject): Role | undefined {
  const role = roles.get(object.kind.id) ?? (object.apiKind === "ConfigMap" ? "configuration" : undefined);
  if (role !== "server" || !isWorkload(object)) return role;
  const routes = servingContainer(object) === undefined && routerCommands(object.view).length > 0;
  return routes ? "router" : role;
}

/** As people call it: a ConfigMap by what is in it. */
export function kindOf(graph: Graph, object: StackObject): string {
  if (object.kind.id === saturationConfig.id) return object.kind.title;
  const [held] = roleOf(object) === "configuration" ? object.embedded.flatMap((doc) => graph.objectsOf(doc)) : [];
  return held?.kind.title ?? object.apiKind ?? object.kind.title;
}
