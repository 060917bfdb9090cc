import type { RawFix } from "../../findings/raw-finding.ts";
import { pluginReferences } from "../../graph/references/plugins.ts";
import type { EppView } from "../../kinds/epp/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { setEntry, setScalar } from "../../text/edits.ts";
import type { MapNode } from "../../text/node.ts";
import { at } from "../../text/read.ts";

/** Types of plugins that only got another name, with the same parameters: llm-d-router 0.9. */
const newNames: ReadonlyMap<string, string> = new Map([
  ["by-label-selector", "label-selector-filter"],
  ["tokenizer", "token-producer"],
]);

/** The new name for a plugin's type. What refers to the plugin by its type keeps its word: it becomes the name. */
export function renameType(object: StackObject, plugin: MapNode | undefined): RawFix[] {
  const type = plugin === undefined ? undefined : at(plugin, "type");
  if (object.kind.id !== "epp-config" || plugin === undefined || type?.type !== "scalar") return [];
  const name = newNames.get(type.text);
  if (name === undefined || type.anchor !== undefined) return [];
  const named = at(plugin, "name") !== undefined;
  const isMeant = pluginReferences(object as StackObject<EppView>).some(({ at: ref }) => ref.text === type.text);
  const edits = [setScalar(type, name), ...(named || !isMeant ? [] : [setEntry(plugin, "name", type.text)])];
  return [{ title: `Write ${name}`, safe: true, edits }];
}
