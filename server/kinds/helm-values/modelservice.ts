import { at, itemsAt, mapAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** What the chart asks of a model; other charts have no such mapping. */
const ofTheModel = ["uri", "name", "size", "authSecretName", "labels"];
/** What it adds to a container. */
const ofContainers = ["modelCommand", "mountModelVolume"];

/** Values of the chart llm-d-modelservice. */
export const modelserviceValues = defineKind({
  id: "modelservice-values",
  title: "llm-d-modelservice values",
  schema: "modelservice-values",
  recognise: {
    hints: ["modelArtifacts", "decode", "prefill"],
    content: (root, doc) => {
      if (doc.carrier !== undefined) return false;
      const containers = ["decode", "prefill"].flatMap((role) => itemsAt(root, role, "containers"));
      return (
        ofTheModel.some((key) => at(mapAt(root, "modelArtifacts"), key) !== undefined) ||
        containers.some((container) => ofContainers.some((key) => at(container, key) !== undefined))
      );
    },
  },
  view: () => undefined,
});
