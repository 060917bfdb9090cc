import { mapAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { thresholdKeys } from "./saturation.ts";

/** One entry of the saturation ConfigMap as a document; the ConfigMap's own kind reads it. */
export const saturationEntry = defineKind({
  id: "wva-saturation-entry",
  title: "WVA saturation entry",
  schema: "wva-saturation-entry",
  recognise: {
    hints: [...thresholdKeys, "model_id", "analyzerName"],
    content: (root, doc) =>
      doc.carrier?.by === "config-map" &&
      mapAt(root) !== undefined &&
      root.entries.some(({ key }) => key.type === "scalar" && (thresholdKeys as readonly string[]).includes(key.text)),
  },
  view: () => undefined,
});
