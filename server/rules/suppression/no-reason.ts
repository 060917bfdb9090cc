import { defineSuppressionRule } from "../rule.ts";

export const suppressionWithoutReason = defineSuppressionRule({
  id: "suppression/no-reason",
  title: "A suppression without a reason",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: [],
  docs: {
    summary: "A `headroom-disable` comment does not say why.",
    why: "In half a year nobody knows whether the finding was wrong, accepted, or waits to be mended.",
    mend: "Add the reason behind two dashes: `# headroom-disable-next-line hpa/scale-up-window -- pods start in 20 s, measured`.",
    sources: ["docs/configuration.md"],
  },
  examples: {
    bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  metrics:
    # headroom-disable-next-line hpa/unsupported-resource # <-
    - {type: Resource, resource: {name: nvidia.com/gpu, target: {type: Utilization, averageUtilization: 70}}}
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: notes
`,
  },
  messages: {
    silent:
      "This suppression gives no reason. Add one behind two dashes: # headroom-disable-next-line rule-id -- reason",
  },
  reads: "suppressions",
  check({ suppression, report }) {
    if (suppression.reason === "") report({ at: suppression, message: "silent", slots: {} });
  },
});
