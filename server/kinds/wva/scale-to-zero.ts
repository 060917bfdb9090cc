import { at } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { configMapName } from "./config-map-name.ts";

/** `wva-model-scale-to-zero-config` with any prefix, and `wva-scale-to-zero-config`, which guides show. */
const knownName = /(?:^|-)scale-to-zero-config$/;

/** One entry of that ConfigMap: `default`, or one model. */
export const scaleToZeroEntry = defineKind({
  id: "wva-scale-to-zero-entry",
  title: "WVA scale-to-zero entry",
  schema: "wva-scale-to-zero-entry",
  recognise: {
    hints: ["enable_scale_to_zero", "retention_period", "model_id"],
    content: (root, doc) => {
      if (doc.carrier?.by !== "config-map") return false;
      if (at(root, "enable_scale_to_zero") !== undefined) return true;
      const isRetention = at(root, "retention_period") !== undefined;
      const isModel = at(root, "model_id") !== undefined;
      // Others keep things for a time too.
      return knownName.test(configMapName(doc) ?? "") ? isRetention || isModel : isRetention && isModel;
    },
  },
  view: () => undefined,
});
