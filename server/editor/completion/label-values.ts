import { CompletionItemKind } from "vscode-languageserver/node";
import { isWorkload } from "../../graph/scale-target.ts";
import { nearest } from "../../graph/scope.ts";
import type { LabelFact } from "../../kinds/metrics/labels.ts";
import { type Candidate, objectsNamed, type Scope, unique } from "./candidate.ts";
import { modelNames } from "./models.ts";
import { namespaces, variants } from "./names.ts";

/** The values of a label that the workspace knows; `pattern`: what is asked for is a regular expression. */
export function valuesOfLabel(label: LabelFact | undefined, pattern: boolean, scope: Scope): readonly Candidate[] {
  const found = unique(known(label, pattern, scope));
  return found.map((one) => ({ ...one, kind: CompletionItemKind.Value }));
}

function known(label: LabelFact | undefined, pattern: boolean, scope: Scope): readonly Candidate[] {
  if (label?.values !== undefined) {
    return label.values.map((value, rank) => ({ label: value, detail: label.meaning, rank }));
  }
  switch (label?.names) {
    case undefined:
      return [];
    case "namespace":
      return namespaces(scope);
    case "variant":
      return variants(scope);
    case "model":
      return modelNames(scope);
    case "container":
      return containers(scope);
    case "pod":
      return pods(pattern, scope);
    default:
      return objectsNamed(scope, label?.names ?? "");
  }
}

const workloads = ["Deployment", "StatefulSet", "LeaderWorkerSet"];

/** Pods are called by their workload and by something that nobody knows before. */
function pods(pattern: boolean, scope: Scope): Candidate[] {
  if (!pattern) return objectsNamed(scope, "Pod");
  return workloads.flatMap((kind) =>
    objectsNamed(scope, kind).map((one) => ({
      ...one,
      label: `${one.label.replaceAll(".", "\\\\.")}-.*`,
      detail: `pods of ${one.detail}`,
    })),
  );
}

function containers({ cursor, graph }: Scope): Candidate[] {
  const all = workloads.flatMap((kind) => graph.lookup(`api/${kind}`));
  const near = new Set(nearest(graph, cursor.object, all));
  return all.filter(isWorkload).flatMap((workload) =>
    (workload.view.template?.containers ?? []).flatMap(({ name }) => {
      if (name === undefined) return [];
      return [{ label: name.value, detail: `container of ${workload.title}`, rank: near.has(workload) ? 0 : 1 }];
    }),
  );
}
