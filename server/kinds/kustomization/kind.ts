import type { Node } from "../../text/node.ts";
import { itemsAt, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** What a kustomization takes together; paths as written. */
export interface KustomizationView {
  /** Files and directories whose objects it contains. */
  readonly resources: readonly string[];
  /** Files that change objects defined elsewhere. */
  readonly patches: readonly string[];
  /** All changes to objects, those written in the kustomization itself included. */
  readonly changes: readonly PatchSource[];
  /** Whether it also takes in objects that are not files here: remote bases, charts, generators. */
  readonly open: boolean;
  /** The same, where any kind of object may come in: not for generators of ConfigMaps alone. */
  readonly foreign: boolean;
  /** Whether an inline patch or a replacement takes objects away, renames them or points them elsewhere. */
  readonly rewires: boolean;
  /** Put on every object in it. */
  readonly namespace: string | undefined;
  /** Whether names get a prefix or a suffix. */
  readonly affixes: boolean;
}

/** A patch: in a file, or written out, for the objects that its target or its own head names. */
export interface PatchSource {
  readonly path: string | undefined;
  readonly text: string | undefined;
  readonly targetKind: string | undefined;
  readonly targetName: string | undefined;
}

/** Whether the text of a patch takes an object away, renames it, or points it elsewhere. */
export function isRewiring(patch: string): boolean {
  return /\$patch["']?\s*:\s*["']?delete|scaleTargetRef|metadata[./]name\b/.test(patch);
}

const remote = /^(?:https?:|git@|ssh:|[\w.-]+\.[a-z]+\/.*\/\/|github\.com\/)/;

export const kustomization = defineKind<KustomizationView>({
  id: "kustomization",
  title: "Kustomization",
  schema: "kustomization",
  recognise: {
    hints: [
      "resources",
      "bases",
      "components",
      "patches",
      "patchesStrategicMerge",
      "namespace",
      "configMapGenerator",
      "commonLabels",
    ],
    content: (_root, doc) => /(?:^|\/)kustomization\.ya?ml$|(?:^|\/)Kustomization$/.test(doc.file.path),
  },
  view: ({ root }) => readKustomization(root),
});

/** The same with apiVersion and kind written out. */
export const kustomizationObject = defineKind<KustomizationView>({
  id: "kustomization",
  title: "Kustomization",
  schema: "kustomization",
  recognise: { group: "kustomize.config.k8s.io", kind: "Kustomization", file: true },
  view: ({ root }) => readKustomization(root),
});

export const kustomizeComponent = defineKind<KustomizationView>({
  id: "kustomization",
  title: "Kustomize component",
  schema: "kustomization",
  recognise: { group: "kustomize.config.k8s.io", kind: "Component", file: true },
  view: ({ root }) => readKustomization(root),
});

function readKustomization(root: Node | undefined): KustomizationView {
  const listed = ["resources", "bases", "components"].flatMap((key) => strings(root, key));
  const foreign =
    listed.some((path) => remote.test(path)) ||
    ["helmCharts", "helmChartInflationGenerator", "generators"].some((key) => itemsAt(root, key).length > 0);
  const patches = ["patches", "patchesJson6902"].flatMap((key) => itemsAt(root, key));
  return {
    resources: listed.filter((path) => !remote.test(path)),
    patches: [
      ...strings(root, "patchesStrategicMerge"),
      ...patches.flatMap((item) => stringAt(item, "path")?.value ?? []),
    ],
    changes: [...itemsAt(root, "patchesStrategicMerge").map(mergePatch), ...patches.map(readPatch)],
    open: foreign || itemsAt(root, "configMapGenerator").length > 0,
    foreign,
    rewires:
      itemsAt(root, "transformers").length > 0 ||
      [...strings(root, "patchesStrategicMerge"), ...patches.flatMap((item) => stringAt(item, "patch")?.value ?? [])]
        .concat(itemsAt(root, "replacements").flatMap(writtenBy))
        .some(isRewiring),
    namespace: stringAt(root, "namespace")?.value,
    affixes: ["namePrefix", "nameSuffix"].some((key) => stringAt(root, key) !== undefined),
  };
}

/** An entry of the older list is a path, or the patch itself. */
function mergePatch(item: Node): PatchSource {
  const text = stringAt(item)?.value;
  const inline = text?.includes("\n") === true;
  return {
    path: inline ? undefined : text,
    text: inline ? text : undefined,
    targetKind: undefined,
    targetName: undefined,
  };
}

function readPatch(item: Node): PatchSource {
  return {
    path: stringAt(item, "path")?.value,
    text: stringAt(item, "patch")?.value,
    targetKind: stringAt(item, "target", "kind")?.value,
    targetName: stringAt(item, "target", "name")?.value,
  };
}

/** The field paths that a replacement writes. In a file of its own it may write anything. */
function writtenBy(replacement: Node): string[] {
  if (stringAt(replacement, "path") !== undefined) return ["scaleTargetRef"];
  return itemsAt(replacement, "targets").flatMap((target) => strings(target, "fieldPaths"));
}

function strings(root: Node | undefined, key: string): string[] {
  return itemsAt(root, key).flatMap((item) => stringAt(item)?.value ?? []);
}
