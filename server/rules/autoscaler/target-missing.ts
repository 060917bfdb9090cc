import type { RawFix } from "../../findings/raw-finding.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import type { ScaleTarget } from "../../kinds/hpa/scale-target.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { variantAutoscaling } from "../../kinds/wva/variant-autoscaling.ts";
import { setScalar } from "../../text/edits.ts";
import { entryOf } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { meantTargets } from "./meant-targets.ts";

export const targetMissing = defineRule({
  id: "autoscaler/target-missing",
  title: "Autoscaler of an object that no file defines",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["C-12", "HPA-09"],
  docs: {
    summary:
      "The scaleTargetRef of an HPA, ScaledObject or VariantAutoscaling names an object that is in none of the files, while an object of that kind beside it looks like the one that is meant.",
    why: "No API server checks the name. The autoscaler is created and scales nothing: the HPA reports FailedGetScale, KEDA never makes the ScaledObject ready, WVA skips the variant.",
    mend: "Write the name of the object that is to be scaled. Headroom is silent where the object may come from elsewhere: a chart or template beside, a remote base, a file that was not handed in, or a custom resource whose controller makes it.",
    sources: ["https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"],
  },
  examples: {
    bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama-decoder # <-
  maxReplicas: 8
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama-decode}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - {name: router, image: "ghcr.io/acme/router:1.4", resources: {requests: {cpu: "1"}}}
`,
    good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama-decode
  maxReplicas: 8
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama-decode}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - {name: router, image: "ghcr.io/acme/router:1.4", resources: {requests: {cpu: "1"}}}
`,
  },
  messages: {
    near: '{object} points to {kind} "{name}", which is in none of these files: {consequence}. Did you mean "{near}"?',
    far: '{object} points to {kind} "{name}", which is in none of these files: {consequence}. Is {others} meant?',
  },
  reads: [hpa, scaledObject, variantAutoscaling],
  check({ object, graph, report }) {
    const { target } = object.view;
    if (target === undefined) return;
    const { near, meant } = meantTargets(graph, object, target);
    const [first] = meant;
    if (first === undefined) return;
    report({
      at: entryOf(target.node, "name")?.value ?? target.name.node,
      message: near ? "near" : "far",
      slots: {
        object: object.title,
        kind: target.kind,
        name: target.name.value,
        consequence: consequences[object.kind.id] ?? "nothing is scaled",
        near: first.name?.value ?? "",
        others: meant.map(({ title }) => title).join(" or "),
      },
      related: meant.map((one) => ({ at: one.name?.node ?? one, message: `${one.title} is here` })),
      fixes: near ? rename(target, first) : [],
    });
  },
});

const consequences: Readonly<Record<string, string>> = {
  hpa: "the HPA will report FailedGetScale and scale nothing",
  "scaled-object": "KEDA will not make the ScaledObject ready and scale nothing",
  "variant-autoscaling": "WVA will report TargetNotFound and skip the variant",
};

function rename({ node }: ScaleTarget, { name }: StackObject): RawFix[] {
  const written = entryOf(node, "name")?.value;
  // What carries an anchor or comes by an alias stands for other names too.
  if (written?.type !== "scalar" || written.anchor !== undefined || name === undefined) return [];
  return [{ title: `Change to "${name.value}"`, safe: false, edits: [setScalar(written, name.value)] }];
}
