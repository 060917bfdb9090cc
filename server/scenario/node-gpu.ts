import { gpuLabels } from "../engine/catalogue/find-gpu.ts";
import type { PodTemplate } from "../kinds/workload/pod-template.ts";
import type { Node } from "../text/node.ts";
import { at, itemsAt, stringAt } from "../text/read.ts";

/**
 * What the pods of a template demand of their nodes' GPUs: the values of labels that name a GPU, in `nodeSelector` and in
 * required node affinity. Several names are for whoever asks to compare: an instance type and a product may be one GPU.
 */
export function gpuNamesOf({ root }: PodTemplate): string[] {
  const spec = at(root, "spec");
  const selected = gpuLabels.flatMap((label) => stringAt(spec, "nodeSelector", label)?.value ?? []);
  const required = at(spec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  const terms = itemsAt(required, "nodeSelectorTerms").flatMap((term) => itemsAt(term, "matchExpressions"));
  return [...new Set([...selected, ...terms.flatMap(namesIn)])];
}

function namesIn(expression: Node): string[] {
  const key = stringAt(expression, "key")?.value ?? "";
  if (!(gpuLabels as readonly string[]).includes(key) || stringAt(expression, "operator")?.value !== "In") return [];
  return itemsAt(expression, "values").flatMap((value) => (value.type === "scalar" ? [value.text] : []));
}
