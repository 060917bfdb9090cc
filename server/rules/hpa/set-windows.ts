import type { RawFix } from "../../findings/raw-finding.ts";
import type { HpaView } from "../../kinds/hpa/kind.ts";
import type { ScaledObjectView } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { setPath } from "../../text/edits.ts";

/** A fix that writes stabilization windows, keeping everything else of `behavior` as it is. */
export function setWindows(
  object: StackObject<HpaView> | StackObject<ScaledObjectView>,
  windows: { readonly up?: number; readonly down?: number },
): RawFix[] {
  const { up, down } = windows;
  const { behaviorPath, behavior } = object.view;
  const key = "stabilizationWindowSeconds";
  if (behavior === undefined && up !== undefined && down !== undefined) {
    // Two edits that create the same mapping would collide: write it in one piece.
    const yaml = `\nscaleUp:\n  ${key}: ${up}\nscaleDown:\n  ${key}: ${down}`;
    const edit = setPath(object.root, behaviorPath, yaml);
    return edit === undefined ? [] : [{ title: titleOf(windows), safe: false, edits: [edit] }];
  }
  const edits = [
    up === undefined ? undefined : setPath(object.root, [...behaviorPath, "scaleUp", key], String(up)),
    down === undefined ? undefined : setPath(object.root, [...behaviorPath, "scaleDown", key], String(down)),
  ].filter((edit) => edit !== undefined);
  return edits.length === 0 ? [] : [{ title: titleOf(windows), safe: false, edits }];
}

function titleOf({ up, down }: { readonly up?: number; readonly down?: number }): string {
  const parts = [
    up === undefined ? [] : [`scale-up window to ${up} s`],
    down === undefined ? [] : [`scale-down window to ${down} s`],
  ];
  return `Set the ${parts.flat().join(" and the ")}`;
}
