import type { Step } from "../../kinds/promql/selections.ts";
import { defineRule } from "../rule.ts";
import { boundOf } from "./levels.ts";
import { alertOn, querying, readQueriesOf } from "./queries.ts";

export const rateAsRatio = defineRule({
  id: "prometheus/rate-as-ratio",
  title: "Rate compared with a share",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["S1"],
  docs: {
    summary: "The rate of a counter of successes or hits is compared with a number that looks like a share.",
    why: "rate() counts events per second. `rate(success_total[5m]) < 0.95` is true whenever there are fewer than 0.95 successes a second, and so always with little traffic, however well all goes.",
    mend: "Divide by the rate of all attempts: sum(rate(success[5m])) / sum(rate(total[5m])) < 0.95.",
    sources: ["https://prometheus.io/docs/practices/rules/"],
  },
  examples: {
    bad: alertOn("sum by (model_name) (rate(vllm:prefix_cache_hits_total[5m])) < 0.6 # <-"),
    good: alertOn("sum(rate(vllm:prefix_cache_hits_total[5m])) / sum(rate(vllm:prefix_cache_queries_total[5m])) < 0.6"),
  },
  messages: {
    share:
      "{object}: the rate of {name} is a number of events per second, not a share: it is below {value} whenever there is little to do. Divide it by the rate of all attempts.",
  },
  reads: querying,
  check({ object, report }) {
    for (const { query, series } of readQueriesOf(object)) {
      if (query.role !== "alert") continue;
      for (const one of series) {
        const [step] = one.steps;
        if (step?.type !== "function" || (step.name !== "rate" && step.name !== "irate")) continue;
        if (!/(?:success|hit)[a-z_]*_total$/i.test(one.name.text)) continue;
        const bound = boundOf(query, one, passes);
        if (bound === undefined || !bound.operator.startsWith("<") || bound.value < 0.5 || bound.value > 1) continue;
        const slots = { object: object.title, name: one.name.text, value: bound.value };
        report({ at: bound.at, message: "share", slots });
      }
    }
  },
});

function passes(step: Step): boolean {
  return step.type === "aggregation" || (step.type === "function" && /^i?rate$/.test(step.name));
}
