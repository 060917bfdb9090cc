import { standsAlone } from "../../graph/values-layers.ts";
import { type ModelRole, rolesOf } from "../../kinds/helm-values/model-role.ts";
import { modelserviceValues } from "../../kinds/helm-values/modelservice.ts";
import { productionStackValues } from "../../kinds/helm-values/production-stack.ts";
import { modelsOf, ranksOf, type StackModel } from "../../kinds/helm-values/stack-model.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Span } from "../../text/node.ts";
import { at, entryOf, itemsAt, mapAt, numberAt, type Placed, scalarAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (gpus: string) => `servingEngineSpec:
  modelSpec:
    - name: qwen3-32b
      repository: vllm/vllm-openai
      tag: v0.19.0
      modelURL: Qwen/Qwen3-32B
      replicaCount: 1
      requestCPU: 8
      requestMemory: 64Gi
      requestGPU: ${gpus}
      vllmConfig:
        tensorParallelSize: 2
        enablePrefixCaching: true
`;

/** Resource of each accelerator in the values.yaml of llm-d-modelservice 0.4.12, where limits name them so. */
const acceleratorResource = "nvidia.com/gpu";

export const gpuCount = defineRule({
  id: "values/gpu-count",
  title: "Values whose GPUs and ranks differ",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["VAL-04", "VAL-09", "VLM-01"],
  docs: {
    summary:
      "Values of the production stack or of llm-d-modelservice give a pod fewer GPUs than its ranks (error), more than them, or none (warning).",
    why: "vLLM starts a process for each rank and stops when a rank finds no GPU; a GPU above the ranks is paid for and never used. The production stack asks for GPUs by requestGPU alone: without it the pod gets none, whatever tensorParallelSize says. llm-d-modelservice works out tensor x dataLocal itself unless a limit is written.",
    mend: "Make the GPUs equal to the ranks of one pod: tensor parallel size x copies in the pod.",
    sources: [
      "https://github.com/vllm-project/production-stack/blob/main/helm/templates/_helpers.tpl",
      "https://github.com/llm-d-incubation/llm-d-modelservice/blob/main/charts/llm-d-modelservice/templates/_helpers.tpl",
    ],
  },
  examples: { bad: example("1 # <-"), good: example("2") },
  messages: {
    few: "{object}: {place} asks for {gpus} GPU{s}, but vLLM starts {ranks} ranks ({source}), one on each GPU: it does not start. Ask for {ranks}.",
    many: "{object}: {place} asks for {gpus} GPU{s}, but vLLM starts {ranks} rank{r} ({source}): the others stay idle. Ask for {ranks}, or raise the ranks.",
    none: "{object}: {place} has {source} and no requestGPU: the chart asks for no GPU, and the scheduler puts the pod on any node. Write requestGPU: {ranks}.",
  },
  reads: [productionStackValues, modelserviceValues],
  check({ object, graph, report }) {
    const title = object.title;
    for (const { place, gpus, ranks, source, at: span } of requests(object, standsAlone(graph, object))) {
      const slots = { object: title, place, ranks, source };
      if (gpus === undefined) report({ at: span, message: "none", severity: "warning", slots });
      else if (gpus < ranks) report({ at: span, message: "few", slots: { ...slots, gpus, s: plural(gpus) } });
      else if (gpus > ranks) {
        const counted = { ...slots, gpus, s: plural(gpus), r: plural(ranks) };
        report({ at: span, message: "many", severity: "warning", slots: counted });
      }
    }
  },
});

interface Request {
  readonly at: Span;
  readonly place: string;
  readonly gpus: number | undefined;
  readonly ranks: number;
  readonly source: string;
}

function requests(object: StackObject, alone: boolean): Request[] {
  return object.kind === productionStackValues
    ? modelsOf(object).flatMap(requestOfModel)
    : rolesOf(object).flatMap((role) => requestsOfRole(object, role, alone));
}

function requestOfModel(model: StackModel): Request[] {
  const { root, title: place } = model;
  const visible = stringAt(root, "lmcacheConfig", "cudaVisibleDevices");
  const bare = ["requestGPU", "resources"].every((key) => at(root, key) === undefined);
  if (visible !== undefined && bare) {
    const source = `cudaVisibleDevices "${visible.value}"`;
    return [{ at: visible.node, place, gpus: undefined, ranks: visible.value.split(",").length, source }];
  }
  const ranks = ranksOf(model);
  const tensor = at(root, "vllmConfig", "tensorParallelSize");
  if (ranks === undefined || tensor === undefined || at(root, "resources") !== undefined) return [];
  const source = `tensorParallelSize ${ranks}`;
  if (at(root, "requestGPU") === undefined) return [{ at: tensor, place, gpus: undefined, ranks, source }];
  const gpus = whole(numberAt(root, "requestGPU"));
  return gpus === undefined ? [] : [{ at: gpus.node, place, gpus: gpus.value, ranks, source }];
}

function requestsOfRole(object: StackObject, { name, root }: ModelRole, alone: boolean): Request[] {
  const parallel = mapAt(root, "parallelism");
  const type = scalarAt(object.root, "accelerator", "type")?.text ?? "nvidia";
  const written = entryOf(parallel, "tensor") !== undefined || entryOf(parallel, "dataLocal") !== undefined;
  if (!written || type !== "nvidia" || mapAt(object.root, "accelerator", "resources") !== undefined) return [];
  const [tensor, dataLocal] = ["tensor", "dataLocal"].map((key) =>
    at(parallel, key) === undefined ? (alone ? 1 : undefined) : whole(numberAt(parallel, key))?.value,
  );
  if (tensor === undefined || dataLocal === undefined) return [];
  return itemsAt(root, "containers").flatMap((container) => {
    const gpus = whole(numberAt(container, "resources", "limits", acceleratorResource));
    const simulated = /inference-sim/.test(stringAt(container, "image")?.value ?? "");
    if (gpus === undefined || simulated || stringAt(container, "modelCommand")?.value !== "vllmServe") return [];
    const source = `tensor ${tensor} x dataLocal ${dataLocal}`;
    return [{ at: gpus.node, place: name, gpus: gpus.value, ranks: tensor * dataLocal, source }];
  });
}

function whole(number: Placed<number> | undefined): Placed<number> | undefined {
  return number !== undefined && Number.isSafeInteger(number.value) && number.value > 0 ? number : undefined;
}

function plural(count: number): string {
  return count === 1 ? "" : "s";
}
