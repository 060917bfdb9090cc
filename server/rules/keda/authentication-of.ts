import type { Graph } from "../../graph/graph.ts";
import { nearest as nearestObjects, nearestOne } from "../../graph/scope.ts";
import type { Trigger } from "../../kinds/keda/scaled-object.ts";
import type { TriggerAuthenticationView } from "../../kinds/keda/trigger-authentication.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { ScaledObjectAt } from "./as-applied.ts";

export type Authentication = StackObject<TriggerAuthenticationView>;

/** A ClusterTriggerAuthentication has no namespace, and one of another file may be in any. */
const whole = (kind: string) => (kind === "ClusterTriggerAuthentication" ? "any-namespace" : "same-namespace");

/** The object that a trigger names for its credentials, when exactly one is meant. */
export function authenticationOf(
  graph: Graph,
  object: ScaledObjectAt,
  { authentication }: Trigger,
): Authentication | undefined {
  if (authentication === undefined) return undefined;
  const { kind, name } = authentication;
  const named = graph.lookup(`name/${kind}/${name.value}`);
  const found =
    whole(kind) === "any-namespace"
      ? nearestObjects(graph, object, named, "any-namespace")
      : [nearestOne(graph, object, named)];
  const [one] = found;
  return found.length === 1 ? (one as Authentication | undefined) : undefined;
}

/** The ways in which the prometheus scaler logs in, and the parameters that each cannot do without. Source: keda pkg/scalers/authentication/authentication_types.go, 2.20. */
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
