import { nameAt } from "../../graph/references/name.ts";
import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { at } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { routerFrom } from "./router.ts";

const example = (apiVersion: string) => `# file: headroom.config.yaml
versions: {router: "0.10"}
# file: epp.yaml
apiVersion: ${apiVersion}
kind: EndpointPickerConfig
plugins:
  - type: queue-scorer
`;

const current = "llm-d.ai/v1alpha1";

export const oldApiVersion = defineRule({
  id: "epp/old-api-version",
  title: "apiVersion of before the router's own",
  since: "0.1.0",
  severity: "warning",
  fixable: "safe",
  refs: ["EPP-12"],
  docs: {
    summary: `An EndpointPickerConfig has apiVersion inference.networking.x-k8s.io/v1alpha1, and router 0.9 or newer reads it.`,
    why: "Since 0.9 the router has a group of its own. It still reads the old one, logs that it is deprecated, and will drop it.",
    mend: `Write ${current}. The form is the same.`,
    sources: ["https://github.com/llm-d/llm-d-router/pull/972"],
  },
  examples: { bad: example("inference.networking.x-k8s.io/v1alpha1 # <-"), good: example(current) },
  messages: {
    old: `{object}: router {running} reads {apiVersion} as deprecated and will drop it. Write ${current}.`,
  },
  reads: [endpointPickerConfig],
  check(context) {
    const { object, report } = context;
    const name = nameAt(at(object.root, "apiVersion"));
    if (name === undefined || !name.text.startsWith("inference.networking.x-k8s.io/")) return;
    const running = routerFrom("0.9", context);
    if (running === undefined) return;
    const edit = name.rewrite(current);
    report({
      at: name,
      message: "old",
      slots: { object: object.title, running: running.told, apiVersion: name.text },
      fixes: edit === undefined ? [] : [{ title: `Write ${current}`, safe: true, edits: [edit] }],
    });
  },
});
