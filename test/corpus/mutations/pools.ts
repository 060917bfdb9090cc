import type { Node } from "../../../server/text/node.ts";
import { entryOf, itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { drop, type Operator, operator, rename, repeat, textAt, write } from "./operator.ts";
import { workloadKinds } from "./serving.ts";

const readers = ["inference-objective", "inference-model-rewrite"];
const group = "inference.networking.k8s.io";

function shortened(node: Node | undefined) {
  return write(node, textAt(node)?.slice(0, -1) ?? "");
}

function rewrites(root: Node): readonly (readonly Node[])[] {
  return itemsAt(root, "spec", "rules").map((rule) => itemsAt(rule, "targets"));
}

export const poolOperators: readonly Operator[] = [
  operator("pool/missing", readers, "a pool one letter short", ({ root }) =>
    shortened(scalarAt(root, "spec", "poolRef", "name")),
  ),
  operator("pool/missing", "http-route", "a route to a pool one letter short", ({ root }) =>
    itemsAt(root, "spec", "rules")
      .flatMap((rule) => itemsAt(rule, "backendRefs"))
      .flatMap((ref) => (textAt(ref, "kind") === "InferencePool" ? shortened(scalarAt(ref, "name")) : [])),
  ),
  operator("pool/old-group", readers, "the group of before 0.9", ({ root }) =>
    write(scalarAt(root, "apiVersion"), "inference.networking.x-k8s.io/v1alpha2"),
  ),
  operator("pool/overlap", "inference-pool", "the pool once more, under another name", (object) =>
    repeat(object, "another", "another"),
  ),
  operator("pool/picker-service", "inference-pool", "a picker one letter short", ({ root }) =>
    shortened(scalarAt(root, "spec", "endpointPickerRef", "name")),
  ),
  operator("pool/picker-service", "inference-pool", "the picker's port for health", ({ root }) =>
    write(scalarAt(root, "spec", "endpointPickerRef", "port", "number"), "9003"),
  ),
  operator("pool/rewrite-target", "inference-model-rewrite", "a model one letter short", ({ root }) =>
    rewrites(root)
      .flat()
      .flatMap((target) => shortened(scalarAt(target, "modelRewrite"))),
  ),
  operator("pool/rewrite-weights", "inference-model-rewrite", "a target without its weight", ({ root }) =>
    rewrites(root).flatMap((targets) =>
      targets.length > 1
        ? targets.flatMap((target) => drop(mapAt(target), "weight", scalarAt(target, "modelRewrite")))
        : [],
    ),
  ),
  operator("pool/role-label", workloadKinds, "a role that no filter knows", ({ root }) =>
    write(scalarAt(root, "spec", "template", "metadata", "labels", "llm-d.ai/role"), "prefiller"),
  ),
  operator("pool/role-rights", "kubernetes-object", "rights on the group of old", ({ root, apiKind }) =>
    apiKind === "Role"
      ? itemsAt(root, "rules")
          .filter((rule) => itemsAt(rule, "resources").some((resource) => textAt(resource) === "inferencepools"))
          .flatMap((rule) => itemsAt(rule, "apiGroups"))
          .flatMap((one) => (textAt(one) === group ? write(one, "inference.networking.x-k8s.io") : []))
      : [],
  ),
  operator("pool/selects-nothing", "inference-pool", "a label one letter short", ({ root }) =>
    (mapAt(root, "spec", "selector", "matchLabels")?.entries ?? []).flatMap(({ value }) => shortened(value)),
  ),
  operator("pool/target-port", "inference-pool", "a port that nobody listens on", ({ root }) =>
    itemsAt(root, "spec", "targetPorts").slice(0, 1).flatMap((port) => write(scalarAt(port, "number"), "8999")),
  ),
  operator("pool/mixed-form", "inference-pool", "the picker under its old name", ({ root }) =>
    rename(mapAt(root, "spec"), "endpointPickerRef", "extensionRef"),
  ),
  operator("pool/mixed-form", "inference-pool", "the apiVersion of before", ({ root }) => {
    const version = scalarAt(root, "apiVersion");
    const labels = entryOf(mapAt(root, "spec", "selector"), "matchLabels");
    return labels === undefined
      ? []
      : write(version, "inference.networking.x-k8s.io/v1alpha2").map(({ edits }) => ({ edits, at: labels.key }));
  }),
];
