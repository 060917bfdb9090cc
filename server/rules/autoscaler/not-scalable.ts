import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { entryOf } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (kind: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    ${kind}
    name: llama
  maxReplicas: 8
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
`;

export const notScalable = defineRule({
  id: "autoscaler/not-scalable",
  title: "Autoscaler of a kind that has no replicas",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["C-11"],
  docs: {
    summary:
      "The scaleTargetRef of an HPA or ScaledObject names a kind without the scale subresource: DaemonSet, Pod, Job, CronJob, Service.",
    why: "An autoscaler writes a number to the scale subresource of its target. These kinds have none: the HPA reports FailedGetScale for ever, and KEDA's webhook and operator refuse the ScaledObject.",
    mend: "Scale a Deployment, StatefulSet or LeaderWorkerSet. A DaemonSet has one pod for each node; to have more of them, make more nodes. For Jobs KEDA has the ScaledJob.",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
      "https://keda.sh/docs/latest/concepts/scaling-jobs/",
    ],
  },
  examples: { bad: example("kind: DaemonSet # <-"), good: example("kind: Deployment") },
  messages: {
    kind: '{object} scales {kind} "{name}", but a {kind} has no scale subresource: {consequence}. {mend}',
  },
  reads: [hpa, scaledObject],
  check({ object, report }) {
    const { target } = object.view;
    if (target === undefined) return;
    const mend = Object.hasOwn(mends, target.kind) ? mends[target.kind] : undefined;
    const [groups, advice] = mend ?? [[], ""];
    const group = target.apiVersion?.includes("/") ? target.apiVersion.split("/")[0] : "";
    // Another group may have a kind of this name that can be scaled.
    if (mend === undefined || (target.apiVersion !== undefined && !groups.includes(group ?? ""))) return;
    report({
      at: entryOf(target.node, "kind")?.value ?? target.node,
      message: "kind",
      slots: {
        object: object.title,
        kind: target.kind,
        name: target.name.value,
        consequence:
          object.kind.id === hpa.id ? "the HPA reports FailedGetScale for ever" : "KEDA refuses the ScaledObject",
        mend: advice,
      },
    });
  },
});

const workload = "Scale a Deployment, StatefulSet or LeaderWorkerSet.";

/** The kinds of Kubernetes that people name and that cannot be scaled, with their groups. */
const mends: Readonly<Record<string, readonly [groups: readonly string[], mend: string]>> = {
  DaemonSet: [["apps", ""], "It runs one pod on each node; make it a Deployment, or add nodes."],
  Pod: [[""], workload],
  Service: [[""], workload],
  Job: [["batch", ""], "Use a ScaledJob of KEDA, or a Deployment."],
  CronJob: [["batch", ""], "Use a ScaledJob of KEDA, or a Deployment."],
};
