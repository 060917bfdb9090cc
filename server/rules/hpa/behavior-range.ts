import { longestWindow } from "../../engine/windows.ts";
import type { RawFix } from "../../findings/raw-finding.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { dotted } from "../../schemas/place.ts";
import type { WrongValue } from "../../schemas/problem.ts";
import { problemsOf } from "../../schemas/problems.ts";
import { setScalar } from "../../text/edits.ts";
import { numberAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { isSpokenFor } from "../schema/spoken-for.ts";

const example = (window: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 4
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
  behavior:
    scaleDown:
      stabilizationWindowSeconds: ${window}
`;

export const behaviorRange = defineRule({
  id: "hpa/behavior-range",
  title: "Window, period or step outside its range",
  since: "0.1.0",
  severity: "error",
  fixable: "safe",
  refs: ["H-08"],
  docs: {
    summary:
      "A stabilization window of an HPA is outside 0 to 3600 s, the period of a policy outside 1 to 1800 s, or its value below 1.",
    why: "The API server refuses the whole HPA; on a running cluster the one of before stays.",
    mend: "Write the nearest number that is allowed. Scaling is switched off by `selectPolicy: Disabled`, not by a value of 0.",
    sources: ["https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/validation/validation.go"],
  },
  examples: { bad: example("7200 # <-"), good: example("3600") },
  messages: {
    outside: "{object}: {place} is {value}, and the API server refuses what is {bound}. Write {nearest}.",
  },
  reads: [hpa],
  check({ object, graph, report }) {
    if (graph.layout.isPatch(object.path)) return;
    for (const problem of problemsOf(object)) {
      const range = ranges[problem.pointer.slice(problem.pointer.lastIndexOf("/") + 1)];
      if (problem.type !== "wrong-value" || range === undefined || !isSpokenFor(object, problem)) continue;
      const value = numberAt(problem.value)?.value;
      if (value === undefined) continue;
      const nearest = Math.round(Math.min(Math.max(value, range.from), range.to));
      report({
        at: problem.value,
        message: "outside",
        slots: {
          object: object.title,
          place: dotted(problem.pointer),
          value,
          bound: value > range.to ? `above ${range.to} s` : `below ${range.from}`,
          nearest,
        },
        fixes: clamped(problem, nearest, value > range.to),
      });
    }
  },
});

/** pkg/apis/autoscaling/validation/validation.go: MaxStabilizationWindowSeconds, MaxPeriodSeconds. */
const ranges: Readonly<Record<string, { readonly from: number; readonly to: number }>> = {
  stabilizationWindowSeconds: { from: 0, to: longestWindow },
  periodSeconds: { from: 1, to: 1800 },
  value: { from: 1, to: Number.POSITIVE_INFINITY },
};

/** What is too long gets as long as can be; what 0 or less was meant to say, a person knows. */
function clamped({ value }: WrongValue, nearest: number, safe: boolean): RawFix[] {
  if (value.type !== "scalar" || value.anchor !== undefined) return [];
  return [{ title: `Set it to ${nearest}`, safe, edits: [setScalar(value, String(nearest))] }];
}
