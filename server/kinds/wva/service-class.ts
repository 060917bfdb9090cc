import { at, itemsAt, seqAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { configMapName } from "./config-map-name.ts";

/** `service-classes-config`, with any prefix. */
const knownName = /(?:^|-)service-class(?:es)?-config$/;

/** One key of that ConfigMap, such as `premium.yaml`: latencies for the optimiser that WVA had up to 0.4. */
export const serviceClass = defineKind({
  id: "wva-service-class",
  title: "WVA service class",
  schema: "wva-service-class",
  recognise: {
    hints: ["slo-tpot", "slo-ttft"],
    content: (root, doc) => {
      if (doc.carrier?.by !== "config-map" || seqAt(root, "data") === undefined) return false;
      const promises = itemsAt(root, "data").some((item) =>
        ["slo-tpot", "slo-ttft"].some((key) => at(item, key) !== undefined),
      );
      return promises || (knownName.test(configMapName(doc) ?? "") && at(root, "priority") !== undefined);
    },
  },
  view: () => undefined,
});
