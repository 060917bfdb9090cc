import type { RawFix } from "../../findings/raw-finding.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { bodyOfType } from "../../kinds/hpa/metric.ts";
import { dotted } from "../../schemas/place.ts";
import type { MissingKey, SchemaProblem, UnknownKey } from "../../schemas/problem.ts";
import { problemsOf } from "../../schemas/problems.ts";
import { setEntry } from "../../text/edits.ts";
import type { MapNode } from "../../text/node.ts";
import { entryOf } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { isSpokenFor } from "../schema/spoken-for.ts";
import { listed } from "../schema/words.ts";

const example = (type: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 4
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:${type}
          averageUtilization: 70
`;

export const metricType = defineRule({
  id: "hpa/metric-type",
  title: "Metric without its type, or with the body of another",
  since: "0.1.0",
  severity: "error",
  fixable: "safe",
  refs: ["H-05", "H-06"],
  docs: {
    summary: "A metric of an HPA or its target has no type, or its body is that of another type.",
    why: "The type says which body and which number count, so the API server wants both to be there and to agree, and exactly one body. It refuses everything else.",
    mend: "Write the type that belongs to the body: External for `external`, Pods for `pods`; for a target AverageValue, Value or Utilization. The fix does it where one body or one number leaves no choice.",
    sources: ["https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/validation/validation.go"],
  },
  examples: { bad: example(" # <-"), good: example("\n          type: Utilization") },
  messages: {
    absent: "{object}: {place} has no type, so the API server refuses it. Write type: {types}.",
    empty: "{object}: {place} has no {body}, the body of its type, so the API server refuses it. Write {body}.",
    other:
      "{object}: {place} is of type {type} and has the body {body}, so the API server refuses it. Write type {wanted}, or the body {own}.",
    second:
      "{object}: {place} is of type {type} and also has the body {body}, so the API server refuses it. Make two metrics of it.",
  },
  reads: [hpa],
  check({ object, graph, report }) {
    const problems = problemsOf(object).filter((problem) => isSpokenFor(object, problem));
    if (problems.length === 0 || graph.layout.isPatch(object.path)) return;
    for (const problem of problems) {
      if (problem.type === "missing-key") report({ ...missing(problem, object.title), at: problem.at });
      else if (problem.type === "unknown-key") report({ ...misplaced(problem, object.title), at: problem.at });
    }
  },
});

const types = ["External", "Object", "Pods", "Resource", "ContainerResource"];
/** The fields of a target and the target type that reads each. */
export const typeOfNumber: Readonly<Record<string, string>> = {
  value: "Value",
  averageValue: "AverageValue",
  averageUtilization: "Utilization",
};

function missing({ map, keys, pointer }: MissingKey, object: string) {
  const place = dotted(pointer);
  if (!keys.includes("type"))
    return { message: "empty" as const, slots: { object, place, body: listed(keys, "and") }, fixes: [] };
  const possible = pointer.endsWith("/target")
    ? Object.entries(typeOfNumber).flatMap(([key, type]) => (entryOf(map, key) === undefined ? [] : [type]))
    : types.filter((type) => hasBody(map, type));
  const all = pointer.endsWith("/target") ? Object.values(typeOfNumber) : types;
  const slots = { object, place, types: listed(possible.length === 0 ? all : possible) };
  return {
    message: "absent" as const,
    slots,
    fixes: possible.length === 1 ? setType(map, possible[0] as string, true) : [],
  };
}

function misplaced({ map, key, beside = "", pointer }: UnknownKey, object: string) {
  const place = dotted(pointer.slice(0, pointer.lastIndexOf("/")));
  const common = { object, place, type: beside, body: key.text };
  const own = bodyOfType(beside) ?? "";
  if (entryOf(map, own) !== undefined) return { message: "second" as const, slots: common, fixes: [] };
  const bodies = types.filter((type) => hasBody(map, type));
  const wanted = types.find((type) => bodyOfType(type) === key.text) ?? "";
  const fixes = bodies.length === 1 ? setType(map, wanted, false) : [];
  return { message: "other" as const, slots: { ...common, wanted, own }, fixes };
}

function hasBody(map: MapNode, type: string): boolean {
  return entryOf(map, bodyOfType(type) ?? "") !== undefined;
}

/** A mapping that carries an anchor stands in other places too. */
function setType(map: MapNode, type: string, safe: boolean): RawFix[] {
  if (map.anchor !== undefined) return [];
  return [{ title: `Write type ${type}`, safe, edits: [setEntry(map, "type", type)] }];
}

/** The metrics of which a schema speaks already, by their places in the list. */
export function misshapenMetrics(problems: readonly SchemaProblem[]): ReadonlySet<number> {
  const places = problems.flatMap(({ pointer }) => /^\/spec\/metrics\/(\d+)/.exec(pointer)?.[1] ?? []);
  return new Set(places.map(Number));
}
