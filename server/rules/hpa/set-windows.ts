import type { RawFix } from "../../findings/raw-finding.ts";
import type { HpaView } from "../../kinds/hpa/kind.ts";
import type { ScaledObjectView } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { setAll } from "../../text/edits.ts";
import type { Span } from "../../text/node.ts";
import { at, entryOf } from "../../text/read.ts";

/** A fix that writes stabilization windows, keeping everything else of `behavior` as it is. */
export function setWindows(
  object: StackObject<HpaView> | StackObject<ScaledObjectView>,
  { up, down }: { readonly up?: number; readonly down?: number },
): RawFix[] {
  const halves = {
    ...(up !== undefined && { scaleUp: { stabilizationWindowSeconds: String(up) } }),
    ...(down !== undefined && { scaleDown: { stabilizationWindowSeconds: String(down) } }),
  };
  const edits = setAll(object.root, object.view.behaviorPath, halves);
  if (edits === undefined || edits.length === 0) return [];
  const parts = [
    ...(up === undefined ? [] : [`scale-up window to ${up} s`]),
    ...(down === undefined ? [] : [`scale-down window to ${down} s`]),
  ];
  return [{ title: `Set the ${parts.join(" and the ")}`, safe: false, edits }];
}

/** Where a window stands; else the key below which it would stand; else the object's name. */
export function placeOfWindow(
  object: StackObject<HpaView> | StackObject<ScaledObjectView>,
  half: "scaleUp" | "scaleDown",
): Span {
  const { behavior, behaviorPath } = object.view;
  const written = behavior?.[half].stabilizationWindow;
  if (written !== undefined) return written.node;
  const parent = at(object.root, ...behaviorPath.slice(0, -1));
  const place = entryOf(at(object.root, ...behaviorPath), half) ?? entryOf(parent, "behavior");
  return place?.key ?? object.name?.node ?? object;
}
