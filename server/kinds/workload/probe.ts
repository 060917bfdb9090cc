import type { Node } from "../../text/node.ts";
import { numberAt, resolve } from "../../text/read.ts";

/** A probe with the defaults of the API (kubernetes/pkg/apis/core/v1/defaults.go). */
export interface Probe {
  readonly node: Node;
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly failureThreshold: number;
}

export function readProbe(node: Node | undefined): Probe | undefined {
  if (node === undefined || resolve(node)?.type !== "map") return undefined;
  return {
    node,
    initialDelaySeconds: numberAt(node, "initialDelaySeconds")?.value ?? 0,
    periodSeconds: numberAt(node, "periodSeconds")?.value ?? 10,
    failureThreshold: numberAt(node, "failureThreshold")?.value ?? 3,
  };
}

/** The time a probe grants a starting container: its first delay and every failure it forgives. */
export function startBudget(probe: Probe): number {
  return probe.initialDelaySeconds + probe.periodSeconds * probe.failureThreshold;
}
