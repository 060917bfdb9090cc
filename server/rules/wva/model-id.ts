import { workloadOf } from "../../graph/scale-target.ts";
import { servedNameOf } from "../../graph/served-name.ts";
import { variantAutoscaling } from "../../kinds/wva/variant-autoscaling.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { isTemplated } from "../../text/template.ts";
import { stringYaml } from "../../text/write.ts";
import { defineRule } from "../rule.ts";
import { setValue } from "../set-value.ts";

const example = (modelId: string) => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: llama
  labels:
    inference.optimization/acceleratorName: H100
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  modelID: ${modelId}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.21.0
          args: ["--model", "meta-llama/Llama-3.1-8B-Instruct", "--served-model-name", "llama-8b"]
`;

export const modelId = defineRule({
  id: "wva/model-id",
  title: "modelID that the target does not serve",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["W-13"],
  docs: {
    summary: "The modelID of a VariantAutoscaling is not the name by which its target's vLLM serves the model.",
    why: "WVA, in every version that has VariantAutoscalings (to 0.8), looks for the metrics whose label model_name equals modelID. vLLM writes the first --served-model-name there, without that flag --model or the word behind vllm serve, be it a path. With another name WVA finds no metrics, and decides nothing, without an error.",
    mend: "Write the served name as modelID, letter by letter; or give vLLM the modelID as its --served-model-name.",
    sources: ["https://github.com/llm-d/llm-d/issues/2310", "https://docs.vllm.ai/en/stable/cli/serve/"],
  },
  examples: { bad: example("meta-llama/Llama-3.1-8B-Instruct # <-"), good: example("llama-8b") },
  messages: {
    differs:
      '{object}: modelID is "{modelId}", but {target} serves "{served}" ({by}), which is the model_name of its metrics. WVA (to 0.8) finds no metrics of this variant and never scales it; write modelID: {served}.',
  },
  reads: [variantAutoscaling],
  check({ object, graph, report }) {
    const { target, modelId } = object.view;
    const workload = modelId === undefined ? undefined : workloadOf(graph, object, target);
    const served = workload === undefined ? undefined : servedNameOf(workload);
    if (modelId === undefined || workload === undefined || served === undefined) return;
    if (modelId.value === served.text || isTemplated(modelId.value)) return;
    report({
      at: modelId.node,
      message: "differs",
      slots: {
        object: object.title,
        modelId: modelId.value,
        target: workload.title,
        served: served.text,
        by: served.by,
      },
      related: [{ at: spanOfWord(served.word), message: `${workload.title} serves ${served.text}` }],
      fixes: setValue(object, ["spec", "modelID"], stringYaml(served.text), `Set modelID to ${served.text}`),
    });
  },
});
