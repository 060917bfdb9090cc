import { isCounter } from "../../kinds/metrics/catalogue.ts";
import type { WrittenQuery } from "../../kinds/promql/queries.ts";
import type { Series, Step } from "../../kinds/promql/selections.ts";
import { defineRule } from "../rule.ts";
import { isComparison } from "./levels.ts";
import { alertOn, metricOf, placeOf, querying, readQueriesOf, rewritten } from "./queries.ts";

export const counterWithoutRate = defineRule({
  id: "prometheus/counter-without-rate",
  title: "Counter read as a level",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["S-16"],
  docs: {
    summary: "A counter is compared, or scaled on, without rate() or increase().",
    why: "A counter only grows. An alert on it fires some time after each start and never stops; an autoscaler on it goes to its maximum and stays there.",
    mend: "Take its growth: rate(x[2m]) per second, increase(x[10m]) over a time.",
    sources: ["https://prometheus.io/docs/prometheus/latest/querying/functions/#rate"],
  },
  examples: {
    bad: alertOn("sum by (model_name) (vllm:num_preemptions_total) > 10 # <-"),
    good: alertOn("sum by (model_name) (rate(vllm:num_preemptions_total[5m])) > 10"),
  },
  messages: {
    alert:
      "{object}: {name} is a counter and only grows, so the alert fires for ever once it passes {value}. Use rate({name}[5m]).",
    scale:
      "{object}: {name} is a counter and only grows, so the replicas go to the maximum and stay there. Use rate({name}[2m]).",
  },
  reads: querying,
  check({ object, graph, report }) {
    for (const { query, series } of readQueriesOf(object)) {
      if (query.role === "record" || query.role === "series") continue;
      for (const one of series) {
        if (metricOf(graph, one) === undefined || !isCounter(one.name.text)) continue;
        const value = levelOf(query, one);
        if (value === undefined) continue;
        const place = placeOf(query, one.name);
        const slots = { object: object.title, name: one.name.text, value };
        const isWhole = place?.text === one.name.text && one.matchers.length === 0 && one.steps[0]?.type !== "function";
        const fixes = isWhole ? rewritten(place, `rate(${one.name.text}[5m])`, "Take its rate") : [];
        report({ at: place ?? query.node, message: query.role === "alert" ? "alert" : "scale", slots, fixes });
      }
    }
  },
});

const aggregations = new Set(["sum", "avg", "max", "min", "quantile", "topk", "bottomk"]);
const overTime = new Set(["max_over_time", "min_over_time", "avg_over_time", "last_over_time"]);

function keepsGrowing(step: Step): boolean {
  // Beside another series a counter keeps growing only as a part of a sum.
  if (step.type === "operation")
    return step.operator === "+" || (step.number !== undefined && ["-", "*", "/"].includes(step.operator));
  return step.type === "aggregation" ? aggregations.has(step.name) : overTime.has(step.name);
}

/** What a raw counter is held against. */
function levelOf({ role }: WrittenQuery, { steps }: Series): number | "the target" | undefined {
  for (const step of steps) {
    if (isComparison(step)) {
      // Whether anything was counted at all is a fair question.
      const equal = step.operator === "==" || step.operator === "!=" || step.operator.startsWith("<");
      return equal ? undefined : step.number;
    }
    if (!keepsGrowing(step)) return undefined;
  }
  return role === "trigger" || role === "adapter" ? "the target" : undefined;
}
