import { defaultThresholds, type EppView } from "../../kinds/epp/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { resolve } from "../../text/read.ts";
import type { Cursor } from "../completion/cursor.ts";
import { inEffect } from "./in-effect.ts";

/** When the router calls a pod saturated, with what nobody wrote. */
export function detectorInEffect({ object, under }: Cursor): string[] {
  if (under === undefined || !isPicker(object)) return [];
  const saturation = object.view.saturation;
  if (saturation === undefined || resolve(under) !== saturation.holder) return [];
  const { kvCacheUtil, queueDepth } = saturation;
  return [
    inEffect([
      { key: "kvCacheUtilThreshold", written: kvCacheUtil?.value, default: defaultThresholds.kvCacheUtil },
      { key: "queueDepthThreshold", written: queueDepth?.value, default: defaultThresholds.queueDepth },
    ]),
  ];
}

function isPicker(object: StackObject): object is StackObject<EppView> {
  return object.kind.id === "epp-config";
}
