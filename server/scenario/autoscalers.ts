import type { Settings } from "../config/settings.ts";
import { syncPeriodSeconds } from "../engine/hpa/controller.ts";
import { milliOfQuantity } from "../engine/hpa/quantity.ts";
import type { HpaSpec, MetricSpec, MetricTarget } from "../engine/hpa/spec.ts";
import type { Zone } from "../engine/keda/cron/zone.ts";
import type { ScaledObject } from "../engine/keda/spec.ts";
import { metadataOf } from "../engine/keda/trigger.ts";
import { newestKeda } from "../engine/keda/version.ts";
import type { Autoscaler, HpaInput, KedaInput } from "../engine/simulation/scenario.ts";
import type { Signal } from "../engine/simulation/signal.ts";
import { given, type Sourced } from "../engine/sourced.ts";
import type { Autoscaler as Written } from "../graph/autoscalers.ts";
import type { HpaView } from "../kinds/hpa/kind.ts";
import type { Metric } from "../kinds/hpa/metric.ts";
import type { ScaledObjectView } from "../kinds/keda/scaled-object.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { at, itemsAt, scalarAt, secondsAt, stringAt } from "../text/read.ts";
import { annotations } from "./annotations.ts";
import { behaviorOf, behaviorOrigins } from "./behavior.ts";
import { within, wrongCount } from "./bounds.ts";
import type { Found } from "./found.ts";
import { isRate, meaningOf } from "./metric-words.ts";
import type { Sources } from "./origin.ts";
import { type QueryShape, shapeOf } from "./query-shape.ts";
import { asApplied } from "./scaled-object.ts";
import type { Asked } from "./signals.ts";
import { zoneOf } from "./zones.ts";

/** An autoscaler and the signals that it reads. */
export interface Scaler {
  readonly autoscaler: Autoscaler;
  readonly signals: readonly Signal[];
}

export interface ScalerRequest {
  readonly written: Written;
  /** The workload that it scales. */
  readonly target: string;
  readonly settings: Settings;
  readonly sources: Sources;
  /** Seconds since 1970, UTC, and how long the run lasts. */
  readonly startsAt: number;
  readonly duration: number;
  signal(asked: Asked): Signal;
}

export function scalerOf(request: ScalerRequest): Found<Scaler> {
  const { written } = request;
  return isHpa(written) ? hpaOf(written, request) : kedaOf(written as StackObject<ScaledObjectView>, request);
}

function isHpa(written: Written): written is StackObject<HpaView> {
  return written.kind.id === "hpa";
}

function hpaOf(object: StackObject<HpaView>, { target, sources, signal }: ScalerRequest): Found<Scaler> {
  const { view, root } = object;
  if (view.maxReplicas === undefined) return { mistake: `${object.title}: maxReplicas is missing or filled in later.` };
  const wrong = wrongCount(root, [
    ["spec", "minReplicas"],
    ["spec", "maxReplicas"],
  ]);
  if (wrong !== undefined) return { mistake: `${object.title}: ${wrong}.` };
  const metrics: MetricSpec[] = [];
  const signals: Signal[] = [];
  const targets: [string, string][] = [];
  const delay = view.metrics.every(isOfPods) ? given(0) : delayOf(object, sources);
  for (const [index, metric] of view.metrics.entries()) {
    const spec = metricOf(metric);
    if (spec === undefined) return { mistake: `${object.title}: metric ${index + 1} cannot be read.` };
    metrics.push(spec);
    const title = metric.name?.value ?? "";
    const name = `${object.name?.value ?? target}: ${title}${index === 0 ? "" : ` (${index + 1})`}`;
    const shape = shapeOfMetric(metric);
    const asked = { name, title, shape, at: metric.node, target };
    signals.push(isOfPods(metric) ? ofResource(asked, sources) : { ...signal(asked), delay });
    const aim = metric.target?.averageValue ?? metric.target?.value;
    if (aim !== undefined) targets.push([`metrics[${index}].target`, sources.spot(aim.node)]);
  }
  const behavior = behaviorOf(at(root, "spec", "behavior"));
  const spec: HpaSpec = {
    ...(view.minReplicas === undefined ? {} : { minReplicas: view.minReplicas.value }),
    maxReplicas: view.maxReplicas.value,
    metrics,
    ...(behavior && { behavior }),
  };
  const origins = new Map([...targets, ...behaviorOrigins(at(root, "spec", "behavior"), sources)]);
  for (const [key, placed] of [
    ["minReplicas", view.minReplicas],
    ["maxReplicas", view.maxReplicas],
  ] as const)
    if (placed !== undefined) {
      origins.set(key, sources.spot(placed.node));
      sources.number(`${object.title}: ${key}`, placed, 0, "");
    }
  const autoscaler: HpaInput = {
    kind: "hpa",
    target,
    spec,
    reads: signals.map(({ name }) => name),
    period: given(syncPeriodSeconds, "default: kube-controller-manager"),
    origins,
  };
  return { autoscaler, signals };
}

function metricOf({ type, name, target, body }: Metric): MetricSpec | undefined {
  if (type === undefined || name === undefined || target === undefined) return undefined;
  const aim = targetOf(target);
  const metric = { metric: { name: name.value }, target: aim };
  switch (type.value) {
    case "Resource":
      return { type: "Resource", resource: { name: name.value, target: aim } };
    case "ContainerResource": {
      const container = stringAt(body, "container")?.value ?? "";
      return { type: "ContainerResource", containerResource: { name: name.value, container, target: aim } };
    }
    case "Pods":
      return { type: "Pods", pods: metric };
    case "External":
      return { type: "External", external: metric };
    case "Object": {
      const kind = stringAt(body, "describedObject", "kind")?.value ?? "";
      const described = stringAt(body, "describedObject", "name")?.value ?? "";
      return { type: "Object", object: { ...metric, describedObject: { kind, name: described } } };
    }
    default:
      return undefined;
  }
}

function targetOf({ node, type }: NonNullable<Metric["target"]>): MetricTarget {
  const milli = (key: string) => milliOfQuantity(scalarAt(node, key)?.text ?? "");
  const [value, averageValue] = [milli("value"), milli("averageValue")];
  const utilization = Number(scalarAt(node, "averageUtilization")?.text ?? Number.NaN);
  const kind = type?.value === "Utilization" || type?.value === "Value" ? type.value : "AverageValue";
  return {
    type: kind,
    ...(value === undefined ? {} : { value }),
    ...(averageValue === undefined ? {} : { averageValue }),
    ...(Number.isInteger(utilization) ? { averageUtilization: utilization } : {}),
  };
}

/** CPU and memory as the kubelet measures them: nothing here knows how busy a processor is. */
function isOfPods({ type }: Metric): boolean {
  return type?.value === "Resource" || type?.value === "ContainerResource";
}

function ofResource({ name, title, at }: Asked, sources: Sources): Signal {
  const why = "how much CPU or memory a model server uses is not simulated";
  sources.lacks(
    `signal ${title}`,
    `${why}, so it has no value`,
    `a metric of the server in its place, at ${sources.place(at)}`,
  );
  const missing = given(why, sources.place(at));
  return { name, measure: { of: "constant", value: 0 }, scrape: given(30), delay: given(0), missing };
}

/** An adapter asks Prometheus when the HPA asks it; recording rules and caches between them add time that no file says. */
function delayOf(object: StackObject<HpaView>, sources: Sources): Sourced<number> {
  const what = `${object.title}: from a scrape to the metrics API, s`;
  const written = secondsAt(object.annotation(annotations.metricDelay));
  if (written !== undefined) return sources.said(what, within(written.value, 0, 3600), sources.place(written.node));
  sources.lacks(
    `${object.title}: delay of its metrics`,
    "rules and caches between Prometheus and the metrics API are not known; a scraped value is there at once",
    `the annotation ${annotations.metricDelay}: 15s on it`,
  );
  return given(0, "default: asked directly");
}

/** An adapter gives the series of a name, each for itself; a rule of its own may do otherwise. */
function shapeOfMetric({ type, name, matchLabels }: Metric): QueryShape | undefined {
  const meaning =
    type?.value === "Resource" || type?.value === "ContainerResource" ? undefined : meaningOf(name?.value ?? "");
  if (meaning === undefined || isRate(meaning)) return undefined;
  return { meaning, over: "each", labels: new Map([...matchLabels].map(([key, { value }]) => [key, value])) };
}

const kedaCounts = [
  ["spec", "minReplicaCount"],
  ["spec", "maxReplicaCount"],
  ["spec", "idleReplicaCount"],
  ["spec", "fallback", "replicas"],
];
const longestWait = 86_400;

function kedaOf(object: StackObject<ScaledObjectView>, request: ScalerRequest): Found<Scaler> {
  const { target, settings, sources, signal } = request;
  const { root } = object;
  const wrong = wrongCount(root, kedaCounts);
  if (wrong !== undefined) return { mistake: `${object.title}: ${wrong}.` };
  const asWritten = asApplied(object);
  // A polling interval of nothing would never let time go on.
  const { pollingInterval } = asWritten.spec;
  const applied =
    pollingInterval === undefined
      ? asWritten
      : { ...asWritten, spec: { ...asWritten.spec, pollingInterval: within(pollingInterval, 1, longestWait) } };
  const config = ["spec", "advanced", "horizontalPodAutoscalerConfig", "behavior"];
  const behavior = behaviorOf(at(root, ...config));
  const scaledObject =
    behavior === undefined
      ? applied
      : {
          ...applied,
          spec: {
            ...applied.spec,
            advanced: {
              ...applied.spec.advanced,
              horizontalPodAutoscalerConfig: { ...applied.spec.advanced?.horizontalPodAutoscalerConfig, behavior },
            },
          },
        };
  if (applied.spec.triggers.length === 0) return { mistake: `${object.title}: no trigger can be read.` };
  const nodes = itemsAt(root, "spec", "triggers");
  const signals = applied.spec.triggers.map((trigger, index) => {
    const node = nodes[index] ?? root;
    const query = trigger.type === "prometheus" ? metadataOf(trigger, "query") : undefined;
    const name = `${object.name?.value ?? target}: ${trigger.name ?? `trigger ${index + 1}`}`;
    if (trigger.type === "cron") return cronSignal(name);
    return signal({
      name,
      title: query ?? trigger.type,
      shape: query === undefined ? undefined : shapeOf(query),
      at: node,
      target,
    });
  });
  const origins = new Map(behaviorOrigins(at(root, ...config), sources));
  for (const [index, node] of nodes.entries()) {
    const threshold = scalarAt(node, "metadata", "threshold");
    if (threshold !== undefined) origins.set(`triggers[${index}].threshold`, sources.spot(threshold));
  }
  for (const key of ["minReplicaCount", "maxReplicaCount", "idleReplicaCount", "cooldownPeriod", "pollingInterval"]) {
    const node = at(root, "spec", key);
    if (node === undefined) continue;
    origins.set(key, sources.spot(node));
    sources.note(`${object.title}: ${key}`, scalarAt(node)?.text ?? "", sources.place(node));
  }
  for (const [made, own] of [
    ["minReplicas", "minReplicaCount"],
    ["maxReplicas", "maxReplicaCount"],
  ] as const) {
    const origin = origins.get(own);
    if (origin !== undefined) origins.set(made, origin);
  }
  const zones = zonesOf(applied, request);
  const autoscaler: KedaInput = {
    kind: "keda",
    ...(zones.size === 0 ? {} : { zones }),
    target,
    scaledObject,
    minor: kedaMinor(settings, sources),
    reads: signals.map(({ name }) => name),
    period: given(syncPeriodSeconds, "default: kube-controller-manager"),
    origins,
  };
  return { autoscaler, signals };
}

/** Its windows are of the clock and not of a series; nobody asks this. */
function cronSignal(name: string): Signal {
  return { name, measure: { of: "constant", value: 0 }, scrape: given(30), delay: given(0) };
}

/** KEDA refuses a zone that it does not know, and then the trigger fails. */
function zonesOf({ spec }: ScaledObject, { written, sources, startsAt, duration }: ScalerRequest): Map<string, Zone> {
  const zones = new Map<string, Zone>();
  for (const trigger of spec.triggers) {
    const name = trigger.type === "cron" ? metadataOf(trigger, "timezone") : undefined;
    if (name === undefined || zones.has(name)) continue;
    const zone = zoneOf(name, startsAt, duration);
    if (zone !== undefined) zones.set(name, zone);
    else
      sources.lacks(
        `${written.title}: time zone ${name}`,
        "it is not known here; its windows are read in UTC",
        "a name of the IANA table, such as Europe/Berlin",
      );
  }
  if (spec.triggers.some(({ type }) => type === "cron"))
    sources.lacks(
      "time at the start",
      "the run starts on a Monday, 2026-06-01, at 0:00 UTC, whenever it is asked for",
      "no option does; move the window of the cron trigger to try another hour",
    );
  return zones;
}

function kedaMinor(settings: Settings, sources: Sources): number {
  const stated = /^v?2\.(\d{1,3})/.exec(settings.version("keda") ?? "")?.[1];
  if (stated !== undefined) return Number(stated);
  sources.lacks(
    "version of KEDA",
    "no file says it; the newest known is taken",
    "versions.keda in headroom.config.yaml",
  );
  return newestKeda;
}
