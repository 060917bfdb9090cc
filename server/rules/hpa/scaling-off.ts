import { scalesModelServers } from "../../graph/serving.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { defineRule } from "../rule.ts";
import { calmDown, calmUp, servingHpa } from "./example.ts";

export const scalingOff = defineRule({
  id: "hpa/scaling-off",
  title: "One direction of scaling switched off",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["T-08"],
  docs: {
    summary: "selectPolicy is Disabled: a warning for scaleUp, information for scaleDown.",
    why: "Disabled switches a direction off altogether, whatever metrics and policies say. Without scale-up the queue of the model servers grows under load; without scale-down GPUs of the highest peak are paid for until somebody scales by hand.",
    mend: "Remove `selectPolicy`, or limit the pace with policies instead.",
    sources: ["https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#example-disable-scale-down"],
  },
  examples: {
    bad: servingHpa(
      `    scaleUp:
      selectPolicy: Disabled # <-
${calmDown}`,
    ),
    good: servingHpa(calmUp + calmDown),
  },
  messages: {
    up: "{object} never scales up: scaleUp.selectPolicy is Disabled, so load waits in the queue of the replicas there are. Remove it, or limit the pace with policies.",
    down: "{object} never scales down: scaleDown.selectPolicy is Disabled, so the replicas of the highest peak stay until somebody removes them. Remove selectPolicy, or limit the pace with policies.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, report }) {
    const { behavior } = object.view;
    for (const half of ["scaleUp", "scaleDown"] as const) {
      const policy = behavior?.[half].selectPolicy;
      if (policy?.value !== "Disabled" || !scalesModelServers(graph, object)) continue;
      const up = half === "scaleUp";
      const slots = { object: object.title };
      report({ at: policy.node, message: up ? "up" : "down", slots, severity: up ? "warning" : "info" });
    }
  },
});
