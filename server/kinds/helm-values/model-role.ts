import type { MapNode } from "../../text/node.ts";
import { mapAt, scalarAt } from "../../text/read.ts";
import type { StackObject } from "../stack-object.ts";

/** The pods of one role in the values of llm-d-modelservice. */
export interface ModelRole {
  readonly name: "decode" | "prefill";
  readonly root: MapNode;
}

/** The roles that are written and made. */
export function rolesOf({ root }: StackObject): ModelRole[] {
  return (["decode", "prefill"] as const).flatMap((name) => {
    const role = mapAt(root, name);
    return role === undefined || scalarAt(role, "create")?.text === "false" ? [] : [{ name, root: role }];
  });
}
