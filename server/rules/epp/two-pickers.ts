import type { RawFix } from "../../findings/raw-finding.ts";
import { type EppView, endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { isOf, type ProfileEntry, type SchedulingProfile } from "../../kinds/epp/scheduling.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { defineRule } from "../rule.ts";
import { pluginNamed, removePlugin, removeReference } from "./lists.ts";

const example = (second: string) => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: queue-scorer
  - type: random-picker
${second === "" ? "" : "  - type: max-score-picker\n"}schedulingProfiles:
  - name: default
    plugins:
      - pluginRef: queue-scorer
      - pluginRef: random-picker
${second}`;

export const twoPickers = defineRule({
  id: "epp/two-pickers",
  title: "Two pickers in one profile",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["EPP-06"],
  docs: {
    summary: "A scheduling profile refers to more than one picker.",
    why: "The picker takes one pod of those that the scorers put in order, so a profile can have only one. The endpoint picker refuses a second one and does not start.",
    mend: "Keep one. Without any, max-score-picker is taken.",
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/scheduling/scheduler_profile.go"],
  },
  examples: { bad: example("      - pluginRef: max-score-picker # <-\n"), good: example("") },
  messages: {
    two: "{object}: profile {profile} has two pickers, {first} and {second}. The endpoint picker refuses that and does not start. Keep one.",
  },
  reads: [endpointPickerConfig],
  check({ object, report }) {
    for (const profile of object.view.profiles) {
      const pickers = profile.plugins.filter(({ ref }) => {
        const plugin = pluginNamed(object.view, ref.value);
        return plugin !== undefined && isOf(plugin, "picker") === true;
      });
      const [first, ...others] = pickers;
      for (const other of others) {
        const slots = { object: object.title, profile: profile.name?.value ?? "", second: other.ref.value };
        report({
          at: other.ref.node,
          message: "two",
          slots: { ...slots, first: first?.ref.value ?? "" },
          related: first === undefined ? [] : [{ at: first.ref.node, message: "The first picker" }],
          fixes: keepFirst(object, profile, other),
        });
      }
    }
  },
});

/** Without the second picker, which goes from the list too when nobody else refers to it. */
function keepFirst(object: StackObject<EppView>, profile: SchedulingProfile, { ref, node }: ProfileEntry): RawFix[] {
  const { view } = object;
  const [fix] = removeReference(profile, { node });
  const uses = view.profiles.flatMap(({ plugins }) => plugins).filter((entry) => entry.ref.value === ref.value);
  const plugin = uses.length === 1 ? pluginNamed(view, ref.value) : undefined;
  const removal = plugin === undefined ? undefined : removePlugin(object, plugin)[0];
  return fix === undefined ? [] : [{ ...fix, edits: [...fix.edits, ...(removal?.edits ?? [])] }];
}
