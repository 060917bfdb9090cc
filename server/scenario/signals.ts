import type { Measure, Signal } from "../engine/simulation/signal.ts";
import { given, type Sourced } from "../engine/sourced.ts";
import type { Graph } from "../graph/graph.ts";
import { nearest } from "../graph/scope.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Span } from "../text/node.ts";
import { itemsAt, at as nodeAt, secondsAt } from "../text/read.ts";
import { within } from "./bounds.ts";
import type { Sources } from "./origin.ts";
import type { QueryShape } from "./query-shape.ts";

/** Which Deployment a variant of WVA speaks for, by the name that its series has. */
export type VariantNames = ReadonlyMap<string, string>;

export interface Asked {
  /** Of the signal: unique in a scenario. */
  readonly name: string;
  /** As people know it: the metric or the query. */
  readonly title: string;
  readonly shape: QueryShape | undefined;
  readonly at: Span;
  /** The workload that the autoscaler scales. */
  readonly target: string;
}

/** Rates without a window of their own come from an adapter's rule, which mostly looks back so far. */
const usualWindow = 60;

/** What a metric or a query tells an autoscaler; one that is not understood never has a value. */
export function signalOf(asked: Asked, scrape: Sourced<number>, variants: VariantNames, sources: Sources): Signal {
  const { name, title, shape, at, target } = asked;
  const common = { name, scrape, delay: given(0, "default: asked directly") };
  const nothing = { ...common, measure: { of: "constant", value: 0 } as const };
  if (shape === undefined) {
    sources.lacks(
      `signal ${title}`,
      "what it measures is not known here, so it has no value",
      `look at ${sources.place(at)}`,
    );
    return { ...nothing, missing: given("what it measures is not known here", sources.place(at)) };
  }
  const measure = measureOf(shape, target, variants);
  if (measure === undefined) {
    const variant = shape.labels.get("variant_name") ?? "";
    const why =
      variant === "" ? "it names no variant" : `no VariantAutoscaling "${variant}" of this model is in these files`;
    sources.lacks(`signal ${title}`, `${why}, so it has no value`, `look at ${sources.place(at)}`);
    return { ...nothing, missing: given(why, sources.place(at)) };
  }
  sources.note(`signal ${title}`, measure.of, sources.place(at));
  return { ...common, measure };
}

function measureOf(
  { meaning, over, window, labels }: QueryShape,
  target: string,
  variants: VariantNames,
): Measure | undefined {
  const back = window === undefined ? {} : { window: given(window) };
  switch (meaning) {
    case "desired-replicas":
    case "desired-ratio": {
      const named = labels.get("variant_name");
      const [only] = variants.size === 1 ? variants.values() : [];
      const variant = named === undefined ? only : variants.get(named);
      return variant === undefined ? undefined : { of: meaning, variant };
    }
    case "held":
    case "saturation":
    case "router-running":
    case "tokens-in-flight":
      return { of: meaning, ...back };
    case "arrival-rate":
      return { of: meaning, window: given(window ?? usualWindow) };
    case "finished-rate":
    case "prompt-token-rate":
    case "output-token-rate":
      return { of: meaning, over, variant: target, window: given(window ?? usualWindow) };
    default:
      return { of: meaning, over, variant: target, ...back };
  }
}

/** prometheus-operator: without an interval the Prometheus resource's own counts, 30 s there. */
const usualScrape = 30;

/** How often the pods are scraped: as the nearest monitor says. */
export function scrapeOf(graph: Graph, from: StackObject, sources: Sources): Sourced<number> {
  const monitors = ["pod-monitor", "service-monitor"].flatMap((id) => nearest(graph, from, graph.lookup(`kind/${id}`)));
  for (const { root } of monitors) {
    for (const key of ["podMetricsEndpoints", "endpoints"]) {
      for (const endpoint of itemsAt(nodeAt(root, "spec"), key)) {
        const interval = secondsAt(endpoint, "interval");
        if (interval !== undefined && interval.value > 0)
          return sources.said("scrape interval, s", within(interval.value, 1, 3600), sources.place(interval.node));
      }
    }
  }
  sources.lacks(
    "scrape interval",
    `no monitor says it; ${usualScrape} s are taken`,
    "interval in a PodMonitor or ServiceMonitor",
  );
  return sources.said("scrape interval, s", usualScrape, "default: prometheus-operator");
}
