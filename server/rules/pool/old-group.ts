import { nameAt } from "../../graph/references/name.ts";
import { routerVersionOf } from "../../graph/router-version.ts";
import { gieInferenceModelRewrite } from "../../kinds/inference-model-rewrite/kind.ts";
import { gieInferenceObjective } from "../../kinds/inference-objective/kind.ts";
import { at } from "../../text/read.ts";
import { isFrom } from "../epp/router.ts";
import { defineRule } from "../rule.ts";

const example = (apiVersion: string) => `# file: headroom.config.yaml
versions: {router: "0.10"}
# file: objective.yaml
apiVersion: ${apiVersion}
kind: InferenceObjective
metadata: {name: interactive}
spec:
  priority: 10
  poolRef: {name: llama}
`;

const group = "inference.networking.x-k8s.io/";
const current = "llm-d.ai/v1alpha2";

export const oldGroup = defineRule({
  id: "pool/old-group",
  title: "Objective or rewrite in the group of before",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["GW-07"],
  docs: {
    summary: `An InferenceObjective or InferenceModelRewrite has an apiVersion of ${group.slice(0, -1)}, and router 0.9 or newer runs.`,
    why: "Since 0.9 the router brings these kinds in the group llm-d.ai. Where both are installed it watches only the new one, so that objects of the old group are ignored: every request has priority 0 and no name is rewritten. GIE 1.6 drops them.",
    mend: `Write ${current}; the form is the same. The CRDs of the router have to be installed.`,
    sources: ["https://github.com/llm-d/llm-d-router/tree/main/config/crd"],
  },
  examples: { bad: example("inference.networking.x-k8s.io/v1alpha2 # <-"), good: example(current) },
  messages: {
    old: `{object}: router {running} watches llm-d.ai where it is installed and then ignores {apiVersion}. Write ${current}.`,
  },
  reads: [gieInferenceObjective, gieInferenceModelRewrite],
  check({ object, graph, settings, report }) {
    const name = nameAt(at(object.root, "apiVersion"));
    if (name === undefined || !name.text.startsWith(group)) return;
    const running = routerVersionOf(graph, object, settings);
    if (running === undefined || !isFrom(running, "0.9")) return;
    const edit = name.rewrite(current);
    report({
      at: name,
      message: "old",
      slots: { object: object.title, running: running.told, apiVersion: name.text },
      fixes: edit === undefined ? [] : [{ title: `Write ${current}`, safe: false, edits: [edit] }],
    });
  },
});
