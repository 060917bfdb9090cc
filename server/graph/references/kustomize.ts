import { kubernetesObject } from "../../kinds/kubernetes/kind.ts";
import { StackObject } from "../../kinds/stack-object.ts";
import { Document } from "../../text/document.ts";
import { innerText } from "../../text/inner-text.ts";
import { limits } from "../../text/limits.ts";
import type { Node } from "../../text/node.ts";
import { at, mapAt, resolve, stringAt } from "../../text/read.ts";
import { fileReference, isPath } from "./files.ts";
import { type Name, nameAt, namePart } from "./name.ts";
import { objectReference } from "./objects.ts";
import { placesAt, valuesAt } from "./places.ts";
import type { Reference } from "./reference.ts";

const files = [
  "resources[]",
  "bases[]",
  "components[]",
  "patches[].path",
  "patchesJson6902[].path",
  "patchesStrategicMerge[]",
  "replacements[].path",
  "configurations[]",
  "crds[]",
  "transformers[]",
  "generators[]",
  "helmCharts[].valuesFile",
  "configMapGenerator[].envs[]",
  "secretGenerator[].envs[]",
];
/** Of `name=path` only the path counts. */
const keyed = ["configMapGenerator[].files[]", "secretGenerator[].files[]"];

/** A directory stands for the kustomization in it. */
const insides = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** The files and objects that a kustomization names. An older list of patches holds paths and patches side by side. */
export function kustomizeReferences(from: StackObject): Reference[] {
  if (from.kind.id !== "kustomization") return [];
  const { root } = from;
  return [
    ...files.flatMap((path) => valuesAt(root, path)).flatMap((node) => nameAt(node) ?? []),
    ...keyed.flatMap((path) => valuesAt(root, path)).flatMap(behindEqualsSign),
  ]
    .filter(({ text }) => isPath(text))
    .map((name) => fileReference(from, name, ...insides))
    .concat(["patches[].target", "patchesJson6902[].target"].flatMap((path) => patched(from, path)));
}

function behindEqualsSign(node: Node): Name[] {
  const scalar = resolve(node);
  const text = nameAt(node)?.text;
  if (text === undefined || scalar?.type !== "scalar") return [];
  return [namePart(scalar, text.indexOf("=") + 1, text.length) ?? []].flat();
}

/** A target's name may be a pattern; only a plain one is the name of one object. */
function patched(from: StackObject, path: string): Reference[] {
  return placesAt(from.root, path).flatMap(({ value }) => {
    const kind = stringAt(value, "kind")?.value;
    const name = stringAt(value, "name")?.value ?? "";
    return kind === undefined || !/^[\w.-]+$/.test(name) ? [] : objectReference(from, at(value, "name"), kind);
  });
}

/** The patches that are written out in a kustomization, as parts of the objects that they change. */
export function inlinePatches(from: StackObject): StackObject[] {
  if (from.kind.id !== "kustomization") return [];
  const written = ["patches[].patch", "patchesStrategicMerge[]"].flatMap((path) => valuesAt(from.root, path));
  return written.flatMap((node) => {
    const scalar = resolve(node);
    if (scalar?.type !== "scalar" || scalar.text.length > limits.embeddedLength) return [];
    const inner = /^\s*\{|\n/.test(scalar.text) ? innerText(scalar) : undefined;
    if (inner === undefined) return [];
    const carrier = { node: scalar, projection: inner.projection, by: "values", name: "patch" } as const;
    const doc = new Document(from.doc.file, inner.text, carrier);
    const root = doc.readable ? mapAt(doc.root) : undefined;
    return root === undefined ? [] : [new StackObject(kubernetesObject, doc, root)];
  });
}
