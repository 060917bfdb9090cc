import { onlyReady } from "../engine/epp/filter.ts";
import { maxScorePicker } from "../engine/epp/picker.ts";
import type { SchedulingProfile, WeightedScorer } from "../engine/epp/profile.ts";
import {
  activeRequestScorer,
  kvScorer,
  loadAwareScorer,
  prefixScorer,
  queueScorer,
  runningScorer,
  type Scorer,
  tokenLoadScorer,
} from "../engine/epp/scorer.ts";
import type { Router } from "../engine/simulation/scenario.ts";
import { given } from "../engine/sourced.ts";
import type { Graph } from "../graph/graph.ts";
import { routerThresholds } from "../graph/router-thresholds.ts";
import { nearest } from "../graph/scope.ts";
import { defaultThresholds, type EppView } from "../kinds/epp/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { itemsAt, numberAt, stringAt } from "../text/read.ts";
import type { Sources } from "./origin.ts";

/** Scorers by the type of their plugin (llm-d-router, and the Gateway API Inference Extension before it). */
const scorers: ReadonlyMap<string, Scorer> = new Map([
  ["queue-scorer", queueScorer],
  ["kv-cache-utilization-scorer", kvScorer],
  ["kv-cache-scorer", kvScorer],
  ["prefix-cache-scorer", prefixScorer()],
  ["precise-prefix-cache-scorer", prefixScorer()],
  ["running-requests-size-scorer", runningScorer],
  ["load-aware-scorer", loadAwareScorer()],
  ["active-request-scorer", activeRequestScorer()],
  ["token-load-scorer", tokenLoadScorer()],
]);

/** llm-d-router: seconds between two looks at the pods' metrics, and the longest that flow control holds a request. */
const looksEvery = 0.05;
const longestHold = 60;

/** How requests find a replica: by the nearest EndpointPickerConfig, else in turns. */
export function routerOf(graph: Graph, from: StackObject, sources: Sources): Router {
  const configs = graph.lookup("kind/epp-config") as readonly StackObject<EppView>[];
  const found = nearest(graph, from, configs, "any-namespace") as readonly StackObject<EppView>[];
  const [config] = found;
  const scrape = given(looksEvery, "default: llm-d-router");
  const usual = {
    queueDepth: given<number>(defaultThresholds.queueDepth, "default: router"),
    kvUsage: given<number>(defaultThresholds.kvCacheUtil, "default: router"),
  };
  if (config === undefined || found.length > 1) {
    const why =
      config === undefined ? "no EndpointPickerConfig is in these files" : "several EndpointPickerConfigs may be meant";
    sources.lacks("routing", `${why}; requests go to the replicas in turns`, "name the router's files too");
    return { scrape, detector: usual };
  }
  const detector = { ...usual };
  for (const { wvaKey, value, written } of routerThresholds(config)) {
    const origin = written === undefined ? "default: router" : sources.spot(written.node);
    const sourced = sources.said(`router: ${wvaKey}`, value, origin);
    if (wvaKey === "kvCacheThreshold") detector.kvUsage = sourced;
    if (wvaKey === "queueLengthThreshold") detector.queueDepth = sourced;
  }
  const gates = itemsAt(config.root, "featureGates").flatMap((gate) => stringAt(gate)?.value ?? []);
  const holds = gates.includes("flowControl") || gates.includes("flowControl=true");
  sources.note("router: flow control", holds ? "on" : "off", sources.place(config));
  return {
    profile: profileOf(config, sources),
    scrape,
    detector,
    ...(holds ? { flowControl: { timeout: given(longestHold, "default: llm-d-router") } } : {}),
  };
}

function profileOf({ root, view }: StackObject<EppView>, sources: Sources): SchedulingProfile {
  const [profile] = itemsAt(root, "schedulingProfiles");
  const typeOf = new Map(view.plugins.map(({ name, type }) => [name, type]));
  const weighted: WeightedScorer[] = [];
  for (const plugin of itemsAt(profile, "plugins")) {
    const ref = stringAt(plugin, "pluginRef");
    if (ref === undefined) continue;
    const type = typeOf.get(ref.value) ?? ref.value;
    const scorer = scorers.get(type);
    const weight = numberAt(plugin, "weight");
    if (scorer !== undefined) {
      weighted.push({ scorer, weight: weight?.value ?? 1 });
      sources.note(`router: weight of ${type}`, String(weight?.value ?? 1), sources.place(weight?.node ?? plugin));
    } else if (type.endsWith("-scorer"))
      sources.lacks(`router: ${type}`, "it is not simulated and gives no points", `look at ${sources.place(plugin)}`);
  }
  return {
    name: "default",
    filters: [onlyReady],
    scorers: weighted,
    picker: maxScorePicker,
    clamped: true,
    whenNoneLeft: "refuse",
  };
}
