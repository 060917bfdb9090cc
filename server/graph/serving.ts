import type { HpaView } from "../kinds/hpa/kind.ts";
import type { ScaledObjectView } from "../kinds/keda/scaled-object.ts";
import { queryAt } from "../kinds/promql/queries.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { type Container, gpusOf } from "../kinds/workload/container.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { remembered } from "../text/remembered.ts";
import type { Graph } from "./graph.ts";
import { variantOf, workloadOf } from "./scale-target.ts";

const engineImage = /(?:^|[/-])(?:vllm|vllm-openai|sglang|text-generation-inference|tgi)(?:[:@/-]|$)/i;
const engineCommand =
  /(?:^|[/\s])(?:vllm|sglang|text-generation-launcher)(?:$|[\s/.])|vllm\.entrypoints|sglang\.launch_server/;
const servingMetric = /\b(?:wva_|inferno_|vllm[:_]|lmcache|sglang[:_]|inference_(?:pool|extension|objective)_|llm_d_)/;

/** Stand-ins for engines, which load no model. */
const simulator = /llm-d-inference-sim|vllm-sim|vllme\b/i;

/** Whether a container runs an inference engine or asks for a GPU. */
export const servesModel = remembered(
  (container: Container): boolean => gpusOf(container) !== undefined || runsEngine(container),
);

const runsEngine = remembered((container: Container): boolean => {
  if (engineImage.test(container.image?.value ?? "")) return true;
  return container.words.some(({ text }) => engineCommand.test(text));
});

/** The container of a workload that loads a model and then answers requests: not a batch job, not a simulator. */
export function answeringContainer(workload: StackObject<Workload>): Container | undefined {
  return workload.view.template?.containers.find(
    (container) =>
      (runsEngine(container) || (gpusOf(container) !== undefined && container.ports.length > 0)) &&
      !simulator.test(container.image?.value ?? "") &&
      !container.words.some(({ text }) => simulator.test(text)),
  );
}

export function servingContainer(workload: StackObject<Workload>): Container | undefined {
  return workload.view.template?.containers.find(servesModel);
}

/** Whether an autoscaler scales model servers: by its target, by a variant of WVA, or by what it measures. */
export function scalesModelServers(
  graph: Graph,
  autoscaler: StackObject<HpaView> | StackObject<ScaledObjectView>,
): boolean {
  const { view } = autoscaler;
  const workload = workloadOf(graph, autoscaler, view.target);
  if (workload !== undefined)
    return servingContainer(workload) !== undefined || variantOf(graph, autoscaler, view.target) !== undefined;
  return (
    signals(view).some((signal) => servingMetric.test(signal)) ||
    variantOf(graph, autoscaler, view.target) !== undefined
  );
}

function signals(view: HpaView | ScaledObjectView): string[] {
  if ("metrics" in view) return view.metrics.flatMap(({ name }) => name?.value ?? []);
  return view.triggers.flatMap(({ metadata }) => queryAt(metadata, "query")?.text ?? []);
}
