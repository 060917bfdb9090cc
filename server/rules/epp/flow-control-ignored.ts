import type { RawFix } from "../../findings/raw-finding.ts";
import { isGateOn } from "../../kinds/epp/gates.ts";
import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { addItem, setEntry } from "../../text/edits.ts";
import type { MapNode } from "../../text/node.ts";
import { at, entriesAt, seqAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { fixOf } from "../vllm/mend.ts";
import { routerFrom } from "./router.ts";

const example = (gates: string, mark = "") => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
${gates}plugins:
  - type: queue-scorer
flowControl:${mark}
  maxRequests: 500
`;

/** Read whether flow control is on or not. */
const alwaysRead = new Set(["saturationDetector", "usageLimitPolicyPluginRef"]);

export const flowControlIgnored = defineRule({
  id: "epp/flow-control-ignored",
  title: "Flow control that is switched off",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["EPP-14"],
  docs: {
    summary: "`flowControl` has settings, and the feature gate flowControl is not on.",
    why: "Without the gate the endpoint picker logs that it ignores them. Requests do not wait in the picker, limits and priority bands do not count; only the saturation detector is read, to shed requests with a priority below 0.",
    mend: "Add flowControl to featureGates, or delete the settings.",
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/config/loader/flowcontrol.go"],
  },
  examples: { bad: example("", " # <-"), good: example("featureGates: [flowControl]\n") },
  messages: {
    ignored:
      "{object}: {keys} in flowControl {are} ignored, since the feature gate flowControl is off. Add it to featureGates.",
  },
  reads: [endpointPickerConfig],
  check(context) {
    const { object, report } = context;
    const { root, view } = object;
    const keys = entriesAt(root, "flowControl").flatMap(({ key }) => (alwaysRead.has(key.text) ? [] : [key.text]));
    if (!view.complete || keys.length === 0 || isGateOn(root, "flowControl") !== false) return;
    // Earlier ones could be told by their environment as well.
    if (routerFrom("0.9", context) === undefined) return;
    const at = root.entries.find(({ key }) => key.type === "scalar" && key.text === "flowControl")?.key;
    const slots = { object: object.title, keys: keys.slice(0, 4).join(", "), are: keys.length === 1 ? "is" : "are" };
    report({ at: at ?? object, message: "ignored", slots, fixes: switchedOn(root) });
  },
});

function switchedOn(root: MapNode): RawFix[] {
  const title = "Switch flow control on";
  const list = seqAt(root, "featureGates");
  // A gate that says false was meant.
  if (list?.items.some(({ doc, start, end }) => doc.text.slice(start, end).includes("flowControl"))) return [];
  if (list !== undefined && list.items.length > 0) return fixOf(title, false, addItem(list, "flowControl"));
  if (list === undefined && at(root, "featureGates") !== undefined) return [];
  return fixOf(title, false, setEntry(root, "featureGates", "[flowControl]"));
}
