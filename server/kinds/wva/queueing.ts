import { at } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { configMapName } from "./config-map-name.ts";

const own = ["sloMultiplier", "tuningEnabled", "targetTTFT", "targetITL"];

/** `wva-queueing-model-config`, with any prefix. */
const knownName = /(?:^|-)queueing-model-config$/;

/** One entry of that ConfigMap: `default`, or one model. */
export const queueingEntry = defineKind({
  id: "wva-queueing-entry",
  title: "WVA queueing-model entry",
  schema: "wva-queueing-entry",
  recognise: {
    hints: [...own, "model_id"],
    content: (root, doc) => {
      if (doc.carrier?.by !== "config-map") return false;
      const found = [...own, "model_id"].filter((key) => at(root, key) !== undefined);
      return found.length > (knownName.test(configMapName(doc) ?? "") ? 0 : 1);
    },
  },
  view: () => undefined,
});
