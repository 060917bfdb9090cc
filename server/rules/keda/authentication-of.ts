import type { Graph } from "../../graph/graph.ts";
import { nearest } from "../../graph/scope.ts";
import { clusterTriggerAuthentication } from "../../kinds/keda/cluster-trigger-authentication.ts";
import type { Trigger } from "../../kinds/keda/scaled-object.ts";
import { type TriggerAuthenticationView, triggerAuthentication } from "../../kinds/keda/trigger-authentication.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { ScaledObjectAt } from "../../scenario/scaled-object.ts";

export type Authentication = StackObject<TriggerAuthenticationView>;

/** The object that a trigger names for its credentials, when exactly one is meant. */
export function authenticationOf(
  graph: Graph,
  object: ScaledObjectAt,
  { authentication }: Trigger,
): Authentication | undefined {
  if (authentication === undefined) return undefined;
  const { kind, name } = authentication;
  const where = kind === "ClusterTriggerAuthentication" ? "any-namespace" : "same-namespace";
  const found = nearest(graph, object, graph.lookup(`name/${kind}/${name.value}`), where);
  const [one, another] = found;
  return one !== undefined && another === undefined && isAuthentication(one) ? one : undefined;
}

/** Others may use the name of the kind. */
function isAuthentication(object: StackObject): object is Authentication {
  return object.kind.id === triggerAuthentication.id || object.kind.id === clusterTriggerAuthentication.id;
}

/**
 * The ways in which the prometheus scaler logs in, and the parameters that each cannot do without. Source: keda
 * pkg/scalers/authentication/authentication_types.go, 2.20.
 */
export const modes: ReadonlyMap<string, readonly string[]> = new Map([
  ["apiKey", ["apiKey"]],
  ["basic", ["username"]],
  ["tls", ["cert", "key"]],
  ["bearer", ["bearerToken"]],
  ["custom", ["customAuthHeader", "customAuthValue"]],
  ["oauth", ["oauthTokenURI", "clientID", "clientSecret"]],
]);

/** One of these is all that a request can carry. */
export const exclusive: ReadonlySet<string> = new Set(["bearer", "basic", "oauth"]);
