import { scalesModelServers } from "../../graph/serving.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { defineRule } from "../rule.ts";
import { calmDown, servingHpa } from "./example.ts";
import { boundsOf, writtenPolicies } from "./rate.ts";

const behavior = (select: string) => `    scaleUp:
      stabilizationWindowSeconds: 300
${select}      policies:
        - {type: Percent, value: 50, periodSeconds: 150}
        - {type: Pods, value: 4, periodSeconds: 150}
${calmDown}`;

export const smallestPolicy = defineRule({
  id: "hpa/smallest-policy",
  title: "The smaller of two scale-up steps, from few replicas",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["T-10"],
  docs: {
    summary:
      "selectPolicy is Min on scaleUp, and at the minimum a Percent policy allows fewer pods than the Pods policy beside it.",
    why: "Min takes the policy that allows the smallest change. From one or two replicas a percentage up to 100 adds one or two pods, whatever the Pods policy says: the number that somebody wrote to get going quickly never counts when it is needed.",
    mend: "Remove `selectPolicy: Min`: Max takes the Pods policy for few replicas and the percentage for many. Or leave the one policy that is meant.",
    sources: ["https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-policies"],
  },
  examples: {
    bad: servingHpa(behavior("      selectPolicy: Min # <-\n")),
    good: servingHpa(behavior("").replace("        - {type: Pods, value: 4, periodSeconds: 150}\n", "")),
  },
  messages: {
    smallest:
      "{object}: selectPolicy Min takes the smaller step, so from {from} replicas {percent} % adds {added}, never the {pods} pods of the other policy. Remove selectPolicy, or leave one policy.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, report }) {
    const rules = object.view.behavior?.scaleUp;
    const written = writtenPolicies(rules);
    const bounds = boundsOf(object);
    if (written === undefined || bounds === undefined || rules?.selectPolicy?.value !== "Min") return;
    const share = written.policies.find(({ type, value }) => type === "Percent" && value <= 100);
    const pods = written.policies.find(({ type }) => type === "Pods");
    if (share === undefined || pods === undefined || !scalesModelServers(graph, object)) return;
    const added = Math.ceil((bounds.min * share.value) / 100);
    if (added >= pods.value) return;
    report({
      at: rules.selectPolicy.node,
      message: "smallest",
      slots: { object: object.title, from: bounds.min, percent: share.value, added, pods: pods.value },
    });
  },
});
