import type { Node } from "../../text/node.ts";
import { mapAt, type Placed, stringAt } from "../../text/read.ts";

/** What an autoscaler scales. */
export interface ScaleTarget {
  readonly node: Node;
  readonly apiVersion: string | undefined;
  readonly kind: string;
  readonly name: Placed<string>;
}

/** Absent when the name is missing or filled in later. */
export function readScaleTarget(node: Node | undefined, defaultKind?: string): ScaleTarget | undefined {
  const target = mapAt(node);
  const kind = stringAt(target, "kind")?.value ?? defaultKind;
  const name = stringAt(target, "name");
  if (target === undefined || kind === undefined || name === undefined) return undefined;
  return { node: target, apiVersion: stringAt(target, "apiVersion")?.value, kind, name };
}

/** The name under which the graph finds everything that scales one target. */
export function targetKey(target: ScaleTarget): string {
  return targetKeyOf(target.kind, target.name.value);
}

export function targetKeyOf(kind: string, name: string): string {
  return `target/${kind}/${name}`;
}
