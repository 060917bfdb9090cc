import type { StackObject } from "../../kinds/stack-object.ts";
import { childrenOf, type Node } from "../../text/node.ts";
import { pluginsIn, profilesIn } from "./definitions.ts";
import { nameAt } from "./name.ts";
import type { Meaning, NamedTarget, Reference } from "./reference.ts";

/** Keys whose values name a plugin of the same document; those below `deciders` do so under any key. */
const namesPlugin = /^(?:\w*[pP]luginRef|\w*PluginName|\w*ProducerName|fairnessPolicyRef|orderingPolicyRef)$/;
/** The same for scheduling profiles and `profiles`. */
const namesProfile = /^(?:decode|prefill|encode|default)Profile$/;

/** What an endpoint picker's configuration calls by name within itself. */
export function pluginReferences(from: StackObject): Reference[] {
  if (from.kind.id !== "epp-config") return [];
  const found: Reference[] = [];
  const open: { node: Node; under: string }[] = [{ node: from.root, under: "" }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, under } = next;
    if (node.type !== "map") {
      for (const child of childrenOf(node)) open.push({ node: child, under: "" });
      continue;
    }
    for (const { key, value } of node.entries) {
      const word = key.type === "scalar" ? key.text : "";
      if (value.type === "map" || value.type === "seq") open.push({ node: value, under: word });
      else if (namesPlugin.test(word) || under === "deciders") found.push(...reference(from, value, "plugin"));
      else if (namesProfile.test(word) || under === "profiles") found.push(...reference(from, value, "profile"));
    }
  }
  return found.sort((a, b) => a.at.start - b.at.start);
}

function reference(from: StackObject, node: Node, type: "plugin" | "profile"): Reference[] {
  const name = nameAt(node);
  if (name === undefined) return [];
  const to: Meaning = { type };
  const defined: () => NamedTarget[] = () => (type === "plugin" ? pluginsIn(from) : profilesIn(from));
  return [{ from, at: name, to, byName: true, resolve: () => defined().filter((one) => one.name.text === name.text) }];
}
