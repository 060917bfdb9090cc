import { syncPeriodSeconds } from "../../engine/hpa/controller.ts";
import { scalesModelServers } from "../../graph/serving.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { setScalar } from "../../text/edits.ts";
import { at, numberAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { calmDown, calmUp, servingHpa } from "./example.ts";

export const shortPeriod = defineRule({
  id: "hpa/short-period",
  title: "Policy period shorter than a look of the HPA",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["T-11"],
  docs: {
    summary: "periodSeconds of a policy is below 15.",
    why: "The HPA controller looks every 15 s. What it did at its last look lies outside a shorter period, so the policy limits single looks only: 1 pod in 5 s is not 12 pods a minute but 4, and a period that was meant to slow things down does nothing.",
    mend: "Write 15 or more. For model servers a period of about one start says what is meant.",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work",
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/podautoscaler/horizontal.go",
    ],
  },
  examples: {
    bad: servingHpa(`${calmUp}    scaleDown:
      stabilizationWindowSeconds: 600
      policies:
        - {type: Pods, value: 1, periodSeconds: 5} # <-
`),
    good: servingHpa(calmUp + calmDown),
  },
  messages: {
    short:
      "{object}: a {direction} policy counts over {period} s, but the HPA looks every {sync} s: it acts like {sync}. Write {sync} or more; about one pod start suits model servers.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, report }) {
    for (const direction of ["scaleUp", "scaleDown"] as const) {
      for (const { node } of object.view.behavior?.[direction].policies ?? []) {
        const period = numberAt(node, "periodSeconds");
        if (period === undefined || period.value < 1 || period.value >= syncPeriodSeconds) continue;
        if (!scalesModelServers(graph, object)) return;
        const own = node.type === "map" && node.anchor === undefined ? at(node, "periodSeconds") : undefined;
        const edits =
          own?.type === "scalar" && own.anchor === undefined ? [setScalar(own, String(syncPeriodSeconds))] : [];
        report({
          at: period.node,
          message: "short",
          slots: { object: object.title, direction, period: period.value, sync: syncPeriodSeconds },
          fixes: edits.length === 0 ? [] : [{ title: `Set periodSeconds to ${syncPeriodSeconds}`, safe: false, edits }],
        });
      }
    }
  },
});
