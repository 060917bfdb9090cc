import { standsAlone } from "../../graph/values-layers.ts";
import { modelserviceValues } from "../../kinds/helm-values/modelservice.ts";
import { mapAt, quantityAt, stringAt } from "../../text/read.ts";
import { bytesOf, formatBytes } from "../../text/values/quantity.ts";
import { defineRule } from "../rule.ts";

/** `modelArtifacts.size` of llm-d-modelservice 0.4.12 when nobody writes it. */
const byDefault = 5n * 1024n ** 2n;
/** No model that is worth serving is smaller; the weights of the smallest in the catalogue take a hundred times this. */
const smallest = 64n * 1024n ** 2n;

const example = (size: string, mark = "") => `modelArtifacts:
  name: Qwen/Qwen3-8B
  uri: hf://Qwen/Qwen3-8B${mark}
${size}decode:
  parallelism: {tensor: 1}
prefill:
  create: false
`;

export const artifactsSize = defineRule({
  id: "values/artifacts-size",
  title: "Download that does not fit its volume",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["VLM-26"],
  docs: {
    summary:
      "The values of llm-d-modelservice download a model from Hugging Face (hf://) into a volume of 5Mi, the chart's default, or one hardly larger.",
    why: "modelArtifacts.size becomes the sizeLimit of the emptyDir that the weights are downloaded to. Once the files pass it, the kubelet evicts the pod, the next one downloads from the beginning, and none ever serves.",
    mend: "Write modelArtifacts.size with the size of the weights and 20 % on top: 20Gi for 8 billion parameters in bf16.",
    sources: [
      "https://github.com/llm-d-incubation/llm-d-modelservice/blob/main/charts/llm-d-modelservice/values.yaml",
      "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
    ],
  },
  examples: { bad: example("", " # <-"), good: example("  size: 20Gi\n") },
  messages: {
    unset:
      "{object}: the model is downloaded from {uri} into an emptyDir of {size}, the chart's default: the pod is evicted as soon as the weights pass it. Write modelArtifacts.size.",
    small:
      "{object}: the model is downloaded from {uri} into an emptyDir of {size} (modelArtifacts.size): the pod is evicted as soon as the weights pass it. Write the size of the weights and 20 % on top.",
  },
  reads: [modelserviceValues],
  check({ object, graph, report }) {
    const artifacts = mapAt(object.root, "modelArtifacts");
    const uri = stringAt(artifacts, "uri");
    if (uri === undefined || !uri.value.startsWith("hf://")) return;
    const slots = { object: object.title, uri: uri.value };
    const size = quantityAt(artifacts, "size");
    if (artifacts?.entries.every(({ key }) => key.type !== "scalar" || key.text !== "size")) {
      if (standsAlone(graph, object))
        report({ at: uri.node, message: "unset", slots: { ...slots, size: formatBytes(byDefault) } });
    } else if (size !== undefined && bytesOf(size.value) > 0n && bytesOf(size.value) < smallest) {
      report({ at: size.node, message: "small", slots: { ...slots, size: formatBytes(bytesOf(size.value)) } });
    }
  },
});
