import { at, mapAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** Values of the chart vllm-stack, of the vLLM production-stack. */
export const productionStackValues = defineKind({
  id: "production-stack-values",
  title: "vLLM production stack values",
  schema: "production-stack-values",
  recognise: {
    hints: ["servingEngineSpec", "routerSpec"],
    content: (root, doc) =>
      doc.carrier === undefined &&
      (mapAt(root, "servingEngineSpec") !== undefined || at(root, "routerSpec", "routingLogic") !== undefined),
  },
  view: () => undefined,
});
