import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { pluginTypes } from "../../kinds/epp/plugin-types.ts";
import { isOf } from "../../kinds/epp/scheduling.ts";
import { removeEntry } from "../../text/edits.ts";
import { defineRule } from "../rule.ts";
import { fixOf } from "../vllm/mend.ts";
import { isScheduling, pluginNamed, removeReference } from "./lists.ts";
import { routerFrom } from "./router.ts";

const example = (entry: string) => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: queue-scorer
  - type: token-producer
schedulingProfiles:
  - name: default
    plugins:
${entry}      - pluginRef: queue-scorer
`;

export const withoutEffect = defineRule({
  id: "epp/without-effect",
  title: "Entry of a profile that does nothing",
  since: "0.1.0",
  severity: "info",
  fixable: "suggestion",
  refs: ["EPP-17"],
  docs: {
    summary:
      "A scheduling profile refers to a plugin that is no filter, scorer or picker, or gives a weight to one that does not score.",
    why: "Profiles run filters, scorers and a picker; producers, handlers, detectors and parsers are used wherever they are declared, whether a profile names them or not. A weight is for scorers; filters and pickers ignore it.",
    mend: "Delete the entry, or the weight.",
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/scheduling/scheduler_profile.go"],
  },
  examples: { bad: example("      - pluginRef: token-producer # <-\n"), good: example("") },
  messages: {
    entry:
      "{object}: {name} is a {role}, which a profile does not run: its place in profile {profile} has no effect. Delete it there.",
    weight: "{object}: weight {weight} has no effect, since {name} in profile {profile} does not score. Delete it.",
  },
  reads: [endpointPickerConfig],
  check(context) {
    const { object, report } = context;
    if (routerFrom("0.8", context) === undefined) return;
    for (const profile of object.view.profiles) {
      for (const entry of profile.plugins) {
        const plugin = pluginNamed(object.view, entry.ref.value);
        if (plugin === undefined) continue;
        const slots = { object: object.title, name: plugin.name, profile: profile.name?.value ?? "" };
        if (isScheduling(plugin) === false) {
          const role = (pluginTypes.get(plugin.type)?.roles[0] ?? "").replaceAll("-", " ");
          report({
            at: entry.ref.node,
            message: "entry",
            slots: { ...slots, role },
            fixes: removeReference(profile, entry),
          });
        } else if (entry.weight !== undefined && isOf(plugin, "scorer") === false) {
          const { value: weight, node } = entry.weight;
          const fixes = fixOf("Delete the weight", false, removeEntry(entry.node, "weight"));
          report({ at: node, message: "weight", slots: { ...slots, weight }, fixes });
        }
      }
    }
  },
});
