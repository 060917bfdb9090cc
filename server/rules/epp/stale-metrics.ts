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
      "The interval of metrics-data-source, or the router's --refresh-metrics-interval, is not shorter than the metricsStalenessThreshold of utilization-detector.",
    why: "A pod whose metrics are older than the threshold (200ms by default) counts as saturated. With an interval of 1s and the default the whole pool reads as saturated for most of each second: requests wait or are shed while pods are free.",
    mend: "Let the threshold be three times the interval, or scrape more often.",
    sources: ["https://github.com/llm-d/llm-d-router/pull/2214"],
  },
  examples: { bad: example("200ms"), good: example("3s").replace(" # <-", "") },
  messages: {
    stale:
      "{object}: metrics come every {interval} and are stale after {staleness}, so pods count as saturated for most of the time. Raise metricsStalenessThreshold of {detector} to {wanted}.",
  },
  reads: [endpointPickerConfig],
  check(context) {
    const { object, report } = context;
    const { complete, plugins } = object.view;
    const detector = complete ? detectorOf(object.view, stringAt(object.root, ...place)?.value) : undefined;
    if (detector === undefined || routerFrom("0.9", context) === undefined) return;
    const written = stringAt(detector.parameters, "metricsStalenessThreshold");
    if (written === undefined && at(detector.parameters, "metricsStalenessThreshold") !== undefined) return;
    const staleness = written === undefined ? usualStaleness : parseDuration(written.value)?.seconds;
    const refresh = plugins.some(({ parameters }) => at(parameters, "interval") !== undefined)
      ? undefined
      : refreshOf(context.graph, object);
    if (refresh !== undefined && staleness !== undefined && refresh.seconds >= staleness) {
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
    for (const { type, parameters } of plugins) {
      const interval = type === "metrics-data-source" ? stringAt(parameters, "interval") : undefined;
      const seconds = interval === undefined ? undefined : parseDuration(interval.value)?.seconds;
      if (interval === undefined || seconds === undefined || staleness === undefined || seconds < staleness) continue;
      const wanted = inWords(seconds * scrapes);
      report({
        at: interval.node,
        message: "stale",
        slots: {
          object: object.title,
          interval: interval.value,
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
