import { pluginReferences } from "../../graph/references/plugins.ts";
import { type EppView, endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { pluginTypes } from "../../kinds/epp/plugin-types.ts";
import { type EppPlugin, isOf } from "../../kinds/epp/scheduling.ts";
import { profileNamed, stagesOf } from "../../kinds/epp/stages.ts";
import { defineRule } from "../rule.ts";
import { pluginNamed, removePlugin } from "./lists.ts";

const example = (unused: string) => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: queue-scorer
${unused}schedulingProfiles:
  - name: default
    plugins:
      - pluginRef: queue-scorer
`;

const scheduling: readonly string[] = ["filter", "scorer", "picker"];

export const unusedPlugin = defineRule({
  id: "epp/unused-plugin",
  title: "Plugin that no profile uses",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["EPP-16"],
  docs: {
    summary: "A filter, scorer or picker is declared, and no scheduling profile refers to it.",
    why: "A profile uses what it refers to. A declared scorer that none refers to has no say in which pod gets a request, and the endpoint picker does not complain. (Without any profile, all that is declared is used.)",
    mend: "Refer to it in a profile, scorers with a weight, or delete it.",
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/config/loader/defaults.go"],
  },
  examples: { bad: example("  - type: kv-cache-utilization-scorer # <-\n"), good: example("") },
  messages: {
    unused:
      "{object}: no profile refers to {name}, so it has no say in which pod gets a request. Refer to it, or delete it.",
  },
  reads: [endpointPickerConfig],
  check({ object, report }) {
    const { complete, plugins, profiles } = object.view;
    if (!complete || profiles.length === 0) return;
    const named = new Set(pluginReferences(object).flatMap(({ at, to }) => (to.type === "plugin" ? [at.text] : [])));
    // What a misspelt reference meant is not unused.
    const all = profiles.flatMap((profile) => profile.plugins);
    if (all.some(({ ref }) => pluginNamed(object.view, ref.value) === undefined)) return;
    for (const plugin of plugins) {
      if (isMissed(object.view, plugin)) continue;
      if (named.has(plugin.name) || !isForProfiles(plugin)) continue;
      // A profile without a picker takes one that is declared.
      if (isOf(plugin, "picker") && !profiles.every((profile) => hasPicker(object.view, profile.plugins))) continue;
      const slots = { object: object.title, name: plugin.name };
      report({ at: plugin.at, message: "unused", slots, fixes: removePlugin(object, plugin) });
    }
  },
});

/** A stage lacks it: epp/role-filter says so. */
function isMissed(view: EppView, { type }: EppPlugin): boolean {
  const stage = (["prefill", "decode", "encode"] as const).find((name) => type === `${name}-filter`);
  const stages = stage === undefined ? undefined : stagesOf(view);
  if (stage === undefined || stages?.prefillDecider === undefined) return false;
  return profileNamed(view, stages.profiles[stage]?.value ?? stage) !== undefined;
}

function isForProfiles({ type }: EppPlugin): boolean {
  const roles = pluginTypes.get(type)?.roles ?? [];
  return roles.length > 0 && roles.every((role) => scheduling.includes(role));
}

function hasPicker(view: EppView, entries: EppView["profiles"][number]["plugins"]): boolean {
  return entries.some(({ ref }) => {
    const plugin = pluginNamed(view, ref.value);
    return plugin !== undefined && isOf(plugin, "picker") === true;
  });
}
