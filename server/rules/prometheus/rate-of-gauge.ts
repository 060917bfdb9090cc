import { defineRule } from "../rule.ts";
import { alertOn, metricOf, placeOf, querying, readQueriesOf, rewritten } from "./queries.ts";

export const rateOfGauge = defineRule({
  id: "prometheus/rate-of-gauge",
  title: "rate() of a gauge",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["S-16"],
  docs: {
    summary: "rate(), irate() or increase() is taken of a metric that goes up and down.",
    why: "These functions take every fall for a restart of a counter and add the new value. Of a queue or a cache they give a number that means nothing, and mostly a large one.",
    mend: "Use the gauge itself, avg_over_time() to smooth it, or deriv() for its slope.",
    sources: ["https://prometheus.io/docs/prometheus/latest/querying/functions/#rate"],
  },
  examples: {
    bad: alertOn("sum by (model_name) (rate(vllm:num_requests_waiting[5m])) > 10 # <-"),
    good: alertOn("sum by (model_name) (avg_over_time(vllm:num_requests_waiting[5m])) > 10"),
  },
  messages: {
    gauge:
      "{object}: {name} is a gauge, and {function}() takes each fall for a restart: the result means nothing. Use avg_over_time() for its level or deriv() for its slope.",
  },
  reads: querying,
  check({ object, graph, report }) {
    for (const { query, series } of readQueriesOf(object)) {
      for (const one of series) {
        const [step] = one.steps;
        if (step?.type !== "function" || !["rate", "irate", "increase"].includes(step.name)) continue;
        if (metricOf(graph, one)?.type !== "gauge") continue;
        const place = placeOf(query, step.word);
        const slots = { object: object.title, name: one.name.text, function: step.name };
        const fixes = rewritten(place, "avg_over_time");
        report({ at: place ?? query.node, message: "gauge", slots, fixes });
      }
    }
  },
});
