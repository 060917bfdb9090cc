import { productionStackValues } from "../../kinds/helm-values/production-stack.ts";
import { modelsOf } from "../../kinds/helm-values/stack-model.ts";
import type { MapNode } from "../../text/node.ts";
import { at, entryOf, itemsAt, scalarAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { stackModel } from "./example.ts";

const prefixRouting = ["prefixaware", "kvaware"];

const example = (more: string) => stackModel("podAnnotations: {}", more);

export const prefixCachingOff = defineRule({
  id: "values/prefix-caching-off",
  title: "Prefix caching that the production stack switches off",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["VLM-23"],
  docs: {
    summary:
      "A model of the production stack leaves vllmConfig.enablePrefixCaching out, and the chart then starts vLLM with --no-enable-prefix-caching.",
    why: "vLLM caches prefixes by default; the chart takes an absent key for false and switches that off. Every prompt is computed from its beginning. A router that sends requests to the engine with the prefix (prefixaware, kvaware) then finds nothing there, unless LMCache has it: that is a warning, the key alone is information.",
    mend: "Write enablePrefixCaching: true, or false where it is meant.",
    sources: [
      "https://github.com/vllm-project/production-stack/blob/main/helm/templates/deployment-vllm-multi.yaml",
      "https://docs.vllm.ai/en/latest/features/automatic_prefix_caching/",
    ],
  },
  examples: {
    bad: `servingEngineSpec:
  modelSpec:
    - name: qwen3-8b
      repository: vllm/vllm-openai
      tag: v0.19.0
      modelURL: Qwen/Qwen3-8B
      replicaCount: 2
      requestCPU: 8
      requestMemory: 64Gi
      requestGPU: 1
      vllmConfig: # <-
        maxModelLen: 32768
routerSpec:
  routingLogic: prefixaware
`,
    good: example("routerSpec:\n  routingLogic: prefixaware\n"),
  },
  messages: {
    routed:
      "{object}: the router looks for the engine that has a prompt's prefix ({logic}), but {model} is started with --no-enable-prefix-caching, since {cause}: nothing is found there. Write enablePrefixCaching: true.",
    unset:
      "{object}: {model} is started with --no-enable-prefix-caching, since {cause}. vLLM itself would cache prefixes. Write enablePrefixCaching: true, or false where it is meant.",
  },
  reads: [productionStackValues],
  check({ object, report }) {
    const logic = scalarAt(object.root, "routerSpec", "routingLogic");
    for (const { root, title: model } of modelsOf(object)) {
      const config = entryOf(root, "vllmConfig");
      const written = at(config?.value, "enablePrefixCaching");
      const isOff = scalarAt(written)?.text === "false";
      // Without vllmConfig the chart writes neither flag.
      if (config === undefined || (written !== undefined && !isOff) || ownArgument(root)) continue;
      const cause = isOff ? "enablePrefixCaching is false" : "vllmConfig has no enablePrefixCaching";
      const slots = { object: object.title, model, cause };
      const span = written ?? config.key;
      if (logic !== undefined && prefixRouting.includes(logic.text) && !hasLmcache(root)) {
        const related = [{ at: logic, message: `requests are routed by prefix: ${logic.text}` }];
        report({ at: span, message: "routed", slots: { ...slots, logic: logic.text }, related });
      } else if (!isOff && !runsFirstEngine(root)) report({ at: span, message: "unset", severity: "info", slots });
    }
  },
});

/** LMCache finds a prefix in its own memory, whatever vLLM keeps. */
function hasLmcache(root: MapNode): boolean {
  return scalarAt(root, "lmcacheConfig", "enabled")?.text === "true";
}

/** vLLM's first engine cached no prefixes by itself. */
function runsFirstEngine(root: MapNode): boolean {
  return scalarAt(root, "vllmConfig", "v0")?.text === "1";
}

/** A flag in extraArgs stands behind the chart's and wins. */
function ownArgument(root: MapNode): boolean {
  return itemsAt(root, "vllmConfig", "extraArgs").some((word) => {
    const text = stringAt(word)?.value;
    return text === undefined || /^--(?:no-)?enable[-_]prefix[-_]caching/.test(text);
  });
}
