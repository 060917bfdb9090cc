import type { StackObject } from "../../kinds/stack-object.ts";
import type { Graph } from "../graph.ts";
import { dirname, joinPath } from "../paths.ts";
import type { Name } from "./name.ts";
import type { FileTarget, Reference } from "./reference.ts";

/** Whether a text can be the path of a file beside the one that names it: no URL, nothing absolute, no written-out text. */
export function isPath(text: string): boolean {
  return text.length < 4096 && !/[\n:]|^\//.test(text);
}

/** A file by its path from the file that names it. A directory stands for the first of these files that is in it. */
export function fileReference(from: StackObject, name: Name, ...inside: readonly string[]): Reference {
  const resolve = (graph: Graph) => fileAt(graph, joinPath(dirname(from.path), name.text), inside);
  return { from, at: name, to: { type: "file" }, byName: false, resolve };
}

function fileAt(graph: Graph, path: string, inside: readonly string[]): FileTarget[] {
  const candidates = [path, ...inside.map((name) => joinPath(path, name))];
  const found = candidates.find((one) => graph.textOf(one) !== undefined);
  return found === undefined ? [] : [{ meaning: { type: "file" }, path: found }];
}
