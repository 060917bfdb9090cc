import { settingsFor } from "../../graph/settings-for.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import {
  type SaturationEntry,
  type SaturationView,
  saturationConfig,
  thresholdKeys,
} from "../../kinds/wva/saturation.ts";
import type { Scope } from "../completion/candidate.ts";
import { code } from "./markdown.ts";

/** What WVA uses when it finds nothing, in the versions that have such numbers (internal/interfaces/saturation_scaling.go). */
const builtIn = { kvCacheThreshold: 0.8, queueLengthThreshold: 5, kvSpareTrigger: 0.1, queueSpareTrigger: 3 } as const;
type Key = (typeof thresholdKeys)[number];

/** The newest version with these ConfigMaps; what counts where nobody says what runs. */
const newest = "0.8";

/** The entry as WVA uses it: with what it takes from `default`, or from nowhere. */
export function entryInEffect({ cursor, workspace }: Scope): string[] {
  const { carrier } = cursor.object.doc;
  if (cursor.object.kind.id !== "wva-saturation-entry" || carrier === undefined) return [];
  const outer = workspace.objectsOf(carrier.node.doc).find(isSaturation);
  const entries = outer?.view.entries ?? [];
  const own = entries.find(({ name }) => name === carrier.name);
  if (outer === undefined || own === undefined) return [];
  const said = settingsFor(workspace, cursor.object.path).version("wva") ?? shownBy(outer);
  const { how, value } = effectiveEntry(said ?? newest, own, entries);
  const values = thresholdKeys.map((key) => `${key} ${value(key)}`).join(", ");
  const guess = said === undefined ? ` No version is set: this is WVA ${newest}.` : "";
  return [`In effect for ${code(own.name)}: ${values}. ${how}${guess}`];
}

function isSaturation(object: StackObject): object is StackObject<SaturationView> {
  return object.kind.id === saturationConfig.id;
}

/** Only 0.4 reads a ConfigMap of this name. */
export function shownBy({ name }: StackObject): string | undefined {
  return /capacity-scaling-config$/.test(name?.value ?? "") ? "0.4" : undefined;
}

/** An entry's numbers as a version of WVA uses them; `isRead` unless that version takes others in its place. */
export function effectiveEntry(
  version: string,
  own: SaturationEntry,
  entries: readonly SaturationEntry[],
): { readonly how: string; readonly isRead: boolean; value(key: Key): number } {
  const shared = entries.find(({ name }) => name === "default");
  const of = (entry: SaturationEntry | undefined, key: Key) => entry?.thresholds[key]?.value;
  const minor = Number(/^v?0\.(\d+)/.exec(version)?.[1] ?? Number.POSITIVE_INFINITY);
  const isDefault = own.name === "default";
  if (minor <= 4) {
    const from = isDefault ? "has numbers of its own for what is left out" : "takes what is left out from `default`";
    return {
      how: `WVA 0.4 ${from}.`,
      isRead: true,
      value: (key: Key) => of(own, key) ?? of(shared, key) ?? builtIn[key],
    };
  }
  if (minor === 5) {
    const alone = isDefault ? "" : " It reads the entry `default` alone.";
    return {
      how: `WVA 0.5 counts what is left out as 0.${alone}`,
      isRead: isDefault,
      value: (key: Key) => of(shared, key) ?? 0,
    };
  }
  if (isDefault) {
    return {
      how: "WVA has numbers of its own for what is left out.",
      isRead: true,
      value: (key: Key) => of(own, key) ?? builtIn[key],
    };
  }
  if (!own.name.includes("#")) {
    return {
      how: "This is `default`: from 0.6 on WVA looks for an entry `<model>#<namespace>`, and never reads this one.",
      isRead: false,
      value: (key: Key) => of(shared, key) ?? builtIn[key],
    };
  }
  // Each entry is filled up before it is laid over `default`, and a zero counts as left out from 0.8 on.
  return {
    how: "Nothing comes from `default`: WVA fills an entry up with its own numbers first. Kubernetes refuses a key with `#`, though.",
    isRead: true,
    value: (key: Key) => (minor >= 8 ? of(own, key) || builtIn[key] : (of(own, key) ?? builtIn[key])),
  };
}
