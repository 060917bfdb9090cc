import type { Graph } from "../../graph/graph.ts";
import { isWorkload } from "../../graph/scale-target.ts";
import { answeringContainer } from "../../graph/serving.ts";
import { ruleFile } from "../../kinds/prometheus/rule-file.ts";
import { type WatchedSignal, watchedSignals, watchKey } from "../../kinds/prometheus/watched.ts";
import { prometheusRule } from "../../kinds/prometheus-rule/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { variantAutoscaling } from "../../kinds/wva/variant-autoscaling.ts";
import { addItem } from "../../text/edits.ts";
import type { SeqNode } from "../../text/node.ts";
import { itemsAt, seqAt, stringAt } from "../../text/read.ts";
import { stringYaml, type YamlMap } from "../../text/write.ts";
import { defineRule } from "../rule.ts";
import { listed } from "../schema/words.ts";

const server = `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      terminationGracePeriodSeconds: 180
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.21.0
          args: ["--model", "Qwen/Qwen3-8B"]
          readinessProbe: {httpGet: {path: /health, port: 8000}}
---
`;

const example = (mark: string, alerts: string) => `${server}apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: serving${mark}
spec:
  groups:
    - name: serving
      rules:
        - alert: KvCacheFull
          expr: avg(vllm:kv_cache_usage_perc) > 0.9
          for: 5m
${alerts}`;

export const unwatched = defineRule({
  id: "prometheus/unwatched",
  title: "Trouble of model servers that no alert tells",
  since: "0.1.0",
  severity: "info",
  fixable: "suggestion",
  refs: [],
  docs: {
    summary:
      "The workspace has alerts and model servers, and no alert watches how full the KV cache is, how many requests wait, how long the first token takes or, with WVA, whether the replicas follow what WVA wants. Said once, at the first file of alerts by path.",
    why: "These are what guides for such stacks set their objectives on. A full cache preempts requests, a queue that grows shows missing replicas minutes before users do, the first token is what users wait for, and replicas that stay behind WVA's wish mean that nobody carries it out.",
    mend: "Add the alerts, with limits of your own: those of the fix are places to start from. An alert on a recorded series of the metric counts, and so does one on the router's own measure.",
    sources: [
      "https://docs.vllm.ai/en/latest/usage/metrics/",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/tree/main/docs",
    ],
  },
  examples: {
    bad: example(" # <-", ""),
    good: example(
      "",
      `        - alert: RequestsWait
          expr: sum(vllm:num_requests_waiting) > 10
          for: 3m
        - alert: FirstTokenLate
          expr: histogram_quantile(0.95, sum by (le) (rate(vllm:time_to_first_token_seconds_bucket[5m]))) > 2
          for: 5m
`,
    ),
  },
  messages: {
    none: "{object}: no alert of these files watches {signals}, where trouble of a model server shows first. Add one for each, with limits of your own.",
  },
  reads: [prometheusRule, ruleFile],
  check({ object, graph, report }) {
    if (firstWithAlerts(graph) !== object || !servesModels(graph)) return;
    const followed = graph.lookup(`kind/${variantAutoscaling.id}`).length > 0;
    const missing = watchedSignals.filter(
      (signal) => (signal !== "replicas" || followed) && graph.lookup(watchKey(signal)).length === 0,
    );
    if (missing.length === 0) return;
    const list = listOfAlerts(object);
    const edits = missing.flatMap((signal) => (list === undefined ? [] : (addItem(list, alerts[signal].yaml) ?? [])));
    const [first] = edits;
    const newText = edits.map((edit) => edit.newText).join("");
    report({
      at: object.name?.node ?? object,
      message: "none",
      slots: {
        object: object.title,
        signals: listed(
          missing.map((signal) => alerts[signal].words),
          "or",
        ),
      },
      fixes: first === undefined ? [] : [{ title: "Add the alerts", safe: false, edits: [{ ...first, newText }] }],
    });
  },
});

/** Places to start from, as guides have them. */
const alerts: Readonly<Record<WatchedSignal, { readonly words: string; readonly yaml: YamlMap }>> = {
  "kv-cache": {
    words: "the KV cache",
    yaml: { alert: "KvCacheFull", expr: stringYaml("avg by (model_name) (vllm:kv_cache_usage_perc) > 0.9"), for: "5m" },
  },
  queue: {
    words: "the queue",
    yaml: {
      alert: "RequestsWait",
      expr: stringYaml("sum by (model_name) (vllm:num_requests_waiting) > 10"),
      for: "3m",
    },
  },
  "first-token": {
    words: "the time to the first token",
    yaml: {
      alert: "FirstTokenLate",
      expr: stringYaml(
        "histogram_quantile(0.95, sum by (le, model_name) (rate(vllm:time_to_first_token_seconds_bucket[5m]))) > 2",
      ),
      for: "5m",
    },
  },
  replicas: {
    words: "replicas that stay behind WVA's wish",
    yaml: {
      alert: "ReplicasStayBehind",
      expr: stringYaml("max by (variant_name) (wva_desired_replicas) != max by (variant_name) (wva_current_replicas)"),
      for: "10m",
    },
  },
};

function firstWithAlerts(graph: Graph) {
  const files = [prometheusRule, ruleFile].flatMap(({ id }) => graph.lookup(`kind/${id}`));
  const alerting = files.filter((one) => listOfAlerts(one) !== undefined);
  return alerting.reduce<(typeof files)[number] | undefined>(
    (first, one) => (first === undefined || one.path < first.path ? one : first),
    undefined,
  );
}

/** The last group's rules that hold an alert. */
function listOfAlerts({ root, kind }: StackObject): SeqNode | undefined {
  const groups = kind.id === prometheusRule.id ? itemsAt(root, "spec", "groups") : itemsAt(root, "groups");
  return groups
    .flatMap((group) => seqAt(group, "rules") ?? [])
    .findLast(({ items }) => items.some((item) => stringAt(item, "alert") !== undefined));
}

function servesModels(graph: Graph): boolean {
  return ["deployment", "stateful-set", "leader-worker-set"].some((id) =>
    graph.lookup(`kind/${id}`).some((one) => isWorkload(one) && answeringContainer(one) !== undefined),
  );
}
