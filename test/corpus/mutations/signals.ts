import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { Node } from "../../../server/text/node.ts";
import { entryOf, itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { autoscalerKinds, half, scalesGpus } from "./hpa.ts";
import { drop, type Operator, operator, overwrite, rename, textAt, write } from "./operator.ts";

function metricsOf({ root }: StackObject): readonly Node[] {
  return itemsAt(root, "spec", "metrics");
}

function ofType(object: StackObject, type: string): readonly Node[] {
  return metricsOf(object).filter((metric) => textAt(metric, "type") === type);
}

/** A metric under another name, whatever its type. */
function named(rule: string, title: string, from: RegExp, name: string): Operator {
  return operator(rule, "hpa", title, (object, others) =>
    scalesGpus(object, others)
      ? metricsOf(object).flatMap((metric) =>
          ["pods", "external", "object"]
            .map((body) => scalarAt(metric, body, "metric", "name"))
            .flatMap((node) => (node !== undefined && from.test(node.text) ? write(node, name) : [])),
        )
      : [],
  );
}

/** A queue measured by its cache in place of its length; found at the target, or with another target at the name. */
function asCacheUsage(rule: string, title: string, target: string | undefined): Operator {
  return operator(rule, "hpa", title, (object, others) =>
    scalesGpus(object, others) && isAlone(object)
      ? ofType(object, "Pods").flatMap((metric) => {
          const name = scalarAt(metric, "pods", "metric", "name");
          const number = scalarAt(metric, "pods", "target", "averageValue");
          if (name === undefined || number === undefined) return [];
          const edits = [...write(name, "vllm_kv_cache_usage_perc"), ...(target === undefined ? [] : write(number, target))];
          return [{ edits: edits.flatMap((one) => one.edits), at: target === undefined ? number : name }];
        })
      : [],
  );
}

/** The key of a half's policies. */
function policiesAt(object: StackObject, direction: "scaleUp" | "scaleDown"): Node {
  return entryOf(half(object, direction), "policies")?.key ?? object.root;
}

function isAlone(object: StackObject): boolean {
  return metricsOf(object).length === 1;
}

export const signalOperators: readonly Operator[] = [
  operator("hpa/cpu-signal", "hpa", "CPU in place of the queue", (object, others) =>
    scalesGpus(object, others) && isAlone(object)
      ? metricsOf(object).flatMap((metric) => {
          if (metric.type !== "map" || metric.flow) return [];
          const { doc, start, end } = metric;
          const newText = "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}";
          return [{ edits: [{ doc, start, end, newText }], at: { doc, start } }];
        })
      : [],
  ),
  named("hpa/colon-name", "a name of Prometheus", /^vllm_num_requests_/, "vllm:num_requests_waiting"),
  named("hpa/counter", "a counter", /^vllm_num_requests_/, "vllm_request_success_total"),
  named("wva/metric-name", "WVA's metric one letter short", /^wva_desired_replicas$/, "wva_desired_replica"),
  asCacheUsage("hpa/ratio-target", "a queue's target for how full the cache is", undefined),
  asCacheUsage("hpa/saturating-signal", "how full the cache is, alone", "0.8"),
  operator("hpa/metric-type", "hpa", "a body under the name of another type", (object) =>
    ofType(object, "External").flatMap((metric) => {
      const type = scalarAt(metric, "type");
      const body = metric.type === "map" ? metric.entries.find(({ key }) => textAt(key) === "external")?.key : undefined;
      return type === undefined || body === undefined ? [] : [{ ...overwrite(type, "Pods"), at: body }];
    }),
  ),
  operator("hpa/metric-type", "hpa", "a metric without a type", (object) =>
    metricsOf(object).flatMap((metric) => {
      const body = metric.type === "map" ? metric.entries[1]?.value : undefined;
      return body?.doc === undefined ? [] : drop(mapAt(metric), "type", metric).slice(0, 1);
    }),
  ),
  operator("hpa/refused", "hpa", "a value for each pod where only an average goes", (object) =>
    ofType(object, "Pods").flatMap((metric) => rename(mapAt(metric, "pods", "target"), "averageValue", "value")),
  ),
  operator("hpa/target-type", "hpa", "a type that its number is not of", (object) =>
    ofType(object, "External").flatMap((metric) => {
      const type = scalarAt(metric, "external", "target", "type");
      return textAt(metric, "external", "metric", "name") !== "wva_desired_replicas" ? write(type, "Value") : [];
    }),
  ),
  operator("hpa/behavior-range", "hpa", "a window of more than an hour", (object) =>
    write(scalarAt(half(object, "scaleDown"), "stabilizationWindowSeconds"), "7200"),
  ),
  operator("hpa/behavior-range", "hpa", "a period of an hour", (object) =>
    itemsAt(half(object, "scaleUp"), "policies").flatMap((policy) => write(scalarAt(policy, "periodSeconds"), "3600")),
  ),
  operator("hpa/scale-up-burst", autoscalerKinds, "twenty pods a minute", (object, others) =>
    scalesGpus(object, others)
      ? itemsAt(half(object, "scaleUp"), "policies")
          .slice(0, 1)
          .flatMap((policy) => write(scalarAt(policy, "value"), "20"))
          .map(({ edits }) => ({ edits, at: policiesAt(object, "scaleUp") }))
      : [],
  ),
  operator("hpa/scale-down-at-once", autoscalerKinds, "any number of pods down", (object, others) => {
    const policies = itemsAt(half(object, "scaleDown"), "policies");
    return scalesGpus(object, others) && policies.length === 1
      ? policies
          .flatMap((policy) => write(scalarAt(policy, "value"), "100"))
          .map(({ edits }) => ({ edits, at: policiesAt(object, "scaleDown") }))
      : [];
  }),
  operator("hpa/smallest-policy", autoscalerKinds, "the smaller of two steps", (object, others) => {
    const scaleUp = half(object, "scaleUp");
    const policies = entryOf(scaleUp, "policies")?.value;
    if (!scalesGpus(object, others) || scaleUp === undefined || policies === undefined) return [];
    const { doc, start, end } = policies;
    const newText = "[{type: Percent, value: 50, periodSeconds: 60}, {type: Pods, value: 3, periodSeconds: 60}]\n";
    const indent = " ".repeat(scaleUp.start - doc.text.lastIndexOf("\n", scaleUp.start) - 1);
    return [{ edits: [{ doc, start, end, newText: `${newText}${indent}selectPolicy: Min` }], at: "selectPolicy" }];
  }),
  operator("autoscaler/wva-ignored", "hpa", "another metric than WVA's", (object) =>
    isAlone(object)
      ? metricsOf(object).flatMap((metric) => {
          const name = scalarAt(metric, "external", "metric", "name");
          return name?.text === "wva_desired_replicas" ? write(name, "vllm_num_requests_waiting") : [];
        })
      : [],
  ),
  operator("autoscaler/wva-beside-load", "hpa", "a queue beside WVA's count", (object) =>
    isAlone(object)
      ? metricsOf(object).flatMap((metric) => {
          if (textAt(metric, "external", "metric", "name") !== "wva_desired_replicas" || metric.type !== "map") return [];
          const { doc, start } = metric;
          const indent = " ".repeat(start - doc.text.lastIndexOf("\n", start) - 3);
          const queue =
            '{type: External, external: {metric: {name: vllm_num_requests_waiting}, target: {type: AverageValue, averageValue: "5"}}}';
          return [{ edits: [{ doc, start, end: start, newText: `${queue}\n${indent}- ` }], at: "vllm_num" }];
        })
      : [],
  ),
  operator("wva/variant-name", "hpa", "a variant that is not there", (object) =>
    metricsOf(object).flatMap((metric) =>
      write(scalarAt(metric, "external", "metric", "selector", "matchLabels", "variant_name"), "other"),
    ),
  ),
  operator("autoscaler/not-scalable", autoscalerKinds, "a DaemonSet as the target", ({ root }) =>
    write(scalarAt(root, "spec", "scaleTargetRef", "kind"), "DaemonSet"),
  ),
];
