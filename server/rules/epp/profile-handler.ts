import type { RawFix } from "../../findings/raw-finding.ts";
import { type EppView, endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { isOf } from "../../kinds/epp/scheduling.ts";
import { handlersIn, profileNamed } from "../../kinds/epp/stages.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { defineRule } from "../rule.ts";
import { fixOf } from "../vllm/mend.ts";
import { addPlugin } from "./lists.ts";

const example = (handler: string, mark = "") => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: prefill-filter
  - type: decode-filter
  - type: queue-scorer
${handler}schedulingProfiles:${mark}
  - name: prefill
    plugins:
      - pluginRef: prefill-filter
      - pluginRef: queue-scorer
  - name: decode
    plugins:
      - pluginRef: decode-filter
      - pluginRef: queue-scorer
`;

export const profileHandler = defineRule({
  id: "epp/profile-handler",
  title: "Profiles without the handler that runs them",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["EPP-07"],
  docs: {
    summary:
      "An endpoint picker's configuration has several scheduling profiles and no profile handler, or one that runs a single profile; or it has two handlers.",
    why: "The handler decides which profiles run for a request. With one profile it can be left out; with several the endpoint picker does not guess, and does not start. Nor does it with two handlers.",
    mend: "For prefill and decode declare disagg-profile-handler and a decider, and delete any other handler.",
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/config/loader/configloader.go"],
  },
  examples: {
    bad: example("", " # <-"),
    good: example(
      "  - type: prefix-based-pd-decider\n    parameters: {nonCachedTokens: 16}\n  - type: disagg-profile-handler\n    parameters: {deciders: {prefill: prefix-based-pd-decider}}\n",
    ),
  },
  messages: {
    none: "{object} has {count} scheduling profiles and no profile handler to choose among them: the endpoint picker does not start. Declare one, for prefill and decode disagg-profile-handler.",
    single:
      "{object}: single-profile-handler runs one profile, and there are {count}: the endpoint picker does not start. Declare another handler, for prefill and decode disagg-profile-handler.",
    two: "{object} declares two profile handlers, {first} and {second}: the endpoint picker does not start. Keep one.",
  },
  reads: [endpointPickerConfig],
  check({ object, report }) {
    const { complete, plugins, profiles } = object.view;
    if (!complete) return;
    const [handler, second] = handlersIn(object.view);
    const count = profiles.length;
    if (handler !== undefined && second !== undefined) {
      const slots = { object: object.title, first: handler.name, second: second.name };
      const related = [{ at: handler.at, message: "The first handler" }];
      report({ at: second.at, message: "two", slots, related });
    } else if (count > 1 && handler?.type === "single-profile-handler") {
      report({ at: handler.at, message: "single", slots: { object: object.title, count } });
    } else if (count > 1 && handler === undefined) {
      // A type of one's own may be a handler.
      if (plugins.some((plugin) => isOf(plugin, "profile-handler") === undefined)) return;
      const at = object.root.entries.find(({ key }) => key.type === "scalar" && key.text === "schedulingProfiles")?.key;
      report({ at: at ?? object, message: "none", slots: { object: object.title, count }, fixes: split(object) });
    }
  },
});

/** A handler for a prefill and a decode profile. Encoding takes more decisions than a fix can make. */
function split(object: StackObject<EppView>): RawFix[] {
  const { view } = object;
  const isPair = view.profiles.length === 2 && profileNamed(view, "prefill") && profileNamed(view, "decode");
  if (!isPair) return [];
  const declared = view.plugins.find((plugin) => isOf(plugin, "pd-decider") === true);
  const decider = declared?.name ?? "prefix-based-pd-decider";
  const edits = [
    ...(declared === undefined ? [addPlugin(object, { type: decider, parameters: { nonCachedTokens: "16" } })] : []),
    addPlugin(object, { type: "disagg-profile-handler", parameters: { deciders: { prefill: decider } } }),
  ];
  const [one, other] = edits;
  if (one === undefined || (edits.length > 1 && other === undefined)) return [];
  const newText = edits.map((edit) => edit?.newText ?? "").join("");
  return fixOf("Declare disagg-profile-handler and its decider", false, { ...one, newText });
}
