import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { selectorsIn } from "../../kinds/promql/selectors.ts";
import { exposerOf } from "../../kinds/promql/series.ts";
import { isWhole } from "../../scenario/scaled-object.ts";
import { readQuery } from "../../text/promql/query.ts";
import { defineRule } from "../rule.ts";
import { replicaBounds } from "./bounds.ts";
import { example, routerQueue, steady } from "./example.ts";
import { queryTriggers } from "./queries.ts";

const spec = (min: string) => `  minReplicaCount: ${min}
  maxReplicaCount: 8
  initialCooldownPeriod: 300
${steady}`;

const ownMetric = `    - type: prometheus
      metadata:
        serverAddress: http://prometheus.monitoring:9090
        query: sum(vllm:num_requests_waiting{model_name="llama"}) # <-
        threshold: "5"
`;

export const neverWakes = defineRule({
  id: "keda/never-wakes",
  title: "Target at 0 that only its own pods could wake",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["K-08"],
  docs: {
    summary: "The target may go to 0 replicas, and every trigger asks for metrics that only its own pods expose.",
    why: "At 0 replicas there is no pod that could report a queue. The series are gone, the answer is empty, and KEDA sees no reason to start one: the target stays at 0 however many requests arrive.",
    mend: "Wake on something in front of the pods: the queue of the router (llm-d's flow control), a gateway, a message queue. Or keep one replica.",
    sources: [
      "https://keda.sh/docs/latest/concepts/scaling-deployments/",
      "https://keda.sh/docs/latest/scalers/prometheus/",
    ],
  },
  examples: { bad: example(spec("0"), ownMetric), good: example(spec("0"), routerQueue()) },
  messages: {
    own: "{object} may go to 0, but {metric} comes from the pods that are then gone: nothing wakes it again. Add a trigger on the queue of the router or gateway, or set minReplicaCount to 1.",
  },
  reads: [scaledObject],
  check({ object, report }) {
    if (!isWhole(object) || replicaBounds(object)?.sleeps !== true) return;
    const queries = queryTriggers(object);
    // Of the other triggers, and of queries that cannot be read, nobody knows what they measure.
    if (queries.length !== object.view.triggers.length) return;
    const asked = queries.map(({ text }) => {
      const query = readQuery(text);
      return "tree" in query ? selectorsIn(query.tree, text).map(({ metric }) => metric ?? "") : [];
    });
    if (asked.some((metrics) => metrics.length === 0)) return;
    if (!asked.flat().every((metric) => exposerOf(metric) === "pod")) return;
    const [first] = queries;
    const { minReplicas, idleReplicas } = object.view;
    const bound = idleReplicas ?? minReplicas;
    report({
      at: first?.node ?? object,
      message: "own",
      slots: { object: object.title, metric: asked[0]?.[0] ?? "" },
      related: bound === undefined ? [] : [{ at: bound.node, message: "it may go to 0 replicas" }],
      ...(bound === undefined && { unwritten: { root: object.root, path: ["spec", "minReplicaCount"] } }),
    });
  },
});
