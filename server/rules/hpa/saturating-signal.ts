import { scalesModelServers } from "../../graph/serving.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import type { Metric } from "../../kinds/hpa/metric.ts";
import { metricNamed } from "../../kinds/metrics/catalogue.ts";
import type { MapNode } from "../../text/node.ts";
import { at, seqAt } from "../../text/read.ts";
import { numberOf } from "../../text/values/quantity.ts";
import { defineRule } from "../rule.ts";

const example = (more: string, mark: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 8
  metrics:
    - type: Pods
      pods:
        metric:
          name: vllm_kv_cache_usage_perc${mark}
        target: {type: AverageValue, averageValue: "0.8"}${more}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 300}
`;

export const saturatingSignal = defineRule({
  id: "hpa/saturating-signal",
  title: "Only signal is one that cannot rise above 1",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["S-18"],
  docs: {
    summary:
      "The only signal of an HPA of model servers is a part, such as the KV cache's usage, with a target so near to 1 that the HPA takes many rounds to its maximum.",
    why: "An HPA multiplies the present count by metric and target. A cache is at most full, 1, so that with a target of 0.8 ten thousand waiting requests ask for a quarter more replicas and no more, and the next quarter comes only when those have started. The queue behind a full cache does not count.",
    mend: "Add what waits, vllm_num_requests_waiting or the router's queue: the larger proposal wins. A target of 0.5 or less at least doubles.",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details",
      "https://docs.vllm.ai/en/latest/usage/metrics.html",
    ],
  },
  examples: {
    bad: example("", " # <-"),
    good: example(
      `
    - type: Pods
      pods:
        metric: {name: vllm_num_requests_waiting}
        target: {type: AverageValue, averageValue: "5"}`,
      "",
    ),
  },
  messages: {
    ceiling:
      '{object} scales on "{name}" alone, which is 1 at most: with target {target} a round adds a share of {share} % however many requests wait, and from 1 to {max} replicas takes {rounds} rounds. Add the queue.',
    never:
      '{object} scales on "{name}" alone, which is 1 at most: against a target of {target} that lies within the tolerance of 10 %, so that it never scales up. Set 0.8 or less, and add the queue.',
  },
  reads: [hpa],
  check({ object, graph, report }) {
    const { metrics, maxReplicas } = object.view;
    const all = seqAt(object.root, "spec", "metrics")?.items.length === metrics.length;
    const ceilings = metrics.map(targetOfPart);
    const lowest = Math.min(...ceilings.map((target) => target ?? 0));
    const first = metrics[ceilings.indexOf(lowest)];
    if (!all || maxReplicas === undefined || first?.name === undefined || lowest <= leastGrowth) return;
    // Few replicas are reached soon in any case.
    if (maxReplicas.value < 4 || !scalesModelServers(graph, object)) return;
    const slots = { object: object.title, name: first.name.value, target: lowest };
    const place = first.name.node;
    // What the controller lets pass without doing anything: 1 + 0.1, the edge included.
    if (1 / lowest <= 1.1) {
      if (!hasTolerance(object.root)) report({ at: place, message: "never", slots });
      return;
    }
    const share = Math.round(100 / lowest - 100);
    const max = maxReplicas.value;
    report({ at: place, message: "ceiling", slots: { ...slots, share, max, rounds: roundsTo(max, lowest) } });
  },
});

/** A target up to which each round at least doubles the count. */
const leastGrowth = 0.5;

/** The target for a metric of parts; none for what may rise without bound. */
function targetOfPart({ name, type, target }: Metric): number | undefined {
  if (name === undefined || metricNamed(name.value)?.unit !== "0 to 1" || type?.value === "External") return undefined;
  const number = target?.averageValue ?? target?.value;
  const value = number === undefined ? undefined : numberOf(number.value);
  // A target above 1 is told as that.
  return value === undefined || value > 1 ? undefined : value;
}

function hasTolerance(root: MapNode): boolean {
  return at(root, "spec", "behavior", "scaleUp", "tolerance") !== undefined;
}

function roundsTo(max: number, target: number): number {
  // In whole numbers, so that 7 through 0.7 is 10 and no more.
  const milli = Math.round(target * 1000);
  let rounds = 0;
  for (let count = 1; count < Math.min(max, mostReplicas); count = Math.ceil((count * 1000) / milli)) rounds++;
  return rounds;
}

/** More replicas than any HPA of GPUs has. */
const mostReplicas = 10_000;
