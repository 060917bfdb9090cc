import type { RawFix } from "../../findings/raw-finding.ts";
import type { EppView } from "../../kinds/epp/kind.ts";
import { type EppPlugin, isOf, type SchedulingProfile } from "../../kinds/epp/scheduling.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { addItem, type DocumentEdit } from "../../text/edits.ts";
import { mapAt, seqAt } from "../../text/read.ts";
import { stringYaml, type YamlMap } from "../../text/write.ts";
import { fixOf, removeItems } from "../vllm/mend.ts";

/** A further plugin at the end of the list. */
export function addPlugin({ root }: StackObject, yaml: YamlMap): DocumentEdit | undefined {
  const list = seqAt(root, "plugins");
  return list === undefined ? undefined : addItem(list, yaml);
}

/** A further entry at the end of a profile. */
export function addEntry({ node }: SchedulingProfile, plugin: string): DocumentEdit | undefined {
  const list = seqAt(node, "plugins");
  return list === undefined ? undefined : addItem(list, { pluginRef: stringYaml(plugin) });
}

/** Takes a plugin out of the list. */
export function removePlugin({ root }: StackObject, { node, name }: EppPlugin): RawFix[] {
  const list = seqAt(root, "plugins");
  const item = list?.items.find((one) => mapAt(one) === node);
  return item === undefined ? [] : fixOf(`Delete the plugin ${name}`, false, removeItems(list, new Set([item])));
}

/** Takes an entry out of a profile. */
export function removeReference({ node: profile }: SchedulingProfile, entry: { readonly node: object }): RawFix[] {
  const list = seqAt(profile, "plugins");
  const item = list?.items.find((one) => mapAt(one) === entry.node);
  return item === undefined ? [] : fixOf("Delete it from the profile", false, removeItems(list, new Set([item])));
}

/** The one plugin of a name. */
export function pluginNamed({ plugins }: EppView, name: string): EppPlugin | undefined {
  const found = plugins.filter((plugin) => plugin.name === name);
  return found.length === 1 ? found[0] : undefined;
}

/** Whether a profile can do something with a plugin; `undefined` for types that nobody here knows. */
export function isScheduling(plugin: EppPlugin): boolean | undefined {
  const roles = ["filter", "scorer", "picker"].map((role) => isOf(plugin, role));
  return roles.includes(undefined) ? undefined : roles.includes(true);
}

/** A name that no plugin has yet. */
export function freeName({ plugins }: EppView, wanted: string): string {
  for (let number = 2; ; number++) {
    const name = `${wanted}-${number}`;
    if (!plugins.some((plugin) => plugin.name === name)) return name;
  }
}
