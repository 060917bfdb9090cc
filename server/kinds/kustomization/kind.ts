import { itemsAt, type mapAt, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** What a kustomization takes together; paths as written. */
export interface KustomizationView {
  /** Files and directories whose objects it contains. */
  readonly resources: readonly string[];
  /** Files that change objects defined elsewhere. */
  readonly patches: readonly string[];
  /** Whether it also takes in objects that are not files here: remote bases, charts, generators. */
  readonly open: boolean;
}

const remote = /^(?:https?:|git@|ssh:|[\w.-]+\.[a-z]+\/.*\/\/|github\.com\/)/;

export const kustomization = defineKind<KustomizationView>({
  id: "kustomization",
  title: "Kustomization",
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
  recognise: { group: "kustomize.config.k8s.io", kind: "Kustomization" },
  view: ({ root }) => readKustomization(root),
});

export const kustomizeComponent = defineKind<KustomizationView>({
  id: "kustomization",
  title: "Kustomize component",
  recognise: { group: "kustomize.config.k8s.io", kind: "Component" },
  view: ({ root }) => readKustomization(root),
});

function readKustomization(root: Parameters<typeof mapAt>[0]): KustomizationView {
  const listed = ["resources", "bases", "components"].flatMap((key) => strings(root, key));
  const generated = ["configMapGenerator", "helmCharts", "helmChartInflationGenerator", "generators"];
  return {
    resources: listed.filter((path) => !remote.test(path)),
    patches: [
      ...strings(root, "patchesStrategicMerge"),
      ...["patches", "patchesJson6902"].flatMap((key) =>
        itemsAt(root, key).flatMap((item) => stringAt(item, "path")?.value ?? []),
      ),
    ],
    open: listed.some((path) => remote.test(path)) || generated.some((key) => itemsAt(root, key).length > 0),
  };
}

function strings(root: Parameters<typeof mapAt>[0], key: string): string[] {
  return itemsAt(root, key).flatMap((item) => stringAt(item)?.value ?? []);
}
