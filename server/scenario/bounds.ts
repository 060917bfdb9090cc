import type { Node } from "../text/node.ts";
import { at, numberAt } from "../text/read.ts";

/** Far more than anybody runs of one model, and few enough to simulate. */
export const mostReplicas = 1000;

/** The first count of replicas of a specification that cannot be simulated, as a clause. */
export function wrongCount(root: Node, paths: readonly (readonly string[])[]): string | undefined {
  for (const path of paths) {
    const count = numberAt(root, ...path)?.value;
    if (count !== undefined && !(Number.isInteger(count) && count >= 0 && count <= mostReplicas))
      return `${path.at(-1)} is ${count}; whole numbers up to ${mostReplicas} are simulated`;
    if (count === undefined && at(root, ...path) !== undefined) return `${path.at(-1)} cannot be read`;
  }
  return undefined;
}

/** Seconds from the first bound to the second, so that no file makes a run endless. */
export function within(seconds: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Number.isFinite(seconds) ? seconds : least));
}
