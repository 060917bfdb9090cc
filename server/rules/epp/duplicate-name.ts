import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { setEntry } from "../../text/edits.ts";
import { stringYaml } from "../../text/write.ts";
import { defineRule } from "../rule.ts";
import { freeName } from "./lists.ts";

const example = (name: string, mark = "") => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: label-selector-filter
    name: spot
    parameters: {matchLabels: {capacity: spot}}
  - type: label-selector-filter
    name: ${name}${mark}
    parameters: {matchLabels: {capacity: reserved}}
  - type: queue-scorer
`;

export const duplicateName = defineRule({
  id: "epp/duplicate-name",
  title: "Two plugins of one name",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["EPP-02"],
  docs: {
    summary:
      "Two plugins of an endpoint picker's configuration have one name. A plugin without a name goes by its type, so two of one type without names count as well.",
    why: "Profiles refer to plugins by name. The endpoint picker refuses a configuration in which a name is not unique, and does not start.",
    mend: "Give one of them a name of its own and refer to it by that, or delete it.",
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/config/loader/validation.go"],
  },
  examples: { bad: example("spot", " # <-"), good: example("reserved") },
  messages: {
    named:
      "{object}: two plugins are called {name}. The endpoint picker refuses that and does not start. Give one of them another name.",
    unnamed:
      "{object}: a plugin without a name goes by its type, and another one is called {name} already. The endpoint picker does not start. Give one of them a name.",
  },
  reads: [endpointPickerConfig],
  check({ object, report }) {
    const { plugins } = object.view;
    const first = new Map<string, (typeof plugins)[number]>();
    for (const plugin of plugins) {
      // A name that is filled in later may be any.
      if (plugin.open) continue;
      const before = first.get(plugin.name);
      if (before === undefined) {
        first.set(plugin.name, plugin);
        continue;
      }
      const name = freeName(object.view, plugin.name);
      report({
        at: plugin.at,
        message: plugin.named ? "named" : "unnamed",
        slots: { object: object.title, name: plugin.name },
        related: [{ at: before.at, message: "The first one of this name" }],
        fixes: [{ title: `Call it ${name}`, safe: false, edits: [setEntry(plugin.node, "name", stringYaml(name))] }],
      });
    }
  },
});
