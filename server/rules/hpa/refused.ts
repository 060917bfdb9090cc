import { admitHpa } from "../../engine/hpa/validation/admit.ts";
import type { FieldError } from "../../engine/hpa/validation/field-error.ts";
import type { RawFix } from "../../findings/raw-finding.ts";
import { type HpaView, hpa } from "../../kinds/hpa/kind.ts";
import type { Metric } from "../../kinds/hpa/metric.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { placeAt } from "../../schemas/place.ts";
import { plainOf } from "../../schemas/plain.ts";
import { problemsOf } from "../../schemas/problems.ts";
import { saysItIsPart } from "../../schemas/silence.ts";
import { removeEntry, setScalar } from "../../text/edits.ts";
import { childrenOf, type MapNode, type Node } from "../../text/node.ts";
import { at, entryOf, resolve } from "../../text/read.ts";
import { isTemplated } from "../../text/template.ts";
import { defineRule } from "../rule.ts";
import { apiServerOf } from "./api-server.ts";
import { misshapenMetrics, typeOfNumber } from "./metric-type.ts";

const example = (target: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 4
  metrics:
    - type: Pods
      pods:
        metric: {name: http_requests_per_second}
        ${target}
`;

export const refused = defineRule({
  id: "hpa/refused",
  title: "HPA that the API server refuses",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["H-05", "H-06", "H-08"],
  docs: {
    summary:
      "A target has no number that its metric type reads, two that exclude one another, or one that is not above 0; a name cannot be one; a tolerance is negative.",
    why: "The API server refuses the whole object, after a schema has nothing to say against it: which fields a target needs depends on the type of its metric. Pods metrics are averages and read averageValue alone, External ones take value or averageValue but not both, resources averageUtilization or averageValue.",
    mend: "Write the one field that the metric type reads, above 0.",
    sources: ["https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/validation/validation.go"],
  },
  examples: {
    bad: example('target: {type: Value, value: "100"} # <-'),
    good: example('target: {type: AverageValue, averageValue: "100"}'),
  },
  messages: {
    unset: '{object}: the target of the {type} metric "{name}" has no {fields}, so the API server refuses it.',
    average:
      '{object}: the target of the {type} metric "{name}" has value and no averageValue, so the API server refuses it: a Pods metric is an average over pods. Write averageValue.',
    both: '{object}: the target of the {type} metric "{name}" has {one} and {other}, which exclude one another: the API server refuses it. Keep one.',
    positive: "{object}: {path} is {value}; the API server refuses what is not above 0. Write a number above 0.",
    other: '{object}: {path} is "{value}", which the API server refuses: {detail}.',
  },
  reads: [hpa],
  check({ object, graph, settings, report }) {
    const spec = at(object.root, "spec");
    if (object.apiVersion !== "autoscaling/v2" || spec === undefined) return;
    if (saysItIsPart(object) || graph.layout.isPatch(object.path)) return;
    const plain = plainOf(spec, { keepNulls: false });
    if (plain === undefined) return;
    const told = new Set<string>();
    const misshapen = misshapenMetrics(problemsOf(object));
    for (const error of admitHpa(plain.value, apiServerOf(settings).features)) {
      if (told.has(error.path) || !isOwn(error, object, misshapen)) continue;
      told.add(error.path);
      const found = aboutMetric(error, object) ?? aboutValue(error, object);
      if (found !== undefined) report(found);
    }
  },
});

/** Neither what another rule says nor what is filled in later. */
function isOwn({ keys }: FieldError, object: StackObject, misshapen: ReadonlySet<number>): boolean {
  const [, field, item] = keys;
  if (field === "metrics") {
    const metric = placeAt(object.root, pointerOf(keys.slice(0, 3)))?.node;
    return typeof item === "number" && !misshapen.has(item) && metric !== undefined && !isOpen(metric);
  }
  // Everything else in `behavior` has bounds in the schema.
  return (field === "scaleTargetRef" && keys.at(-1) !== "apiVersion") || keys.at(-1) === "tolerance";
}

function aboutMetric({ keys, type }: FieldError, object: StackObject<HpaView>) {
  const metric = object.view.metrics[Number(keys[2])];
  const place = metric?.target === undefined ? undefined : entryOf(metric.body, "target");
  if (keys.at(-2) !== "target" || type === "Invalid value" || place === undefined || metric?.target === undefined)
    return undefined;
  const { target } = metric;
  const common = { object: object.title, type: metric.type?.value ?? "", name: metric.name?.value ?? "" };
  if (type === "Forbidden") {
    const [one, other] = common.type === "External" ? (["value", "averageValue"] as const) : utilization;
    const extra = entryOf(target.node, String(keys.at(-1)))?.key ?? place.key;
    return {
      at: extra,
      message: "both" as const,
      slots: { ...common, one, other },
      fixes: keepOne(metric, one, other),
    };
  }
  const value = entryOf(target.node, "value");
  if (common.type === "Pods" && value !== undefined)
    return { at: value.key, message: "average" as const, slots: common, fixes: toAverage(target.node) };
  const fields = common.type === "Pods" ? "averageValue" : fieldsOf(common.type);
  return { at: place.key, message: "unset" as const, slots: { ...common, fields } };
}

const utilization = ["averageUtilization", "averageValue"] as const;

function fieldsOf(type: string): string {
  return type === "External" || type === "Object" ? "value or averageValue" : utilization.join(" or ");
}

function aboutValue({ keys, path, detail, type }: FieldError, object: StackObject<HpaView>) {
  const node = resolve(placeAt(object.root, pointerOf(keys))?.node);
  if (type !== "Invalid value" || node?.type !== "scalar" || isTemplated(node.text)) return undefined;
  const common = { object: object.title, path, value: node.text };
  if (detail === "must be positive") return { at: node, message: "positive" as const, slots: common };
  // Without the regular expression that the server adds.
  return {
    at: node,
    message: "other" as const,
    slots: { ...common, detail: detail.replace(/ \(e\.g\. [\s\S]*$/, "") },
  };
}

/** What `type` names stays. */
function keepOne({ target }: Metric, one: string, other: string): RawFix[] {
  if (target === undefined || target.node.anchor !== undefined) return [];
  const gone = [one, other].find((key) => typeOfNumber[key] !== target.type?.value);
  if ([one, other].every((key) => typeOfNumber[key] !== target.type?.value)) return [];
  const edit = gone === undefined ? undefined : removeEntry(target.node, gone);
  return edit === undefined ? [] : [{ title: `Remove ${gone}`, safe: false, edits: [edit] }];
}

function toAverage(target: MapNode): RawFix[] {
  const key = entryOf(target, "value")?.key;
  const type = entryOf(target, "type")?.value;
  if (target.anchor !== undefined || key?.type !== "scalar" || type?.type !== "scalar" || type.anchor !== undefined)
    return [];
  return [
    {
      title: "Use averageValue",
      safe: false,
      edits: [setScalar(key, "averageValue"), setScalar(type, "AverageValue")],
    },
  ];
}

function pointerOf(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${key}`).join("");
}

/** Whether anything below is filled in later. Aliases stand for what is written elsewhere in the document. */
function isOpen(node: Node): boolean {
  const found = resolve(node);
  if (found === undefined || found.tag?.startsWith("!")) return true;
  return found.type === "scalar" ? isTemplated(found.text) : childrenOf(found).some((child) => isOpenWithin(child));
}

function isOpenWithin(node: Node): boolean {
  if (node.type === "alias") return resolve(node) === undefined;
  return node.type === "scalar" ? isTemplated(node.text) : childrenOf(node).some(isOpenWithin);
}
