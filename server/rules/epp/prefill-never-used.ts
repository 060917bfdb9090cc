import type { RawFix } from "../../findings/raw-finding.ts";
import { type EppView, endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { isOf } from "../../kinds/epp/scheduling.ts";
import { profileNamed, type Stages, stagesOf } from "../../kinds/epp/stages.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { addItemBefore, setAll } from "../../text/edits.ts";
import { at, mapAt, numberAt, seqAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { stringYaml } from "../../text/write.ts";
import { defineRule } from "../rule.ts";
import { pluginNamed } from "./lists.ts";

const example = (decider: string, handler: string) => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: prefill-filter
  - type: decode-filter
  - type: queue-scorer
${decider}  - type: disagg-profile-handler${handler}
schedulingProfiles:
  - name: prefill
    plugins:
      - pluginRef: prefill-filter
      - pluginRef: queue-scorer
  - name: decode
    plugins:
      - pluginRef: decode-filter
      - pluginRef: queue-scorer
`;

/** Tokens that are worth sending to another pod: what the samples of the router use (deploy/config/pd-epp-config.yaml). */
const usualTokens = "16";

export const prefillNeverUsed = defineRule({
  id: "epp/prefill-never-used",
  title: "Prefill that never happens elsewhere",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["EPP-09"],
  docs: {
    summary:
      "An endpoint picker's configuration has a prefill profile, and its handler no decider for prefill, or one whose nonCachedTokens is 0; or it has a decider, and no profile of the name that the handler asks.",
    why: "The decider says for which requests a prefill pod is asked. Without one the stage never runs; prefix-based-pd-decider with nonCachedTokens 0, which is its default, never says yes. All requests are prefilled on decode pods, and the prefill pods idle.",
    mend: "Name a decider in the handler's parameters deciders.prefill, and give prefix-based-pd-decider the number of uncached tokens from which the way to a prefill pod pays. always-disagg-pd-decider sends every request.",
    sources: [
      "https://github.com/llm-d/llm-d-router/blob/main/deploy/config/pd-epp-config.yaml",
      "https://github.com/llm-d/llm-d-router/tree/main/pkg/epp/framework/plugins/scheduling/profilehandler/disagg",
    ],
  },
  examples: {
    bad: example("", " # <-"),
    good: example(
      "  - type: prefix-based-pd-decider\n    parameters: {nonCachedTokens: 16}\n",
      "\n    parameters: {deciders: {prefill: prefix-based-pd-decider}}",
    ),
  },
  messages: {
    none: "{object}: {handler} has no decider for prefill, so profile {profile} never runs: decode pods prefill every request and the prefill pods idle. Name one in deciders.prefill.",
    missing:
      "{object}: {handler} has {decider} decide about prefill, but there is no profile {profile}: decode pods prefill every request and the prefill pods idle. {mend}",
    zero: "{object}: {decider} with nonCachedTokens {value} never sends a request to a prefill pod, so profile {profile} never runs. Write from how many uncached tokens on it should.",
  },
  reads: [endpointPickerConfig],
  check({ object, report }) {
    const stages = object.view.complete ? stagesOf(object.view) : undefined;
    if (stages === undefined || !stages.decodeFirst) return;
    const profile = stages.profiles.prefill?.value ?? "prefill";
    if (profileNamed(object.view, profile) === undefined) {
      const { handler, prefillDecider: decider } = stages;
      const names = object.view.profiles.flatMap(({ name }) => name ?? []);
      const meant = names.find(
        ({ value }) =>
          value ===
          nearest(
            profile,
            names.map((one) => one.value),
          ),
      );
      // Without a written decider nobody meant to split.
      if (decider === undefined || handler.type !== "disagg-profile-handler") return;
      const mend =
        meant === undefined ? `Add the profile ${profile}.` : `Call ${meant.value} so, or name it in profiles.prefill.`;
      const slots = { object: object.title, handler: handler.name, decider, profile, mend };
      report({ at: meant?.node ?? handler.at, message: "missing", slots });
      return;
    }
    const slots = { object: object.title, profile };
    if (stages.prefillDecider === undefined) {
      const { handler } = stages;
      report({
        at: handler.at,
        message: "none",
        slots: { ...slots, handler: handler.name },
        fixes: decided(object, stages),
      });
      return;
    }
    const decider = pluginNamed(object.view, stages.prefillDecider);
    if (decider?.type !== "prefix-based-pd-decider" || at(decider.parameters, "promptTokens") !== undefined) return;
    const tokens = numberAt(decider.parameters, "nonCachedTokens");
    const written = at(decider.node, "parameters", "nonCachedTokens") !== undefined;
    if (written ? tokens?.value !== 0 : isUnread(decider.node, decider.parameters)) return;
    const edits = setAll(decider.node, ["parameters", "nonCachedTokens"], usualTokens);
    report({
      at: tokens?.node ?? decider.at,
      message: "zero",
      slots: { ...slots, decider: decider.name, value: written ? "0" : "0 (its default)" },
      fixes: edits === undefined ? [] : [{ title: `Set nonCachedTokens to ${usualTokens}`, safe: false, edits }],
    });
  },
});

function isUnread(node: Parameters<typeof at>[0], parameters: unknown): boolean {
  return parameters === undefined && at(node, "parameters") !== undefined && mapAt(node, "parameters") === undefined;
}

/** A decider before the handler, where router 0.9 looks for it, and its name in the handler. */
function decided(object: StackObject<EppView>, { handler }: Stages): RawFix[] {
  const isFlat = ["decodeProfile", "prefillProfile", "encodeProfile", "encodeDeciderPluginName"].some(
    (key) => at(handler.parameters, key) !== undefined,
  );
  const list = seqAt(object.root, "plugins");
  const item = list?.items.find((one) => mapAt(one) === handler.node);
  if (isFlat || list === undefined || item === undefined || item.type === "alias") return [];
  const declared = object.view.plugins.find((plugin) => isOf(plugin, "pd-decider") === true);
  const name = declared?.name ?? "prefix-based-pd-decider";
  const named = setAll(handler.node, ["parameters", "deciders", "prefill"], stringYaml(name));
  const plugin = { type: name, parameters: { nonCachedTokens: usualTokens } };
  const added = declared === undefined ? addItemBefore(list, item, plugin) : undefined;
  if (named === undefined || (declared === undefined && added === undefined)) return [];
  const edits = added === undefined ? named : [added, ...named];
  return [{ title: `Let ${name} decide`, safe: false, edits }];
}
