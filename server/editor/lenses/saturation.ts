import { builtInTokenThresholds } from "../../engine/wva/config/defaults.ts";
import { type ScalingEntry, thresholdsOf, usesTokens } from "../../engine/wva/config/entry.ts";
import { type ModelName, resolveEntry, type ScalingEntries } from "../../engine/wva/config/resolve.ts";
import type { WvaProfile } from "../../engine/wva/profiles.ts";
import { autoscalersOf } from "../../graph/autoscalers.ts";
import type { Graph } from "../../graph/graph.ts";
import { saturationEntriesFor } from "../../graph/saturation-entries.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { statedRelease } from "../../graph/wva-release.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { SaturationEntry, SaturationView } from "../../kinds/wva/saturation.ts";
import type { VariantView } from "../../kinds/wva/variant-autoscaling.ts";
import { numbersOf } from "../../scenario/saturation-numbers.ts";
import { profileOf } from "../../scenario/wva-profile.ts";
import { plainNumber } from "./figures.ts";
import type { Lens, Surroundings } from "./lens.ts";
import { afterText, followsWva, waitOf } from "./trigger.ts";

type Variant = StackObject<VariantView>;

/** Where nobody says which version runs, only what all of them do is told. */
const everyProfile: readonly WvaProfile[] = ["v0.4", "v0.5", "v0.6", "main"];
const mostVariants = 100;

/** When WVA wants one more replica of a variant. */
export function variantLenses(variant: Variant, surroundings: Surroundings): Lens[] {
  const entries = saturationEntriesFor(surroundings.graph, variant);
  const model = { modelId: variant.view.modelId?.value ?? "", namespace: variant.namespace ?? "" };
  const trigger = triggerOf(entries, model, profilesFor(variant, surroundings));
  if (trigger === undefined) return [];
  const tell = () => ({ title: `up${waitsOf(surroundings.graph, [variant])} at ${trigger}` });
  return [{ id: "trigger", at: variant, tell }];
}

/** The same for each entry that WVA reads. */
export function saturationLenses(config: StackObject<SaturationView>, surroundings: Surroundings): Lens[] {
  const { entries } = config.view;
  const profiles = profilesFor(config, surroundings);
  return entries.flatMap((entry): Lens[] => {
    const at = entry.doc.carrier?.node;
    const trigger = triggerOf(entries, modelOf(entry), profiles);
    if (at === undefined || trigger === undefined || !isRead(entry, profiles)) return [];
    const tell = () => ({
      title: `up${waitsOf(surroundings.graph, variantsBy(surroundings.graph, entry, entries))} at ${trigger}`,
    });
    return [{ id: `entry ${entry.name}`, at, tell }];
  });
}

function profilesFor(object: StackObject, { settings }: Surroundings): readonly WvaProfile[] {
  const stated = statedRelease(settings(object));
  return stated === undefined ? everyProfile : [profileOf(stated)];
}

function modelOf({ modelId, namespace }: SaturationEntry): ModelName {
  return { modelId: modelId?.value ?? "", namespace: namespace?.value ?? "" };
}

/** From 0.5 on WVA reads `default`, and entries under a name that no ConfigMap can have. */
function isRead({ name, modelId }: SaturationEntry, profiles: readonly WvaProfile[]): boolean {
  return name === "default" || (modelId !== undefined && profiles.every((profile) => profile === "v0.4"));
}

function triggerOf(
  entries: readonly SaturationEntry[],
  model: ModelName,
  profiles: readonly WvaProfile[],
): string | undefined {
  const read = readAll(entries);
  if (read === undefined || read.size === 0) return undefined;
  const [first, ...others] = profiles.map((profile) => wordsOf(resolveEntry(read, model, profile)));
  return others.every((words) => words === first) ? first : undefined;
}

/** Absent where one of them cannot be read: it may be the one that counts. */
function readAll(entries: readonly SaturationEntry[]): ScalingEntries | undefined {
  const read = new Map<string, ScalingEntry>();
  for (const entry of entries) {
    const numbers = numbersOf(entry);
    if (numbers === undefined) return undefined;
    const { modelId, namespace } = modelOf(entry);
    read.set(entry.name, { ...numbers.entry, ...(modelId && { modelId }), ...(namespace && { namespace }) });
  }
  return read;
}

function wordsOf(entry: ScalingEntry | undefined): string | undefined {
  if (entry === undefined) return undefined;
  if (usesTokens(entry)) {
    const { scaleUpThreshold = builtInTokenThresholds.scaleUpThreshold } = entry;
    return `tokens asked for > ${scaleUpThreshold.toFixed(2)} of supply`;
  }
  const { kvSpareTrigger, queueSpareTrigger } = thresholdsOf(entry);
  const parts = [
    ...(kvSpareTrigger > 0 ? [`avg spare KV < ${kvSpareTrigger.toFixed(2)}`] : []),
    ...(queueSpareTrigger > 0 ? [`avg spare queue < ${plainNumber(queueSpareTrigger)}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(" or ");
}

function variantsBy(graph: Graph, { modelId }: SaturationEntry, entries: readonly SaturationEntry[]): Variant[] {
  const all = graph.lookup("kind/variant-autoscaling").slice(0, mostVariants) as Variant[];
  return all.filter(
    (variant) =>
      (modelId === undefined || variant.view.modelId?.value === modelId.value) &&
      saturationEntriesFor(graph, variant) === entries,
  );
}

/** What the autoscalers behind WVA wait, where they all wait alike. */
function waitsOf(graph: Graph, variants: readonly Variant[]): string {
  const waits = new Set(variants.map((variant) => waitBehind(graph, variant)));
  const [wait] = waits;
  return waits.size === 1 && typeof wait === "number" ? afterText(wait) : "";
}

function waitBehind(graph: Graph, variant: Variant): number | "never" | undefined {
  const workload = workloadOf(graph, variant, variant.view.target);
  const [autoscaler, another] = workload === undefined ? [] : autoscalersOf(graph, workload);
  if (autoscaler === undefined || another !== undefined || !followsWva(autoscaler)) return undefined;
  return waitOf(autoscaler);
}
