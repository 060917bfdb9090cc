import type { MapNode } from "../../text/node.ts";
import { at, itemsAt, mapAt, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

const roles = ["prefill", "decode"];
const degrees = ["tensorParallel", "expertParallel"];

/**
 * How guides to llm-d sketch a scheduler or a deployment (`scorers`, `nixl`, `prefill.tensorParallel`). Neither the
 * endpoint picker nor a chart reads it; what is known by now is that it stands for something else.
 */
export const llmdShorthand = defineKind({
  id: "llmd-shorthand",
  title: "llm-d tutorial shorthand",
  recognise: {
    hints: ["scorers", "nixl", ...roles],
    content: (root) =>
      at(root, "plugins") === undefined && (hasScorers(root) || hasDegrees(root) || hasTransport(root)),
  },
  view: () => undefined,
});

/** `type: prefix-aware`: plugins of the picker are declared below `plugins`, and have other names. */
function hasScorers(root: MapNode): boolean {
  return itemsAt(root, "scorers").some((item) => /-aware$/.test(stringAt(item, "type")?.value ?? ""));
}

function hasDegrees(root: MapNode): boolean {
  return roles.some((role) => degrees.some((degree) => at(root, role, degree) !== undefined));
}

function hasTransport(root: MapNode): boolean {
  return ["backend", "transport"].every((key) => at(mapAt(root, "nixl"), key) !== undefined);
}
