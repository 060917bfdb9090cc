import type { RawFix } from "../../findings/raw-finding.ts";
import { type EppView, endpointPickerConfig } from "../../kinds/epp/kind.ts";
import type { EppPlugin } from "../../kinds/epp/scheduling.ts";
import { deciderNamesIn } from "../../kinds/epp/stages.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { indentOf } from "../../text/layout.ts";
import { mapAt, seqAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { routerUpTo } from "./router.ts";

const handler = `  - type: disagg-profile-handler
    parameters: {deciders: {prefill: always-disagg-pd-decider}}
`;
const decider = "  - type: always-disagg-pd-decider\n";
const example = (plugins: string) => `# file: headroom.config.yaml
versions: {router: "0.9"}
# file: epp.yaml
apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: prefill-filter
  - type: decode-filter
${plugins}schedulingProfiles:
  - name: prefill
    plugins: [{pluginRef: prefill-filter}]
  - name: decode
    plugins: [{pluginRef: decode-filter}]
`;

export const deciderOrder = defineRule({
  id: "epp/decider-order",
  title: "Handler before its decider",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["EPP-30"],
  docs: {
    summary: "Up to router 0.9, a disagg-profile-handler stands before a decider that it names.",
    why: "These routers make the plugins in the order of the list, and the handler looks for its deciders when it is made. One that comes later is not found, and the endpoint picker does not start. From 0.10 on the order does not matter.",
    mend: "Put the deciders before the handler.",
    sources: ["https://github.com/llm-d/llm-d-router/pull/1876"],
  },
  examples: {
    bad: example(handler.replace("handler\n", "handler # <-\n") + decider),
    good: example(decider + handler),
  },
  messages: {
    early:
      "{object}: router {running} makes plugins in order, and {handler} stands before its decider {decider}, which it does not find: the endpoint picker does not start. Put {decider} first.",
  },
  reads: [endpointPickerConfig],
  check(context) {
    const { object, report } = context;
    const { plugins } = object.view;
    for (const [index, plugin] of plugins.entries()) {
      const names = deciderNamesIn(plugin).map(({ name }) => name.value);
      const later = plugins.slice(index + 1).find(({ name }) => names.includes(name));
      if (later === undefined || plugin.type !== "disagg-profile-handler") continue;
      const running = routerUpTo("0.9", context);
      if (running === undefined) return;
      report({
        at: plugin.at,
        message: "early",
        slots: { object: object.title, running: running.told, handler: plugin.name, decider: later.name },
        related: [{ at: later.at, message: "The decider" }],
        fixes: swapped(object, plugin, later),
      });
    }
  },
});

/** Each in the other's place, where both are written in the same way. */
function swapped({ root }: StackObject<EppView>, { node: one }: EppPlugin, { node: other }: EppPlugin): RawFix[] {
  const list = seqAt(root, "plugins");
  const isPlain = [one, other].every(
    (node) => node.anchor === undefined && list?.items.some((item) => item === node && mapAt(item) === node),
  );
  const text = (node: typeof one) => node.doc.text.slice(node.start, node.end).trimEnd();
  const aligned = list?.flow === true || indentOf(one.doc.text, one.start) === indentOf(other.doc.text, other.start);
  if (!isPlain || !aligned) return [];
  const put = (at: typeof one, newText: string) => ({
    doc: at.doc,
    start: at.start,
    end: at.start + text(at).length,
    newText,
  });
  return [{ title: "Put the decider first", safe: false, edits: [put(one, text(other)), put(other, text(one))] }];
}
