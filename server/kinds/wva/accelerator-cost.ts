import { at } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { configMapName } from "./config-map-name.ts";

/** `accelerator-unit-costs`, with any prefix. */
const knownName = /(?:^|-)accelerator-unit-costs?$/;

/** One key of that ConfigMap, named for its accelerator: for the optimiser that WVA had up to 0.4. */
export const acceleratorCost = defineKind({
  id: "wva-accelerator-cost",
  title: "WVA accelerator cost",
  schema: "wva-accelerator-cost",
  recognise: {
    hints: ["device", "cost"],
    content: (root, doc) =>
      knownName.test(configMapName(doc) ?? "") && ["device", "cost"].some((key) => at(root, key) !== undefined),
  },
  view: () => undefined,
});
