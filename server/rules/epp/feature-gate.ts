import { routerVersionOf } from "../../graph/router-version.ts";
import { gatesIn } from "../../kinds/epp/gates.ts";
import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { retiredGates } from "../../kinds/epp/retired.ts";
import { removeEntry } from "../../text/edits.ts";
import { seqAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { fixOf, removeItems } from "../vllm/mend.ts";
import { isFrom, isUpTo } from "./router.ts";

const example = (gates: string) => `# file: headroom.config.yaml
versions: {router: "0.10"}
# file: epp.yaml
apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
featureGates:
  - flowControl
${gates}plugins:
  - type: queue-scorer
`;

export const featureGate = defineRule({
  id: "epp/feature-gate",
  title: "Feature gate that the router does not have",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["EPP-15"],
  docs: {
    summary: "`featureGates` names a gate that exists only in other versions of the router than the one that runs.",
    why: "An unknown feature gate keeps the endpoint picker from starting. A gate goes when its feature is always on: dataLayer is so since router 0.8 and its gate is gone in 0.10.",
    mend: "Delete the gate.",
    sources: ["https://github.com/llm-d/llm-d-router/pull/1728"],
  },
  examples: { bad: example("  - dataLayer # <-\n"), good: example("") },
  messages: {
    gone: "{object}: router {running} has no feature gate {gate} any more (the last with it is {last}) and does not start. Delete it.",
    notYet:
      "{object}: router {running} has no feature gate {gate} yet (the first with it is {last}) and does not start. Delete it.",
  },
  reads: [endpointPickerConfig],
  check({ object, graph, settings, report }) {
    const gates = gatesIn(object.root) ?? [];
    const running = gates.length === 0 ? undefined : routerVersionOf(graph, object, settings);
    if (running === undefined) return;
    for (const { name, node } of gates) {
      const { since, until } = retiredGates.get(name) ?? {};
      const gone =
        until !== undefined && isFrom(running, until) && !isFrom({ ...running, version: until }, running.version);
      const notYet = since !== undefined && isUpTo(running, since) && !isFrom(running, since);
      if (!gone && !notYet) continue;
      const list = seqAt(object.root, "featureGates");
      const edit =
        list?.items.length === 1 ? removeEntry(object.root, "featureGates") : removeItems(list, new Set([node]));
      report({
        at: node,
        message: gone ? "gone" : "notYet",
        slots: { object: object.title, running: running.told, gate: name, last: (gone ? until : since) ?? "" },
        fixes: fixOf(`Delete ${name}`, false, edit),
      });
    }
  },
});
