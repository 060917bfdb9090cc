import type { MapNode } from "../../text/node.ts";
import { mapAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** Values of the charts llm-d-router-gateway and llm-d-router-standalone. */
export const routerValues = defineKind({
  id: "router-values",
  title: "llm-d router values",
  schema: "router-values",
  recognise: {
    hints: ["router"],
    content: (root, doc) => doc.carrier === undefined && isRouterForm(root),
  },
  view: () => undefined,
});

/** A file that begins to move from the old form to this one has both. */
export function isRouterForm(root: MapNode): boolean {
  return ["epp", "modelServers"].some((key) => mapAt(root, "router", key) !== undefined);
}
