import { itemsAt, stringAt } from "../text/read.ts";
import type { Graph } from "./graph.ts";

/** What kustomizations around a file put in an image's place. */
export function retaggedBy(graph: Graph, path: string, image: string): string[] {
  const around = graph.layout.worldsOf(path);
  if (around.length === 0) return [];
  const name = image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
  return graph
    .lookup("kind/kustomization")
    .filter((kustomization) => around.some(({ files }) => files.has(kustomization.path)))
    .flatMap(({ root }) => itemsAt(root, "images"))
    .filter((entry) => stringAt(entry, "name")?.value === name)
    .map((entry) => {
      const digest = stringAt(entry, "digest")?.value;
      const version = digest === undefined ? `:${stringAt(entry, "newTag")?.value ?? ""}` : `@${digest}`;
      return `${stringAt(entry, "newName")?.value ?? name}${version}`;
    });
}
