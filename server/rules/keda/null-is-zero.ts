import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { asApplied, isWhole } from "../../scenario/scaled-object.ts";
import { readQuery } from "../../text/promql/query.ts";
import { entryOf, stringAt } from "../../text/read.ts";
import { parseTruth } from "../../text/values/truth.ts";
import { defineRule } from "../rule.ts";
import { example, routerQueue, steady } from "./example.ts";
import { entry } from "./mends.ts";
import { queryTriggers } from "./queries.ts";

const spec = `  minReplicaCount: 1
  maxReplicaCount: 8
  fallback:
    failureThreshold: 3
    replicas: 2
${steady}`;

export const nullIsZero = defineRule({
  id: "keda/null-is-zero",
  title: "Fallback that a missing metric never reaches",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["K-08"],
  docs: {
    summary:
      "A prometheus trigger has a fallback, but an empty answer counts as 0 because ignoreNullValues is not false.",
    why: "A fallback acts on errors. With ignoreNullValues at its default of true an empty answer is no error but the value 0: when the scrape fails or the metric is renamed, KEDA sees no load and scales in to the minimum, although somebody wrote a fallback for this very case.",
    mend: 'Set `ignoreNullValues: "false"`, a string. Where nothing to count is a normal answer, say so in the query: `… or vector(0)`. Headroom takes that for an answer and is silent.',
    sources: [
      "https://keda.sh/docs/latest/scalers/prometheus/",
      "https://github.com/kedacore/keda/blob/main/pkg/scalers/prometheus_scaler.go",
      "https://keda.sh/docs/latest/reference/scaledobject-spec/#fallback",
    ],
  },
  examples: {
    bad: example(
      spec,
      routerQueue()
        .replace("type: prometheus", "type: prometheus # <-")
        .replace(/ {8}ignoreNull.*\n/, ""),
    ),
    good: example(spec, routerQueue()),
  },
  messages: {
    unset:
      '{object} has a fallback of {replicas}, but an empty answer of Prometheus counts as 0 (the default of ignoreNullValues): where the metric goes missing, the fallback does not act and the target is scaled in. Set ignoreNullValues: "false"{triggers}.',
    on: '{object} has a fallback of {replicas}, but with ignoreNullValues "{value}" an empty answer of Prometheus counts as 0: where the metric goes missing, the fallback does not act and the target is scaled in. Set it to "false"{triggers}.',
  },
  reads: [scaledObject],
  check({ object, report }) {
    const { fallback } = asApplied(object).spec;
    if (fallback === undefined || !isWhole(object)) return;
    const found = queryTriggers(object).flatMap(({ index, metadata, text }) => {
      const written = entryOf(metadata, "ignoreNullValues");
      const value = stringAt(metadata, "ignoreNullValues");
      if (written !== undefined && (value === undefined || parseTruth(value.value) !== true)) return [];
      if (isNeverEmpty(text)) return [];
      const keys = ["spec", "triggers", index, "metadata"];
      const [fix] = entry(object.root, keys, "ignoreNullValues", '"false"', 'Set ignoreNullValues to "false"');
      const type = entryOf(object.view.triggers[index]?.node, "type")?.value;
      return [{ at: value?.node ?? type ?? metadata, value, fix }];
    });
    const [first, ...others] = found;
    if (first === undefined) return;
    const fixes = found.flatMap(({ fix }) => fix ?? []);
    report({
      at: first.at,
      message: first.value === undefined ? "unset" : "on",
      slots: {
        object: object.title,
        replicas: `${fallback.replicas} replica${fallback.replicas === 1 ? "" : "s"}`,
        value: first.value?.value ?? "",
        triggers: others.length === 0 ? "" : ` in all ${found.length} triggers`,
      },
      related: others.map(({ at }) => ({ at, message: "so does an empty answer to this trigger" })),
      fixes:
        fixes.length === found.length
          ? [{ title: 'Set ignoreNullValues to "false"', safe: false, edits: fixes.flatMap(({ edits }) => edits) }]
          : [],
    });
  },
});

/** `x or vector(0)`, `absent(x)` and numbers always answer. */
function isNeverEmpty(text: string): boolean {
  const query = readQuery(text);
  if (!("tree" in query)) return true;
  const names: string[] = [];
  const open = [query.tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.name === "Or" || node.name === "FunctionIdentifier")
      names.push(text.slice(node.from, node.to).toLowerCase());
    for (let child = node.firstChild; child !== null; child = child.nextSibling) open.push(child);
  }
  return names.includes("scalar") || (names.includes("or") && names.includes("vector"));
}
