import { defaultWindow } from "../../kinds/hpa/behavior.ts";
import { type HpaView, hpa } from "../../kinds/hpa/kind.ts";
import { type ScaledObjectView, scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { Cursor } from "../completion/cursor.ts";

const directions = [
  ["scaleUp", "up", "lowest"],
  ["scaleDown", "down", "highest"],
] as const;

/** The windows in effect, those that nobody wrote included. */
export function windowsOf({ object, path, under }: Cursor): string[] {
  if (under === undefined || (object.kind.id !== hpa.id && object.kind.id !== scaledObject.id)) return [];
  const { behavior, behaviorPath } = object.view as HpaView | ScaledObjectView;
  const base = behaviorPath.join(".");
  const asked = directions.filter(([key]) => path === base || path === `${base}.${key}`);
  return asked.flatMap(([key, way, recommendation]) => {
    const rules = behavior?.[key];
    if (rules?.unread === true) return [];
    const written = rules?.stabilizationWindow?.value;
    const window = written ?? defaultWindow[key];
    const origin = written === undefined ? ", by default" : "";
    return [
      window === 0
        ? `Scales ${way} at once${origin}.`
        : `Scales ${way} by the ${recommendation} recommendation of the last ${window} s${origin}.`,
    ];
  });
}
