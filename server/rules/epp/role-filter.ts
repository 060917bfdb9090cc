import type { RawFix } from "../../findings/raw-finding.ts";
import { type EppView, endpointPickerConfig } from "../../kinds/epp/kind.ts";
import type { SchedulingProfile } from "../../kinds/epp/scheduling.ts";
import { profileNamed, stagesOf } from "../../kinds/epp/stages.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { defineRule } from "../rule.ts";
import { addEntry, addPlugin, isScheduling, pluginNamed } from "./lists.ts";

const example = (filter: string) => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: prefill-filter
  - type: decode-filter
  - type: queue-scorer
  - type: prefix-based-pd-decider
    parameters: {nonCachedTokens: 16}
  - type: disagg-profile-handler
    parameters: {deciders: {prefill: prefix-based-pd-decider}}
schedulingProfiles:
${filter}      - pluginRef: queue-scorer
  - name: decode
    plugins:
      - pluginRef: decode-filter
      - pluginRef: queue-scorer
`;

/** Filters that can tell pods of one role from others: by a label. */
const byLabel = new Set(["label-selector-filter", "by-label-selector", "by-label", "header-based-testing-filter"]);
const roles = ["prefill", "decode", "encode"] as const;

export const roleFilter = defineRule({
  id: "epp/role-filter",
  title: "Stage that takes pods of any role",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["EPP-10"],
  docs: {
    summary: "The profile of a stage (prefill, decode, encode) has no filter that keeps the pods of that role.",
    why: "A profile takes the best-scored pod of the whole pool. Without prefill-filter prefill requests land on decode pods, and without decode-filter requests are decoded on prefill pods, where answers and prompts disturb each other.",
    mend: "Refer to prefill-filter, decode-filter or encode-filter in the profile. They go by the label llm-d.ai/role; for another label use label-selector-filter.",
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/deploy/config/pd-epp-config.yaml"],
  },
  examples: {
    bad: example("  - name: prefill # <-\n    plugins:\n"),
    good: example("  - name: prefill\n    plugins:\n      - pluginRef: prefill-filter\n"),
  },
  messages: {
    any: "{object}: profile {profile} has no {filter}, so {stage} may go to a pod of any role. Refer to {filter} in it.",
  },
  reads: [endpointPickerConfig],
  check({ object, report }) {
    const { view } = object;
    const stages = view.complete ? stagesOf(view) : undefined;
    if (stages === undefined || stages.prefillDecider === undefined) return;
    for (const stage of roles) {
      const profile = profileNamed(view, stages.profiles[stage]?.value ?? stage);
      if (profile?.name === undefined || keepsRole(view, profile, `${stage}-filter`)) continue;
      const filter = `${stage}-filter`;
      report({
        at: profile.name.node,
        message: "any",
        slots: { object: object.title, profile: profile.name.value, filter, stage },
        fixes: filtered(object, profile, filter),
      });
    }
  },
});

/** Also where a plugin is of a type that may do it, or that nobody here knows. */
function keepsRole(view: EppView, { plugins }: SchedulingProfile, filter: string): boolean {
  return plugins.some(({ ref }) => {
    const plugin = pluginNamed(view, ref.value);
    if (plugin === undefined || isScheduling(plugin) === undefined) return true;
    return plugin.type === filter || byLabel.has(plugin.type);
  });
}

function filtered(object: StackObject<EppView>, profile: SchedulingProfile, filter: string): RawFix[] {
  const declared = object.view.plugins.find(({ type }) => type === filter);
  const entry = addEntry(profile, declared?.name ?? filter);
  const plugin = declared === undefined ? addPlugin(object, { type: filter }) : undefined;
  if (entry === undefined || (declared === undefined && plugin === undefined)) return [];
  return [{ title: `Add ${filter}`, safe: false, edits: plugin === undefined ? [entry] : [plugin, entry] }];
}
