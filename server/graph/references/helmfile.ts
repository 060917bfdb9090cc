import type { StackObject } from "../../kinds/stack-object.ts";
import { fileReference, isPath } from "./files.ts";
import { nameAt } from "./name.ts";
import { valuesAt } from "./places.ts";
import type { Reference } from "./reference.ts";

/** Lists of paths; what is written out in them instead is no text and so no name. */
const files = ["releases[].values[]", "releases[].secrets[]", "helmfiles[]", "helmfiles[].path", "bases[]"];

/** The files that a helmfile names: values of releases, other helmfiles, and charts that are directories here. */
export function helmfileReferences(from: StackObject): Reference[] {
  if (from.kind.id !== "helmfile") return [];
  const named = (path: string) => valuesAt(from.root, path).flatMap((node) => nameAt(node) ?? []);
  const charts = named("releases[].chart").filter(({ text }) => /^\.{1,2}\//.test(text));
  return [...files.flatMap(named).filter(({ text }) => isPath(text)), ...charts.filter(({ text }) => isPath(text))].map(
    (name) => fileReference(from, name, "Chart.yaml", "helmfile.yaml"),
  );
}
