import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { at, numberAt, type Placed } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setNumber } from "../set-number.ts";

const example = (threshold: string) => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: queue-scorer
  - type: utilization-detector
    parameters:
      kvCacheUtilThreshold: ${threshold}
flowControl:
  saturationDetector:
    pluginRef: utilization-detector
`;

/** Above this the cache is as good as full before anybody is told. */
const late = 0.95;

export const kvThreshold = defineRule({
  id: "epp/kv-threshold",
  title: "KV cache threshold that is no fraction",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["EPP-21"],
  docs: {
    summary: "kvCacheUtilThreshold is above 1, not above 0, or so close to 1 that it comes too late.",
    why: "It is a fraction of the KV cache. The plugin utilization-detector refuses anything that is not above 0 and at most 1, and the endpoint picker does not start; directly below saturationDetector (GIE 1.2 to 1.4) a larger number means that no pod is ever full by its cache. From 0.95 on vLLM preempts requests before the router calls a pod full.",
    mend: "Write a fraction: 0.8 for 80 %.",
    sources: ["https://github.com/llm-d/llm-d-router/tree/main/pkg/epp/framework/plugins"],
  },
  examples: { bad: example("80 # <-"), good: example("0.8") },
  messages: {
    refused:
      "{object}: kvCacheUtilThreshold {value} is no fraction above 0 and at most 1: the endpoint picker does not start.{meant}",
    never:
      "{object}: kvCacheUtilThreshold {value} is no fraction of the KV cache: by its cache no pod is ever full.{meant}",
    late: "{object}: at a kvCacheUtilThreshold of {value} vLLM preempts requests before the router calls a pod full. The usual value is 0.8.",
  },
  reads: [endpointPickerConfig],
  check({ object, report }) {
    const { root, view } = object;
    for (const { type, parameters } of view.plugins) {
      if (type === "utilization-detector") judge(numberAt(parameters, "kvCacheUtilThreshold"), "refused");
    }
    if (at(root, "saturationDetector", "pluginRef") === undefined)
      judge(numberAt(root, "saturationDetector", "kvCacheUtilThreshold"), "never");

    function judge(threshold: Placed<number> | undefined, message: "refused" | "never"): void {
      if (threshold === undefined) return;
      const { value, node } = threshold;
      const slots = { object: object.title, value };
      if (value > 1 || (value <= 0 && message === "refused")) {
        const fraction = value > 1 && value <= 100 ? value / 100 : undefined;
        const meant = fraction === undefined ? "" : ` Write ${fraction} for ${value} %.`;
        const severity = message === "refused" ? "error" : "warning";
        report({
          at: node,
          message,
          slots: { ...slots, meant },
          severity,
          fixes: fraction === undefined ? [] : setNumber(node, fraction),
        });
      } else if (value >= late) report({ at: node, message: "late", slots, severity: "info" });
    }
  },
});
