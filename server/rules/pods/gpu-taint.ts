import { gatheringsAround } from "../../graph/applied-together.ts";
import { servingContainer } from "../../graph/serving.ts";
import { isWithoutGpus } from "../../kinds/node-pool/gpus.ts";
import type { Taint } from "../../kinds/node-pool/kind.ts";
import { gpusOf, isGpuResource } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import type { Node } from "../../text/node.ts";
import { at, entryOf, itemsAt, mapAt, stringAt } from "../../text/read.ts";
import { stringYaml } from "../../text/write.ts";
import { type NodePool, poolsIn } from "../capacity/pool-use.ts";
import { defineRule } from "../rule.ts";
import { setValue } from "../set-value.ts";

const example = (tolerations: string, mark = "") => `apiVersion: karpenter.sh/v1
kind: NodePool
metadata: {name: gpu}
spec:
  template:
    spec:
      nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: default}
      requirements:
        - {key: eks.amazonaws.com/instance-family, operator: In, values: ["p5"]}
      taints:
        - {key: nvidia.com/gpu, effect: NoSchedule}
  limits: {nvidia.com/gpu: "16"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
${tolerations}      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
          resources: {limits: {nvidia.com/gpu: 2}}${mark}
`;

export const gpuTaint = defineRule({
  id: "pods/gpu-taint",
  title: "GPU pods that do not tolerate the taint of the GPU nodes",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["VLM-27", "S2"],
  docs: {
    summary:
      "A workload asks for GPUs, and every NodePool with GPUs beside it has a taint that its pods do not tolerate.",
    why: "The scheduler keeps the pods off these nodes and Karpenter makes no node for them: they stay Pending, at every scale-up again.",
    mend: "Add a toleration for the taint to the pod template. Silent where one of the pools has no such taint, or the files do not show which pools have GPUs.",
    sources: [
      "https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/",
      "https://karpenter.sh/docs/concepts/nodepools/#spectemplatespectaints",
    ],
  },
  examples: {
    bad: example("", " # <-"),
    good: example("      tolerations:\n        - {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}\n"),
  },
  messages: {
    intolerant:
      "{object} asks for GPUs, but its pods do not tolerate the taint {taint} of {pool}: they stay Pending. Add a toleration for {key}.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    const container = servingContainer(object);
    const gpus = container === undefined ? undefined : gpusOf(container);
    const spec = mapAt(object.view.template?.root, "spec");
    if (gpus === undefined || spec === undefined) return;
    const tolerations = itemsAt(spec, "tolerations");
    // What cannot be read here may tolerate everything.
    if (entryOf(spec, "tolerations") !== undefined && !tolerations.every(isRead)) return;
    for (const gathering of gatheringsAround(graph, object)) {
      const pools = poolsIn(graph, gathering).filter((pool) => !isWithoutGpus(pool));
      const refusals = pools.flatMap((pool) => refusalOf(pool, tolerations) ?? []);
      const [first] = refusals;
      // A pool that the pod tolerates, or of which nobody says that it has GPUs, may take it.
      if (first === undefined || refusals.length < pools.length) continue;
      const { taint, pool } = first;
      report({
        at: entryOf(spec, "tolerations")?.key ?? gpus.node,
        message: "intolerant",
        slots: { object: object.title, taint: wordsOf(taint), pool: pool.title, key: taint.key },
        related: refusals.map((one) => ({ at: one.taint.node, message: `the taint of ${one.pool.title}` })),
        fixes:
          entryOf(spec, "tolerations") === undefined && object.kind.id !== leaderWorkerSet.id && refusals.length === 1
            ? setValue(
                object,
                ["spec", "template", "spec", "tolerations"],
                tolerationOf(taint),
                `Tolerate ${taint.key}`,
              )
            : [],
      });
      return;
    }
  },
});

interface Refusal {
  readonly pool: NodePool;
  readonly taint: Taint;
}

/** The taint by which a pool with GPUs keeps the pods off. */
function refusalOf(pool: NodePool, tolerations: readonly Node[]): Refusal | undefined {
  const { limits, taints, requirements } = pool.view;
  const hasGpus =
    [...limits.keys()].some(isGpuResource) ||
    taints.some(({ key }) => isGpuResource(key)) ||
    requirements.some(({ key }) => /instance-gpu-/.test(key));
  const hard = taints.filter(({ effect }) => effect === "NoSchedule" || effect === "NoExecute");
  const taint = hard.find((one) => !tolerations.some((toleration) => tolerates(toleration, one)));
  return hasGpus && taint !== undefined ? { pool, taint } : undefined;
}

/** kubernetes pkg/apis/core/v1/helper: no key with Exists is every key, no effect is every effect. */
function tolerates(toleration: Node, taint: Taint): boolean {
  const effect = stringAt(toleration, "effect")?.value ?? "";
  const key = stringAt(toleration, "key")?.value ?? "";
  if (effect !== "" && effect !== taint.effect) return false;
  const exists = stringAt(toleration, "operator")?.value === "Exists";
  if (key === "") return exists;
  return key === taint.key && (exists || (stringAt(toleration, "value")?.value ?? "") === taint.value);
}

function isRead(toleration: Node): boolean {
  const keys = ["key", "operator", "value", "effect"];
  return (
    mapAt(toleration) !== undefined &&
    keys.every((key) => at(toleration, key) === undefined || stringAt(toleration, key) !== undefined)
  );
}

function wordsOf({ key, value, effect }: Taint): string {
  return `${key}${value === "" ? "" : `=${value}`}:${effect}`;
}

function tolerationOf({ key, effect }: Taint): string {
  return `[{ key: ${stringYaml(key)}, operator: Exists, effect: ${stringYaml(effect)} }]`;
}
