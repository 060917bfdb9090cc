import type { Graph } from "../../graph/graph.ts";
import { nameAt } from "../../graph/references/name.ts";
import { isRewired } from "../../graph/scope.ts";
import { holds } from "../../kinds/label-selector.ts";
import { podMonitor } from "../../kinds/pod-monitor/kind.ts";
import { serviceMonitor } from "../../kinds/service-monitor/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { candidatesFor, isSelected, selectorOf } from "./scraped.ts";

export const selectsNothing = defineRule({
  id: "monitors/selects-nothing",
  title: "Monitor that selects nothing",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["GW-16"],
  docs: {
    summary: "The selector of a ServiceMonitor or PodMonitor is a slip of the hand away from what is there.",
    why: "A ServiceMonitor selects Services by their own labels, a PodMonitor pods. One that selects nothing is accepted without a word; no metrics are scraped, so WVA and every alert see nothing.",
    mend: "Write the labels as the Service or the pods have them. Headroom speaks only where one label is misspelt, since what a monitor selects may stand elsewhere.",
    sources: ["https://prometheus-operator.dev/docs/developer/getting-started/"],
  },
  examples: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: llama
  labels: {app: llama}
spec:
  selector: {app: llama}
  ports:
    - {name: http, port: 8000}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: llama}
spec:
  selector:
    matchLabels:
      app: lama # <-
  endpoints:
    - port: http
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: llama
  labels: {app: llama}
spec:
  selector: {app: llama}
  ports:
    - {name: http, port: 8000}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: llama}
spec:
  selector:
    matchLabels:
      app: llama
  endpoints:
    - port: http
`,
  },
  messages: {
    nothing:
      "{object} selects {label}: {value}, and nothing here has that label: no metrics are scraped. Did you mean {meant}, as {other} has it?",
  },
  reads: [serviceMonitor, podMonitor],
  check({ object, graph, report }) {
    const selector = selectorOf(object);
    if (selector === undefined || isFilledIn(graph, object)) return;
    const candidates = candidatesFor(graph, object);
    if (candidates.some((one) => !one.whole || isSelected(one, selector))) return;
    // All labels but one agree, and that one is nearly right.
    const slips = candidates.flatMap(({ object: other, labels }) => {
      if (!holds(selector.expressions, labels)) return [];
      const wrong = [...selector.labels].filter(([key, value]) => labels.get(key) !== value.text);
      const [first] = wrong;
      if (first === undefined || wrong.length > 1) return [];
      const [label, value] = first;
      const there = labels.get(label);
      const meant = there === undefined ? undefined : nearest(value.text, [there]);
      return meant === undefined ? [] : [{ label, value, meant, other }];
    });
    const [slip] = slips;
    if (slip === undefined || slips.some(({ meant }) => meant !== slip.meant)) return;
    const { label, value, meant, other } = slip;
    const edit = nameAt(value)?.rewrite(meant);
    report({
      at: value,
      message: "nothing",
      slots: { object: object.title, label, value: value.text, meant, other: other.title },
      fixes: edit === undefined ? [] : [{ title: `Write ${meant}`, safe: false, edits: [edit] }],
    });
  },
});

/** A kustomization may write labels into selectors and objects. */
function isFilledIn(graph: Graph, { path }: StackObject): boolean {
  return graph.layout.worldsOf(path).some((world) => isRewired(graph, world));
}
