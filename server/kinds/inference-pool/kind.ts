import type { MapNode } from "../../text/node.ts";
import { entriesAt, itemsAt, numberAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** Pods that serve one base model, and the endpoint picker that chooses among them. */
export interface InferencePoolView {
  readonly selector: ReadonlyMap<string, string>;
  readonly targetPorts: readonly Placed<number>[];
  /** The Service of the picker. */
  readonly picker: Placed<string> | undefined;
  /** The port of that Service. */
  readonly pickerPort: Placed<number> | undefined;
}

const title = "InferencePool";

export const inferencePool = defineKind<InferencePoolView>({
  id: "inference-pool",
  title,
  schema: "inference-pool",
  recognise: { group: "inference.networking.k8s.io", kind: title },
  view: ({ root }) => ({
    selector: labelsAt(root, "spec", "selector", "matchLabels"),
    targetPorts: itemsAt(root, "spec", "targetPorts").flatMap((port) => numberAt(port, "number") ?? []),
    picker: stringAt(root, "spec", "endpointPickerRef", "name"),
    pickerPort: numberAt(root, "spec", "endpointPickerRef", "port", "number"),
  }),
  keys: ({ view }) => pickerKeys(view),
});

/** The pool of GIE 0.3 to 1.4, with a flat selector and one port. */
export const oldInferencePool = defineKind<InferencePoolView>({
  id: "inference-pool-v1alpha2",
  title: `${title} (v1alpha2)`,
  schema: "inference-pool-v1alpha2",
  recognise: { group: "inference.networking.x-k8s.io", kind: title },
  view: ({ root }) => ({
    selector: labelsAt(root, "spec", "selector"),
    targetPorts: [numberAt(root, "spec", "targetPortNumber") ?? []].flat(),
    picker: stringAt(root, "spec", "extensionRef", "name"),
    pickerPort: numberAt(root, "spec", "extensionRef", "portNumber"),
  }),
  keys: ({ view }) => pickerKeys(view),
});

/** A Service finds the pools whose picker it leads to. */
function pickerKeys({ picker }: InferencePoolView): string[] {
  return picker === undefined ? [] : [`picker/${picker.value}`];
}

function labelsAt(root: MapNode, ...path: string[]): ReadonlyMap<string, string> {
  return new Map(
    entriesAt(root, ...path).flatMap(({ key, value }) => {
      const label = stringAt(value)?.value;
      return label === undefined ? [] : [[key.text, label]];
    }),
  );
}
