import type { MapNode } from "../../text/node.ts";
import { mapAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** Groups that stand beside `wva` in the values of its chart, and in `wva` itself. */
const beside = ["va", "hpa", "llmd", "vllmService"];
const inside = ["image", "capacityScaling"];
/** Groups by which a file is told that only its name says to be values of this chart. */
const named = ["va", "llmd", "hpa", "prometheus"];
const namedSo =
  /(?:^|[-_./])(?:wva|workload-variant-autoscaler)[-_./]?values[^/]*$|\bvalues[-_.](?:wva|workload-variant-autoscaler)\b[^/]*$/;

/** Helm values of the chart workload-variant-autoscaler, which WVA had up to 0.8. */
export const wvaValues = defineKind({
  id: "wva-values",
  title: "WVA Helm values",
  schema: "wva-values",
  recognise: {
    hints: ["wva"],
    content: (root, doc) =>
      doc.carrier === undefined &&
      (hasItsGroups(root) || (namedSo.test(doc.file.path) && named.some((key) => mapAt(root, key) !== undefined))),
  },
  view: () => undefined,
});

function hasItsGroups(root: MapNode): boolean {
  return (
    mapAt(root, "wva") !== undefined &&
    (beside.some((key) => mapAt(root, key) !== undefined) ||
      inside.some((key) => mapAt(root, "wva", key) !== undefined))
  );
}
