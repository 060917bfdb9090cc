import type { Document } from "../../text/document.ts";
import type { MapNode } from "../../text/node.ts";
import { mapAt, numberAt, type Placed, stringAt } from "../../text/read.ts";
import { type ConfigMapView, configMap } from "../config-map/kind.ts";
import { defineKind } from "../kind.ts";

export const thresholdKeys = [
  "kvCacheThreshold",
  "queueLengthThreshold",
  "kvSpareTrigger",
  "queueSpareTrigger",
] as const;
export type ThresholdKey = (typeof thresholdKeys)[number];

/** One data key of WVA's saturation ConfigMap: `default`, or an override for one model. */
export interface SaturationEntry {
  readonly name: string;
  readonly doc: Document;
  readonly root: MapNode;
  readonly modelId: Placed<string> | undefined;
  readonly namespace: Placed<string> | undefined;
  readonly thresholds: Partial<Record<ThresholdKey, Placed<number>>>;
}

export interface SaturationView extends ConfigMapView {
  readonly entries: readonly SaturationEntry[];
}

/**
 * `capacity-scaling-config` (v0.4), `saturation-scaling-config` (December 2025), `wva-saturation-scaling-config` (since
 * February 2026), each with a chart's or an overlay's prefix.
 */
export const saturationMapName = /(?:capacity|saturation)-scaling-config$/;

export const saturationConfig = defineKind<SaturationView>({
  id: "wva-saturation",
  title: "WVA saturation ConfigMap",
  schema: "config-map",
  recognise: {
    group: "",
    kind: "ConfigMap",
    when: (root, doc) =>
      saturationMapName.test(stringAt(root, "metadata", "name")?.value ?? "") ||
      doc.embedded.some((inner) => isEntry(inner)),
  },
  view: (object) => ({
    ...configMap.view(object),
    entries: object.embedded.flatMap(readEntry),
  }),
});

function isEntry(doc: Document): boolean {
  return doc.carrier?.by === "config-map" && thresholdKeys.some((key) => numberAt(doc.root, key) !== undefined);
}

function readEntry(doc: Document): SaturationEntry[] {
  const root = mapAt(doc.root);
  if (root === undefined || doc.carrier === undefined || !doc.readable) return [];
  const thresholds: Partial<Record<ThresholdKey, Placed<number>>> = {};
  for (const key of thresholdKeys) {
    const value = numberAt(root, key);
    if (value !== undefined) thresholds[key] = value;
  }
  const modelId = stringAt(root, "model_id");
  return [{ name: doc.carrier.name, doc, root, modelId, namespace: stringAt(root, "namespace"), thresholds }];
}
