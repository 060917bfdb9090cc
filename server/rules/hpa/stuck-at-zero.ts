import { hpa } from "../../kinds/hpa/kind.ts";
import { at, entryOf } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { servingHpa } from "./example.ts";
import { writtenPolicies } from "./rate.ts";

const behavior = (policies: string) => `    scaleUp:
      stabilizationWindowSeconds: 300
      policies:${policies}
    scaleDown:
      stabilizationWindowSeconds: 600
      policies:
        - {type: Pods, value: 1, periodSeconds: 150}
`;
const bounds = "  minReplicas: 0\n  maxReplicas: 8\n";
const percent = "\n        - {type: Percent, value: 100, periodSeconds: 150}";
const pods = "\n        - {type: Pods, value: 1, periodSeconds: 150}";

export const stuckAtZero = defineRule({
  id: "hpa/stuck-at-zero",
  title: "Percent of zero is zero",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["T-09"],
  docs: {
    summary: "An HPA has minReplicas 0, and its scale-up policies are shares of the present count.",
    why: "100 % of 0 replicas are 0 replicas: once the HPA has scaled to 0, no policy allows the first one, and the target never comes back. KEDA wakes its targets by itself and is not concerned.",
    mend: "Add a policy of type Pods beside the percentage (and leave selectPolicy at Max).",
    sources: [
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/podautoscaler/horizontal.go",
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#scaling-policies",
    ],
  },
  examples: {
    bad: servingHpa(behavior(` # <-${percent}`), bounds),
    good: servingHpa(behavior(`${percent}${pods}`), bounds),
  },
  messages: {
    percent:
      "{object} may go to 0, but its scale-up policies are all Percent: a percentage of 0 is 0, and it never comes back. Add a policy of type Pods.",
    smallest:
      "{object} may go to 0, and scaleUp.selectPolicy Min takes the smaller of Percent and Pods: a percentage of 0 is 0, and it never comes back. Remove selectPolicy.",
  },
  reads: [hpa],
  check({ object, report }) {
    const { minReplicas, behavior: given, behaviorPath } = object.view;
    const written = writtenPolicies(given?.scaleUp);
    if (minReplicas?.value !== 0 || written === undefined || written.selectPolicy === "Disabled") return;
    const shares = written.policies.filter(({ type }) => type === "Percent").length;
    const all = shares === written.policies.length;
    if (!all && !(shares > 0 && written.selectPolicy === "Min")) return;
    const place = entryOf(at(object.root, ...behaviorPath, "scaleUp"), "policies")?.key;
    report({
      at: (all ? undefined : given?.scaleUp.selectPolicy?.node) ?? place ?? object,
      message: all ? "percent" : "smallest",
      slots: { object: object.title },
      related: [{ at: minReplicas.node, message: "the minimum is 0" }],
    });
  },
});
