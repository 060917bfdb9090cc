import { mapAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** Groups that stand beside `wva` in the values of its chart, and in `wva` itself. */
const beside = ["va", "hpa", "llmd", "vllmService"];
const inside = ["image", "capacityScaling"];

/** Helm values of the chart workload-variant-autoscaler, which WVA had up to 0.8. */
export const wvaValues = defineKind({
  id: "wva-values",
  title: "WVA Helm values",
  schema: "wva-values",
  recognise: {
    hints: ["wva"],
    content: (root, doc) =>
      doc.carrier === undefined &&
      mapAt(root, "wva") !== undefined &&
      (beside.some((key) => mapAt(root, key) !== undefined) ||
        inside.some((key) => mapAt(root, "wva", key) !== undefined)),
  },
  view: () => undefined,
});
