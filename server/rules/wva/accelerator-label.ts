import type { RawFix } from "../../findings/raw-finding.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { statedRelease } from "../../graph/wva-release.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { variantAutoscaling } from "../../kinds/wva/variant-autoscaling.ts";
import { setScalar } from "../../text/edits.ts";
import { at, entriesAt, entryOf, isNull, itemsAt, mapAt, resolve, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const label = "inference.optimization/acceleratorName";

const example = (key: string) => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: llama
  labels:
    ${key}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  modelID: meta-llama/Llama-3.1-8B-Instruct
`;

/** Keys of nodes that name the GPU; WVA looks for them in the target's nodeSelector and affinity from 0.6 on. */
const productKeys = new Set(["nvidia.com/gpu.product", "amd.com/gpu.product-name", "cloud.google.com/gke-accelerator"]);

export const acceleratorLabel = defineRule({
  id: "wva/accelerator-label",
  title: "VariantAutoscaling without its accelerator",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["W-12"],
  docs: {
    summary: `A VariantAutoscaling has no label ${label}, or has the accelerator under another key.`,
    why: "WVA (to 0.8) takes the accelerator of a variant from this label, its letters as they are; from 0.6 on it looks first for the GPU's product in the target's nodeSelector and affinity. Without either it writes no status and no metrics for the variant, and its limiter grants no GPUs. A label called accelerator, as a sample of upstream has it, is not read.",
    mend: `Name the accelerator in the label ${label}.`,
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/v0.5.1/internal/engines/saturation/engine.go",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/v0.5.1/config/samples/variantautoscaling-with-cost.yaml",
    ],
  },
  examples: { bad: example("accelerator: H100 # <-"), good: example(`${label}: H100`) },
  messages: {
    unread: `{object}: WVA (to 0.8) does not read the label {key}. Without ${label} it writes no metrics for this variant, so nothing scales; rename the label.`,
    missing: `{object} has no label ${label}: WVA {version} then writes no metrics for this variant, so nothing scales. Add the label with the accelerator, such as H100.`,
  },
  reads: [variantAutoscaling],
  check({ object, graph, settings, report }) {
    const release = statedRelease(settings);
    if ((release?.minor ?? 0) > 8 || object.name === undefined || isLabelled(object)) return;
    const readsNodes = release === undefined || release.minor >= 6;
    const workload = workloadOf(graph, object, object.view.target);
    if (readsNodes && workload !== undefined && namesProduct(workload)) return;
    const meant = entriesAt(object.root, "metadata", "labels").find(
      ({ key }) => key.text !== label && meantKey.test(key.text),
    );
    const unwritten = { root: object.root, path: ["metadata", "labels", label] };
    if (meant !== undefined) {
      const slots = { object: object.title, key: meant.key.text };
      const edits = [setScalar(meant.key, label)];
      const fixes: RawFix[] = [{ title: `Rename it to ${label}`, safe: false, edits }];
      report({ at: meant.key, message: "unread", slots, unwritten, fixes });
    } else if (release !== undefined && (!readsNodes || workload !== undefined)) {
      const slots = { object: object.title, version: release.name };
      report({ at: object.name.node, message: "missing", slots, unwritten });
    }
  },
});

const meantKey = /(?:^|\/)(?:accelerator|accelerator[-_.]?name)$/i;

/** Also where the value is filled in later, or where the status has a value already. */
function isLabelled({ root }: StackObject): boolean {
  const value = resolve(entryOf(mapAt(root, "metadata", "labels"), label)?.value);
  const isWritten = value !== undefined && !(value.type === "scalar" && (isNull(value) || value.text === ""));
  return isWritten || stringAt(root, "status", "desiredOptimizedAlloc", "accelerator") !== undefined;
}

function namesProduct({ view }: StackObject<Workload>): boolean {
  const spec = at(view.template?.root, "spec");
  if (entriesAt(spec, "nodeSelector").some(({ key }) => productKeys.has(key.text))) return true;
  const affinity = at(spec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  const expressions = itemsAt(affinity, "nodeSelectorTerms").flatMap((term) => itemsAt(term, "matchExpressions"));
  return expressions.some((one) => productKeys.has(stringAt(one, "key")?.value ?? ""));
}
