import type { RawFix } from "../../findings/raw-finding.ts";
import type { Graph } from "../../graph/graph.ts";
import { routersOf } from "../../graph/router-version.ts";
import { isWorkload } from "../../graph/scale-target.ts";
import { routerArgument, routerCommands } from "../../kinds/epp/arguments.ts";
import { type EppView, endpointPickerConfig } from "../../kinds/epp/kind.ts";
import type { EppPlugin } from "../../kinds/epp/scheduling.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { setAll } from "../../text/edits.ts";
import { at, type Placed, stringAt } from "../../text/read.ts";
import { parseDuration } from "../../text/values/duration.ts";
import { defineRule } from "../rule.ts";
import { routerFrom } from "./router.ts";

const example = (staleness: string) => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: queue-scorer
  - type: metrics-data-source
    parameters:
      interval: 1s # <-
  - type: utilization-detector
    parameters: {metricsStalenessThreshold: ${staleness}}
flowControl:
  saturationDetector: {pluginRef: utilization-detector}
`;

/** Seconds after which utilization-detector takes metrics for stale, in every version since GIE 1.2. */
const usualStaleness = 0.2;
/** As many scrapes may fail before a pod counts as saturated. */
const scrapes = 3;

export const staleMetrics = defineRule({
  id: "epp/stale-metrics",
  title: "Metrics that are stale before the next scrape",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["EPP-20"],
  docs: {
    summary:
      "The interval of metrics-data-source, or the router's --refresh-metrics-interval, is not shorter than the metricsStalenessThreshold of utilization-detector. An interval that is no multiple of --refresh-metrics-interval (50ms) is rounded, which is information.",
    why: "A pod whose metrics are older than the threshold (200ms by default) counts as saturated. With an interval of 1s and the default the whole pool reads as saturated for most of each second: requests wait or are shed while pods are free.",
    mend: "Let the threshold be three times the interval, or scrape more often.",
    sources: [
      "https://github.com/llm-d/llm-d-router/pull/2214",
      "https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/datalayer/schedule.go",
    ],
  },
  examples: { bad: example("200ms"), good: example("3s").replace(" # <-", "") },
  messages: {
    stale:
      "{object}: metrics come every {interval} and are stale after {staleness}, so pods count as saturated for most of the time. Raise metricsStalenessThreshold of {detector} to {wanted}.",
    rounded:
      "{object}: metrics come every {actual}, not every {interval}: the router counts in steps of {step} and takes the nearest number of them. Write a multiple of {step}.",
  },
  reads: [endpointPickerConfig],
  check(context) {
    const { object, report } = context;
    const { complete, plugins } = object.view;
    if (routerFrom("0.9", context) === undefined) return;
    const detector = complete ? detectorOf(object.view, stringAt(object.root, ...place)?.value) : undefined;
    const written = stringAt(detector?.parameters, "metricsStalenessThreshold");
    const isOpen = written === undefined && at(detector?.parameters, "metricsStalenessThreshold") !== undefined;
    const staleness = isOpen || detector === undefined ? undefined : stalenessOf(written);
    const refresh = plugins.some(({ parameters }) => at(parameters, "interval") !== undefined)
      ? undefined
      : refreshOf(context.graph, object);
    if (detector !== undefined && refresh !== undefined && staleness !== undefined && refresh.seconds >= staleness) {
      const wanted = inWords(refresh.seconds * scrapes);
      report({
        at: written?.node ?? detector.at,
        message: "stale",
        slots: {
          object: object.title,
          interval: `${refresh.text} (--${flag})`,
          staleness: written?.value ?? "200ms (the default)",
          detector: detector.name,
          wanted,
        },
        related: [{ at: refresh.node, message: `--${flag}` }],
        fixes: raised(detector, written, wanted),
      });
    }
    for (const { interval, seconds, actual, step } of intervalsOf(context.graph, object)) {
      const isRounded = Math.abs(actual - seconds) > 1e-6;
      const rounded = { interval: interval.value, actual: inWords(actual), step: inWords(step ?? actual) };
      if (detector === undefined || staleness === undefined || actual < staleness) {
        const slots = { object: object.title, ...rounded };
        if (isRounded) report({ at: interval.node, message: "rounded", severity: "info", slots });
        continue;
      }
      const wanted = inWords(actual * scrapes);
      report({
        at: interval.node,
        message: "stale",
        slots: {
          object: object.title,
          interval: isRounded ? `${rounded.actual} (${interval.value}, in steps of ${rounded.step})` : interval.value,
          staleness: written?.value ?? "200ms (the default)",
          detector: detector.name,
          wanted,
        },
        related: written === undefined ? [] : [{ at: written.node, message: "The threshold" }],
        fixes: raised(detector, written, wanted),
      });
    }
  },
});

const flag = "refresh-metrics-interval";

/** The least that --refresh-metrics-interval can be, and what it is where it is not written, in seconds. */
const usualStep = 0.05;

/** How often metrics shall come, and how often they do: the router counts in steps (datalayer.PeriodTicks). */
function intervalsOf(graph: Graph, object: StackObject<EppView>) {
  const step = stepOf(graph, object);
  return object.view.plugins.flatMap(({ type, parameters }) => {
    const interval = type === "metrics-data-source" ? stringAt(parameters, "interval") : undefined;
    const seconds = interval === undefined ? undefined : parseDuration(interval.value)?.seconds;
    if (interval === undefined || seconds === undefined || seconds <= 0) return [];
    const actual = step === undefined ? seconds : Math.max(1, Math.round(seconds / step)) * step;
    return [{ interval, seconds, actual, step }];
  });
}

function stalenessOf(written: Placed<string> | undefined): number | undefined {
  return written === undefined ? usualStaleness : parseDuration(written.value)?.seconds;
}

function stepOf(graph: Graph, config: StackObject): number | undefined {
  const [router, another] = routersOf(graph, config);
  if (router === undefined || another !== undefined || !isWorkload(router)) return undefined;
  const [command, second] = routerCommands(router.view);
  if (command?.complete !== true || second !== undefined) return undefined;
  const written = routerArgument(command, flag);
  if (written === undefined) return usualStep;
  const seconds = written.value === undefined ? undefined : parseDuration(written.value.text)?.seconds;
  return seconds === undefined ? undefined : Math.max(seconds, usualStep);
}

/** How often the one router that reads a configuration scrapes, where its flag says so. */
function refreshOf(graph: Graph, config: StackObject) {
  const [router, another] = routersOf(graph, config);
  if (router === undefined || another !== undefined || !isWorkload(router)) return undefined;
  const [command, second] = routerCommands(router.view);
  const value = command === undefined || second !== undefined ? undefined : routerArgument(command, flag)?.value;
  const seconds = value === undefined ? undefined : parseDuration(value.text)?.seconds;
  return value === undefined || seconds === undefined
    ? undefined
    : { text: value.text, seconds, node: value.word.node };
}

const place = ["flowControl", "saturationDetector", "pluginRef"];

/** The detector that counts. One that only the default names has no place to be mended at. */
function detectorOf({ plugins }: EppView, ref: string | undefined): EppPlugin | undefined {
  const found = plugins.find((plugin) => (ref === undefined ? plugin.type === usual : plugin.name === ref));
  return found?.type === usual ? found : undefined;
}

const usual = "utilization-detector";

function inWords(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

function raised({ node }: EppPlugin, written: Placed<string> | undefined, wanted: string): RawFix[] {
  if (written !== undefined && written.node.type !== "scalar") return [];
  const edits = setAll(node, ["parameters", "metricsStalenessThreshold"], wanted);
  return edits === undefined ? [] : [{ title: `Set metricsStalenessThreshold to ${wanted}`, safe: false, edits }];
}
