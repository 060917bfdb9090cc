import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { profileNamed, stagesOf } from "../../kinds/epp/stages.ts";
import { setScalar } from "../../text/edits.ts";
import { resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (name: string) => `apiVersion: llm-d.ai/v1alpha1
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
  - name: prefill
    plugins:
      - pluginRef: prefill-filter
      - pluginRef: queue-scorer
  - name: ${name}
    plugins:
      - pluginRef: decode-filter
      - pluginRef: queue-scorer
`;

export const noDecodeProfile = defineRule({
  id: "epp/no-decode-profile",
  title: "No profile for decode",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["EPP-08"],
  docs: {
    summary: "A disagg-profile-handler is declared, and no scheduling profile has the name of its decode profile.",
    why: 'The handler asks the decode profile for a pod before anything else. It starts without one, and then every request fails with "failed to find available decode workers".',
    mend: "Name a profile decode, or write the name of yours into the handler's parameters profiles.decode.",
    sources: [
      "https://github.com/llm-d/llm-d-router/tree/main/pkg/epp/framework/plugins/scheduling/profilehandler/disagg",
    ],
  },
  examples: { bad: example("main # <-"), good: example("decode") },
  messages: {
    none: "{object}: {handler} looks for a profile named {wanted}, and there is only {there}: every request fails. Name the profile for decode {wanted}.",
  },
  reads: [endpointPickerConfig],
  check({ object, report }) {
    const { complete, profiles } = object.view;
    const stages = complete ? stagesOf(object.view) : undefined;
    if (stages === undefined || !stages.decodeFirst) return;
    const wanted = stages.profiles.decode?.value ?? "decode";
    if (profileNamed(object.view, wanted) !== undefined) return;
    const staged = [stages.profiles.prefill?.value ?? "prefill", stages.profiles.encode?.value ?? "encode"];
    const others = profiles.filter(({ name }) => name !== undefined && !staged.includes(name.value));
    const [only, another] = others;
    const name = another === undefined ? resolve(only?.name?.node) : undefined;
    report({
      at: name ?? stages.profiles.decode?.node ?? stages.handler.at,
      message: "none",
      slots: {
        object: object.title,
        handler: stages.handler.name,
        wanted,
        // Without any profile the endpoint picker makes one of everything that is declared.
        there: profiles.length === 0 ? "default" : profiles.map((one) => one.name?.value ?? "").join(", "),
      },
      fixes:
        name?.type === "scalar"
          ? [{ title: `Name the profile ${wanted}`, safe: false, edits: [setScalar(name, wanted)] }]
          : [],
    });
  },
});
