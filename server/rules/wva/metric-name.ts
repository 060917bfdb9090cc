import type { Settings } from "../../config/settings.ts";
import type { RawFix } from "../../findings/raw-finding.ts";
import { statedRelease } from "../../graph/wva-release.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { setScalar } from "../../text/edits.ts";
import { resolve } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";

const example = (metric: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric:
          name: ${metric}
          selector:
            matchLabels:
              variant_name: llama
        target:
          type: AverageValue
          averageValue: "1"
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 180
---
# file: headroom.config.yaml
versions:
  wva: "0.5.1"
`;

/** Shown in guides, written by no version. */
const inventions = new Set(["wva_optimization_timestamp", "wva_optimization_success_total", "wva_variant_cost_info"]);

/** Renamed from `inferno_` to `wva_` on 2026-01-22, between 0.4.2 and 0.5.0. */
const stems = ["desired_replicas", "current_replicas", "desired_ratio", "replica_scaling_total"] as const;
const renamed = new RegExp(`^(?:inferno|wva)_(${stems.join("|")})$`);

export const metricName = defineRule({
  id: "wva/metric-name",
  title: "WVA metric that this version does not write",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["W-17"],
  docs: {
    summary:
      "An HPA reads a metric of WVA that no version writes, or by a name that the known version (`versions` in headroom.config.yaml) does not use.",
    why: "Up to 0.4.2 WVA's metrics were called inferno_…, from 0.5.0 wva_…. wva_optimization_timestamp, wva_optimization_success_total and wva_variant_cost_info stand in guides only. An HPA on a series that is not there shows <unknown> and does not scale.",
    mend: "Use the name of your version. WVA's own decision is wva_desired_replicas (inferno_desired_replicas up to 0.4.2).",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/integrations/hpa-integration.md",
    ],
  },
  examples: { bad: example("inferno_desired_replicas # <-"), good: example("wva_desired_replicas") },
  messages: {
    never:
      "{object}: no version of WVA writes {metric}, so the HPA stays <unknown> and does not scale. The count that WVA wants is wva_desired_replicas (inferno_desired_replicas up to 0.4.2).",
    near: "{object}: no version of WVA writes {metric}, so the HPA stays <unknown> and does not scale. Did you mean {meant}?",
    other:
      "{object}: WVA {version} does not write {metric}, so the HPA stays <unknown> and does not scale. That version calls it {wanted}.",
  },
  reads: [hpa],
  check({ object, settings, report }) {
    for (const { type, name } of object.view.metrics) {
      if (type?.value !== "External" || name === undefined) continue;
      const slots = { object: object.title, metric: name.value };
      const fixTo = (metric: string): RawFix[] => {
        const node = resolve(name.node);
        return node?.type === "scalar"
          ? [{ title: `Read ${metric}`, safe: false, edits: [setScalar(node, metric)] }]
          : [];
      };
      if (inventions.has(name.value)) report({ at: name.node, message: "never", slots });
      const wanted = nameIn(settings, name.value);
      const meant = wanted === undefined ? slipOf(name.value) : undefined;
      if (meant !== undefined)
        report({ at: name.node, message: "near", slots: { ...slots, meant }, fixes: fixTo(meant) });
      if (wanted === undefined || wanted.metric === name.value) continue;
      report({
        at: name.node,
        message: "other",
        slots: { ...slots, version: wanted.version, wanted: wanted.metric },
        fixes: fixTo(wanted.metric),
      });
    }
  },
});

/** A slip of the pen in one of WVA's names. Adapters may publish others, so only a near one is told. */
function slipOf(metric: string): string | undefined {
  const [, prefix] = /^(wva|inferno)_/.exec(metric) ?? [];
  if (prefix === undefined || renamed.test(metric) || inventions.has(metric)) return undefined;
  return nearest(
    metric,
    stems.map((stem) => `${prefix}_${stem}`),
  );
}

function nameIn(settings: Settings, metric: string): { metric: string; version: string } | undefined {
  const release = statedRelease(settings);
  const [, stem] = renamed.exec(metric) ?? [];
  if (release === undefined || stem === undefined) return undefined;
  return { metric: `${release.minor <= 4 ? "inferno" : "wva"}_${stem}`, version: release.name };
}
