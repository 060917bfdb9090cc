import type { RawFix } from "../../findings/raw-finding.ts";
import { nameAt } from "../../graph/references/name.ts";
import { pluginReferences } from "../../graph/references/plugins.ts";
import { type EppView, endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { pluginTypes } from "../../kinds/epp/plugin-types.ts";
import { deciderNamesIn } from "../../kinds/epp/stages.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { fixOf } from "../vllm/mend.ts";
import { addPlugin } from "./lists.ts";

const example = (ref: string) => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: queue-scorer
  - type: max-score-picker
schedulingProfiles:
  - name: default
    plugins:
      - pluginRef: ${ref}
      - pluginRef: max-score-picker
`;

export const missingPlugin = defineRule({
  id: "epp/missing-plugin",
  title: "Reference to a plugin that is not declared",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["EPP-03"],
  docs: {
    summary:
      "A profile or another part of an endpoint picker's configuration names a plugin that `plugins` does not have.",
    why: "Types are not plugins: what a profile uses has to be declared, by its type, in `plugins`. The endpoint picker refuses a reference to anything else and does not start.",
    mend: "Declare the plugin, or write the name of one that is declared.",
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/config/loader/validation.go"],
  },
  examples: { bad: example("queue-scorr # <-"), good: example("queue-scorer") },
  messages: {
    profile:
      "{object}: profile {profile} refers to {name}, which is not in plugins: the endpoint picker does not start.{meant} Declare it, or name one of {declared}.",
    part: "{object}: {name} is not in plugins: the endpoint picker does not start.{meant} Declare it, or name one of {declared}.",
  },
  reads: [endpointPickerConfig],
  check({ object, report }) {
    const { complete, plugins, profiles } = object.view;
    if (!complete) return;
    const declared = [...new Set(plugins.map(({ name }) => name))];
    const deciders = plugins.flatMap(deciderNamesIn).map(({ name }) => name.node);
    for (const { at, to } of pluginReferences(object)) {
      if (to.type !== "plugin" || declared.includes(at.text)) continue;
      const profile = profiles.find(({ plugins: entries }) =>
        entries.some(({ ref }) => nameAt(ref.node)?.start === at.start),
      );
      // What a router adds by itself has the name of its type.
      const byDefault = profile === undefined && !deciders.includes(at.scalar) && pluginTypes.has(at.text);
      if (byDefault) continue;
      const meant = nearest(at.text, declared);
      report({
        at,
        message: profile === undefined ? "part" : "profile",
        slots: {
          object: object.title,
          profile: profile?.name?.value ?? "",
          name: at.text,
          meant: meant === undefined ? "" : ` Did you mean ${meant}?`,
          declared: declared.slice(0, 6).join(", "),
        },
        fixes: [
          ...(meant === undefined ? [] : fixOf(`Write ${meant}`, false, at.rewrite(meant))),
          ...declaration(object, at.text),
        ],
      });
    }
  },
});

/** A type that needs nothing else can be declared at once. */
function declaration(object: StackObject<EppView>, name: string): RawFix[] {
  const type = pluginTypes.get(name);
  if (type === undefined || type.needsParameters || type.experimental) return [];
  return fixOf(`Declare a plugin of type ${name}`, false, addPlugin(object, { type: name }));
}
