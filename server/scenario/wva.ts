import type { Settings } from "../config/settings.ts";
import type { Wva, WvaVariant } from "../engine/simulation/scenario.ts";
import { given, type Sourced } from "../engine/sourced.ts";
import { builtInEntry, builtInTokenThresholds } from "../engine/wva/config/defaults.ts";
import { goDuration } from "../engine/wva/config/duration.ts";
import { type ScalingEntry, thresholdsOf, usesTokens } from "../engine/wva/config/entry.ts";
import { resolveEntry } from "../engine/wva/config/resolve.ts";
import { type ScaleToZeroEntry, scaleToZeroOf } from "../engine/wva/config/scale-to-zero.ts";
import type { WvaProfile } from "../engine/wva/profiles.ts";
import { variantCost } from "../engine/wva/variant.ts";
import type { Graph } from "../graph/graph.ts";
import { saturationEntriesFor } from "../graph/saturation-entries.ts";
import { hasOwnBounds, statedRelease } from "../graph/wva-release.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Node } from "../text/node.ts";
import { scalarAt, stringAt } from "../text/read.ts";
import { within } from "./bounds.ts";
import type { Sources } from "./origin.ts";
import { numbersOf } from "./saturation-numbers.ts";
import { profileOf } from "./wva-profile.ts";
import type { WrittenVariant } from "./wva-variants.ts";

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
  const entry = entryFor(first.from, profile, request);
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
  const [profile, told] = variants.some(({ isAnnotated }) => isAnnotated)
    ? (["main", "0.9"] as const)
    : variants.some(({ from }) => hasOwnBounds(from))
      ? (["v0.6", "0.6"] as const)
      : (["v0.5", "0.5"] as const);
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

function variantOf(variant: WrittenVariant, profile: WvaProfile, sources: Sources): WvaVariant {
  const { from, workload, gpu, cost, accelerator, role } = variant;
  const knowsBounds = profile === "v0.6" || profile === "main";
  const bound = (key: "minReplicas" | "maxReplicas") => {
    const written = knowsBounds ? variant[key] : undefined;
    return written === undefined ? {} : { [key]: sources.number(`${from.title}: ${key}`, written, 0, "") };
  };
  const place = cost === undefined ? "default: WVA" : sources.place(cost.node);
  return {
    name: workload,
    cost: sources.said(`${from.title}: cost of a replica to WVA`, variantCost(cost?.value), place),
    accelerator: accelerator ?? gpu,
    ...bound("minReplicas"),
    ...bound("maxReplicas"),
    ...(role === undefined || profile !== "main" ? {} : { role }),
  };
}

/** Its entry in the ConfigMap of models that may go to zero, else the environment of the controller. */
function zeroOf({ graph, model, sources }: WvaRequest): Pick<Wva, "zero"> {
  const switched = [...graph.lookup("kind/wva-manager"), ...graph.lookup("kind/wva-manager-file")]
    .map(({ root }) => stringAt(root, "data", "WVA_SCALE_TO_ZERO") ?? stringAt(root, "WVA_SCALE_TO_ZERO"))
    .find((written) => written !== undefined);
  const written = graph.lookup("kind/wva-scale-to-zero-entry");
  if (switched === undefined && written.length === 0) return {};
  const entries = new Map(written.flatMap(({ root, doc }) => zeroEntryOf(root, doc.carrier?.name ?? "")));
  const { enabled, retention } = scaleToZeroOf(entries, model, switched?.value);
  const first = written[0];
  const place = first === undefined ? switched && sources.place(switched.node) : sources.place(first.root);
  sources.note("WVA: scale to zero", String(enabled), place ?? "default: WVA");
  const origin = first === undefined ? "default: WVA" : sources.place(first.root);
  return {
    zero: { scaleToZero: enabled, retention: sources.said("WVA: retention before zero, s", retention, origin) },
  };
}

function zeroEntryOf(root: Node, key: string): readonly (readonly [string, ScaleToZeroEntry])[] {
  const [modelId, period, enabled] = ["model_id", "retention_period", "enable_scale_to_zero"].map(
    (name) => scalarAt(root, name)?.text,
  );
  return [
    [
      key,
      {
        ...(modelId === undefined ? {} : { modelId }),
        ...(period === undefined ? {} : { retentionPeriod: period }),
        ...(enabled === undefined ? {} : { enabled: enabled === "true" }),
      },
    ],
  ];
}
