import { at } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { configMapName } from "./config-map-name.ts";
import { saturationMapName, thresholdKeys } from "./saturation.ts";

/** Keys that an entry of the newer versions may have alone; others have such words too. */
const shared = [
  ...["model_id", "analyzerName", "analyzers", "scaleUpThreshold", "scaleDownBoundary"],
  ...["priority", "enableLimiter", "enableRescale", "scaleToZero", "limiters"],
];

/** One entry of the saturation ConfigMap as a document; the ConfigMap's own kind reads it. */
export const saturationEntry = defineKind({
  id: "wva-saturation-entry",
  title: "WVA saturation entry",
  schema: "wva-saturation-entry",
  recognise: {
    hints: [...thresholdKeys, ...shared],
    content: (root, doc) => {
      if (doc.carrier?.by !== "config-map") return false;
      const has = (key: string) => at(root, key) !== undefined;
      return thresholdKeys.some(has) || (saturationMapName.test(configMapName(doc) ?? "") && shared.some(has));
    },
  },
  view: () => undefined,
});
