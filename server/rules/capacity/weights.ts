import { whatToTry } from "../../engine/capacity/advice.ts";
import { inGib } from "../../engine/units.ts";
import { placeOf } from "../../kinds/vllm/setting.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { type Fit, fitOf, fitsNowhere } from "../../scenario/model-fit.ts";
import { modelServers } from "../../scenario/model-server.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "../vllm/example.ts";

const example = (model: string) =>
  serverExample({
    args: [model],
    container: ["resources: {limits: {nvidia.com/gpu: 1}}"],
    spec: ["nodeSelector: {nvidia.com/gpu.product: NVIDIA-H100-80GB-HBM3}"],
  });

export const weightsDoNotFit = defineRule({
  id: "capacity/weights",
  title: "Model that does not fit on its GPUs",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["KV-01", "S2"],
  docs: {
    summary: "The weights of the model and what vLLM needs beside them take more than vLLM may use of each GPU.",
    why: "vLLM loads the weights, measures what is left for the KV cache, finds nothing and stops. The container then loads the same weights again, minutes each time, and the GPU is paid for meanwhile.",
    mend: "Spread the model over more GPUs (--tensor-parallel-size), take a quantized one, or another GPU. `headroom capacity FILE` prints the whole sum. Said only where model and GPU are known, by node selector, required affinity or the NodePools beside it, and where it does not fit at either end of the error either.",
    sources: [
      "https://docs.vllm.ai/en/latest/configuration/conserving_memory/",
      "https://github.com/vllm-project/vllm/blob/main/vllm/v1/worker/gpu_worker.py",
      "https://github.com/llm-d-incubation/llm-d-planner/pull/205",
    ],
  },
  examples: { bad: example("Qwen/Qwen2.5-72B-Instruct # <-"), good: example("Qwen/Qwen3-8B") },
  messages: {
    none: "{object}: {model} takes {weights} GiB of each {gpu} for its weights and {rest} GiB beside them, and vLLM may use {share} of {physical} GiB: nothing is left for the KV cache, and vLLM refuses to start. {mend}",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, settings, report }) {
    for (const server of modelServers(object, settings)) {
      const fit = fitOf(graph, object, server, settings);
      const at = placeOf(server.command, "--model");
      if (fit === undefined || at === undefined || fit.capacity.bestVerdict !== "weights-do-not-fit") continue;
      if (!fitsNowhere(fit)) continue;
      const { budget } = fit.capacity;
      const rest = budget.activation.bytes + budget.nonTorch.bytes + budget.graphs.bytes;
      report({
        at,
        message: "none",
        slots: {
          object: server.title,
          model: fit.model.model.id,
          gpu: fit.gpu.id,
          weights: inGib(budget.weights.bytes).toFixed(1),
          rest: (rest / 2 ** 30).toFixed(1),
          share: budget.utilization.share,
          physical: inGib(budget.physical.bytes).toFixed(1),
          mend: mendWords(fit),
        },
      });
    }
  },
});

/** Each by itself makes it fit. */
export function mendWords({ request }: Fit): string {
  const flags = whatToTry(request).flatMap(({ flag, after }) => (after.verdict === "fits" ? [flag] : []));
  const shown = flags.slice(0, 3);
  if (shown.length === 0) return "Take a smaller or quantized model, or another GPU.";
  return `It fits with ${shown.length > 1 ? `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}` : shown[0]}.`;
}
