import type { Settings } from "../config/settings.ts";
import type { Wva, WvaVariant } from "../engine/simulation/scenario.ts";
import { given, type Sourced } from "../engine/sourced.ts";
import { builtInEntry, builtInTokenThresholds } from "../engine/wva/config/defaults.ts";
import { goDuration } from "../engine/wva/config/duration.ts";
import { type ScalingEntry, thresholdsOf, usesTokens } from "../engine/wva/config/entry.ts";
import { resolveEntry } from "../engine/wva/config/resolve.ts";
import { defaultRetention } from "../engine/wva/config/scale-to-zero.ts";
import type { WvaProfile } from "../engine/wva/profiles.ts";
import { variantCost } from "../engine/wva/variant.ts";
import type { Graph } from "../graph/graph.ts";
import { saturationEntriesFor } from "../graph/saturation-entries.ts";
import { hasOwnBounds, statedRelease } from "../graph/wva-release.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { VariantView } from "../kinds/wva/variant-autoscaling.ts";
import { numberAt, stringAt } from "../text/read.ts";
import { within } from "./bounds.ts";
import type { Sources } from "./origin.ts";
import { numbersOf } from "./saturation-numbers.ts";
import { profileOf } from "./wva-profile.ts";

/** A variant of WVA and the workload that it speaks for. */
export interface WrittenVariant {
  readonly object: StackObject<VariantView>;
  readonly workload: string;
  /** Of its nodes, where no label says one. */
  readonly gpu: string;
}

export interface WvaRequest {
  readonly graph: Graph;
  readonly settings: Settings;
  readonly model: string;
  readonly scrape: Sourced<number>;
  readonly sources: Sources;
}

/** WVA's queries take the greatest value of the last minute (internal/collector). */
const window = 60;

export function wvaOf(variants: readonly WrittenVariant[], request: WvaRequest): Wva | undefined {
  const [first] = variants;
  if (first === undefined) return undefined;
  const { scrape, sources } = request;
  const profile = profileFor(variants, request);
  const entry = entryFor(first.object, profile, request);
  const origins = new Map<string, string>(entry.origins);
  return {
    profile,
    interval: intervalOf(profile, request),
    thresholds: thresholdsOf(entry.entry),
    ...(usesTokens(entry.entry) ? { tokens: { ...thresholdsOf(entry.entry), ...tokenThresholds(entry.entry) } } : {}),
    scrape,
    window: given(window, "default: WVA"),
    variants: variants.map((variant) => variantOf(variant, profile, sources)),
    ...zeroOf(request),
    limiter: entry.entry.enableLimiter === true,
    origins,
  };
}

function profileFor(variants: readonly WrittenVariant[], { settings, sources }: WvaRequest): WvaProfile {
  const stated = statedRelease(settings);
  if (stated !== undefined) {
    sources.note("version of WVA", stated.name, "versions.wva in headroom.config.yaml");
    return profileOf(stated);
  }
  const bounded = variants.some(({ object }) => hasOwnBounds(object));
  const [profile, told] = bounded ? (["v0.6", "0.6"] as const) : (["v0.5", "0.5"] as const);
  sources.lacks("version of WVA", `no file says it; ${told} is taken`, "versions.wva in headroom.config.yaml");
  return profile;
}

/** 0.5 decides every 30 s whatever its settings say; others as GLOBAL_OPT_INTERVAL says, 60 s by default. */
function intervalOf(profile: WvaProfile, { graph, sources }: WvaRequest): Sourced<number> {
  if (profile === "v0.5" || profile === "v0.5-rc")
    return sources.said("WVA: seconds between decisions", 30, "default: WVA 0.5");
  const managers = [...graph.lookup("kind/wva-manager"), ...graph.lookup("kind/wva-manager-file")];
  for (const { root } of managers) {
    const written = stringAt(root, "data", "GLOBAL_OPT_INTERVAL") ?? stringAt(root, "GLOBAL_OPT_INTERVAL");
    const interval = goDuration(written?.value ?? "");
    if (written !== undefined && interval !== undefined && interval > 0)
      return sources.said("WVA: seconds between decisions", within(interval, 1, 86_400), sources.place(written.node));
  }
  return sources.said("WVA: seconds between decisions", 60, "default: WVA");
}

function entryFor(
  from: StackObject,
  profile: WvaProfile,
  { graph, model, sources }: WvaRequest,
): { readonly entry: ScalingEntry; readonly origins: readonly (readonly [string, string])[] } {
  const written = saturationEntriesFor(graph, from);
  const read = written.flatMap((one) => {
    const numbers = numbersOf(one);
    if (numbers === undefined) return [];
    const named = {
      ...(one.modelId && { modelId: one.modelId.value }),
      ...(one.namespace && { namespace: one.namespace.value }),
    };
    return [{ name: one.name, entry: { ...numbers.entry, ...named }, placed: numbers.placed }];
  });
  const entries = new Map(read.map(({ name, entry }) => [name, entry]));
  const namespace = from.namespace ?? "";
  const entry = read.length === 0 ? undefined : resolveEntry(entries, { modelId: model, namespace }, profile);
  if (entry === undefined) {
    sources.lacks(
      "thresholds of WVA",
      "no saturation ConfigMap of these files counts; WVA's own are taken",
      "a ConfigMap wva-saturation-scaling-config",
    );
    return { entry: builtInEntry, origins: [] };
  }
  const origins = read.flatMap(({ placed }) =>
    Object.entries(placed).flatMap(([key, one]) =>
      one !== undefined && entry[key as keyof ScalingEntry] === one.value
        ? [[key, sources.spot(one.node)] as const]
        : [],
    ),
  );
  const unique = new Map(origins.toReversed());
  for (const [key, origin] of origins)
    sources.note(`WVA: ${key}`, String(entry[key as keyof ScalingEntry]), unique.get(key) ?? origin);
  return { entry, origins: [...unique] };
}

function tokenThresholds({ scaleUpThreshold, scaleDownBoundary }: ScalingEntry) {
  return {
    scaleUpThreshold: scaleUpThreshold ?? builtInTokenThresholds.scaleUpThreshold,
    scaleDownBoundary: scaleDownBoundary ?? builtInTokenThresholds.scaleDownBoundary,
  };
}

function variantOf({ object, workload, gpu }: WrittenVariant, profile: WvaProfile, sources: Sources): WvaVariant {
  const { root } = object;
  const cost = stringAt(root, "spec", "variantCost");
  const accelerator = object.label("inference.optimization/acceleratorName")?.value ?? gpu;
  const knowsBounds = profile === "v0.6" || profile === "main";
  const bound = (key: "minReplicas" | "maxReplicas") => {
    const written = knowsBounds ? numberAt(root, "spec", key) : undefined;
    return written === undefined ? {} : { [key]: sources.number(`${object.title}: ${key}`, written, 0, "") };
  };
  const place = cost === undefined ? "default: WVA" : sources.place(cost.node);
  return {
    name: workload,
    cost: sources.said(`${object.title}: variantCost`, variantCost(cost?.value), place),
    accelerator,
    ...bound("minReplicas"),
    ...bound("maxReplicas"),
  };
}

function zeroOf({ graph, sources }: WvaRequest): Pick<Wva, "zero"> {
  for (const { root } of [...graph.lookup("kind/wva-manager"), ...graph.lookup("kind/wva-manager-file")]) {
    const written = stringAt(root, "data", "WVA_SCALE_TO_ZERO") ?? stringAt(root, "WVA_SCALE_TO_ZERO");
    if (written === undefined) continue;
    const scaleToZero = written.value.toLowerCase() === "true";
    sources.note("WVA: scale to zero", String(scaleToZero), sources.place(written.node));
    return { zero: { scaleToZero, retention: given(defaultRetention, "default: WVA") } };
  }
  return {};
}
