import type { RawFix } from "../../findings/raw-finding.ts";
import { type RouterThreshold, routerThresholds } from "../../graph/router-thresholds.ts";
import { saturationEntriesFor } from "../../graph/saturation-entries.ts";
import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import type { SaturationEntry } from "../../kinds/wva/saturation.ts";
import { setPath, setScalar } from "../../text/edits.ts";
import type { Node } from "../../text/node.ts";
import { type Placed, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (threshold: string) => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: utilization-detector
    parameters:
      kvCacheUtilThreshold: ${threshold}
      queueDepthThreshold: 5
flowControl:
  saturationDetector:
    pluginRef: utilization-detector
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-saturation-scaling-config
  namespace: workload-variant-autoscaler-system
data:
  default: |
    kvCacheThreshold: 0.80
    queueLengthThreshold: 5
    kvSpareTrigger: 0.10
    queueSpareTrigger: 3
`;

export const eppThresholds = defineRule({
  id: "wva/epp-thresholds",
  title: "Router and autoscaler disagree on when a pod is saturated",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["S1", "HPA-01"],
  docs: {
    summary:
      "The endpoint picker's kvCacheUtilThreshold or queueDepthThreshold differs from WVA's kvCacheThreshold or queueLengthThreshold.",
    why: "Both ask the same question of the same pods. With the router's threshold above WVA's, requests go to pods that WVA already counts as full; with it below, the router sheds or queues requests while WVA still sees room and does not scale.",
    mend: "Write the same two numbers in both places. WVA re-reads its ConfigMap; the endpoint picker reads its file at start and needs a restart.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/saturation-scaling-config.md",
      "https://github.com/llm-d/llm-d-inference-scheduler",
    ],
  },
  examples: { bad: example("0.9 # <-"), good: example("0.80") },
  messages: {
    above:
      'The endpoint picker calls a pod saturated at {key} {value}{origin}, WVA at {wvaKey} {wvaValue} (entry "{entry}"): requests still go to pods that WVA counts as full. Write the same number in both.',
    below:
      'The endpoint picker calls a pod saturated at {key} {value}{origin}, WVA only at {wvaKey} {wvaValue} (entry "{entry}"): the router sheds or queues while WVA sees room and does not scale. Write the same number in both.',
  },
  reads: [endpointPickerConfig, deployment],
  check({ object, graph, report }) {
    const thresholds = routerThresholds(object);
    const entries = thresholds.length === 0 ? [] : saturationEntriesFor(graph, object);
    for (const router of thresholds) {
      const wva = contradicted(entries, router);
      if (wva === undefined) continue;
      const { key, value, written, wvaKey } = router;
      report({
        at: router.at,
        message: value > wva.threshold.value ? "above" : "below",
        slots: {
          key,
          value,
          origin: written === undefined ? " (its default, nothing is written)" : "",
          wvaKey,
          wvaValue: wva.threshold.value,
          entry: wva.entry.name,
        },
        related: [{ at: wva.threshold.node, message: `WVA's ${wvaKey} is ${wva.threshold.value}` }],
        fixes: [
          ...routerFix(router, wva.threshold),
          ...scalarFix(`Set WVA's ${wvaKey} to ${value}`, wva.threshold.node, spelling(written, value)),
        ],
      });
    }
  },
});

/**
 * The WVA threshold that the router contradicts: no entry has the router's value. One match is enough for silence, since
 * an entry may speak for another model than the one this router serves.
 */
function contradicted(
  entries: readonly SaturationEntry[],
  { wvaKey, value }: RouterThreshold,
): { entry: SaturationEntry; threshold: Placed<number> } | undefined {
  const defaults = entries.find(({ name }) => name === "default");
  const said = entries.flatMap((entry) => {
    const threshold = entry.thresholds[wvaKey] ?? defaults?.thresholds[wvaKey];
    return threshold === undefined ? [] : [{ entry, threshold }];
  });
  if (said.some(({ threshold }) => threshold.value === value)) return undefined;
  return said.find(({ entry }) => entry === defaults) ?? (said.length === 1 ? said[0] : undefined);
}

function routerFix({ key, written, missing }: RouterThreshold, wanted: Placed<number>): RawFix[] {
  const title = `Set the endpoint picker's ${key} to ${wanted.value}`;
  if (written !== undefined) return scalarFix(title, written.node, spelling(wanted, wanted.value));
  const edit = missing === undefined ? undefined : setPath(missing.holder, missing.path, String(wanted.value));
  return edit === undefined ? [] : [{ title, safe: false, edits: [edit] }];
}

function scalarFix(title: string, at: Node, value: string): RawFix[] {
  const node = resolve(at);
  return node?.type === "scalar" ? [{ title, safe: false, edits: [setScalar(node, value)] }] : [];
}

/** The number as its author wrote it: `0.80` stays `0.80`. */
function spelling(placed: Placed<number> | undefined, value: number): string {
  const node = resolve(placed?.node);
  return node?.type === "scalar" ? node.text : String(value);
}
