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

/** What WVA uses when it finds nothing, in the versions that have such numbers. */
const builtIn = { kvCacheThreshold: 0.8, queueLengthThreshold: 5, kvSpareTrigger: 0.1, queueSpareTrigger: 3 } as const;

/** The entry as WVA uses it: with what it takes from `default`, or from nowhere. */
export function entryInEffect({ cursor, workspace }: Scope): string[] {
  const { carrier } = cursor.object.doc;
  if (cursor.object.kind.id !== "wva-saturation-entry" || carrier === undefined) return [];
  const outer = workspace.objectsOf(carrier.node.doc).find(isSaturation);
  const entries = outer?.view.entries ?? [];
  const own = entries.find(({ name }) => name === carrier.name);
  if (own === undefined) return [];
  const { how, values } = effective(settingsFor(workspace, cursor.object.path).version("wva"), own, entries);
  const said = thresholdKeys.map((key) => `${key} ${values(key)}`).join(", ");
  return [`In effect for ${code(own.name)}: ${said}. ${how}`];
}

function isSaturation(object: StackObject): object is StackObject<SaturationView> {
  return object.kind.id === saturationConfig.id;
}

type Key = (typeof thresholdKeys)[number];

function effective(version: string | undefined, own: SaturationEntry, entries: readonly SaturationEntry[]) {
  const shared = entries.find(({ name }) => name === "default");
  const of = (entry: SaturationEntry | undefined, key: Key) => entry?.thresholds[key]?.value;
  const minor = /^v?0\.(\d+)/.exec(version ?? "")?.[1];
  if (minor === "4") {
    return {
      how: "WVA 0.4 takes what is left out from `default`.",
      values: (key: Key) => of(own, key) ?? of(shared, key) ?? builtIn[key],
    };
  }
  if (minor === "5") {
    const alone = own.name === "default" ? "" : " It reads the entry `default` alone.";
    return { how: `WVA 0.5 counts what is left out as 0.${alone}`, values: (key: Key) => of(shared, key) ?? 0 };
  }
  const whose = own.name === "default" ? "" : ", not by those of `default`";
  return {
    how: `What is left out counts with WVA's own numbers${whose}.`,
    values: (key: Key) => of(own, key) ?? builtIn[key],
  };
}
