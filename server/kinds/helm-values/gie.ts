import { mapAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { isRouterForm } from "./router.ts";

/** Values of the charts of the Gateway API Inference Extension, from before llm-d's router had its own. */
export const gieValues = defineKind({
  id: "gie-values",
  title: "Inference extension values",
  schema: "gie-values",
  recognise: {
    hints: ["inferenceExtension", "inferencePool"],
    content: (root, doc) =>
      doc.carrier === undefined &&
      !isRouterForm(root) &&
      (mapAt(root, "inferenceExtension") !== undefined || mapAt(root, "inferencePool", "modelServers") !== undefined),
  },
  view: () => undefined,
});
