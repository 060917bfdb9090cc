import {
  type DocumentSymbol,
  type SymbolInformation,
  SymbolKind,
  type WorkspaceSymbol,
} from "vscode-languageserver/node";
import type { Workspace } from "../../graph/workspace.ts";
import type { Span } from "../../text/node.ts";
import { nameOfObject, type Part, partsOf } from "./parts.ts";
import { holds, type View } from "./view.ts";

const symbolKinds: Record<Part["type"], SymbolKind> = {
  object: SymbolKind.Class,
  container: SymbolKind.Module,
  trigger: SymbolKind.Event,
  metric: SymbolKind.Variable,
  key: SymbolKind.Key,
  plugin: SymbolKind.Function,
  profile: SymbolKind.Namespace,
  resource: SymbolKind.File,
};

/**
 * What is in a document: its objects and their main parts. A tree, or a list for clients that know no trees.
 * `innerOnly`: another service outlines the documents of the file, though not what is inside of them.
 */
export function documentSymbols(view: View, tree: boolean, innerOnly = false): DocumentSymbol[] | SymbolInformation[] {
  const all = partsOf(view.workspace, view.file);
  const parts = innerOnly ? innerObjects(all) : all;
  return tree ? parts.map((part) => symbolOf(view, part)) : parts.flatMap((part) => flat(view, part));
}

/** The objects of documents that stand in others. */
function innerObjects(parts: readonly Part[]): Part[] {
  return parts.flatMap((part) => {
    return part.type === "object" && part.range.doc.carrier !== undefined ? [part] : innerObjects(part.parts);
  });
}

function symbolOf(view: View, part: Part): DocumentSymbol {
  const { range } = view.locate(part.range);
  const selection = view.locate(part.selection).range;
  return {
    name: part.name,
    detail: part.detail,
    kind: symbolKinds[part.type],
    range,
    // What an alias leads to stands somewhere else.
    selectionRange: holds(range, selection) ? selection : { start: range.start, end: range.start },
    children: part.parts.map((inner) => symbolOf(view, inner)),
  };
}

function flat(view: View, part: Part, containerName?: string): SymbolInformation[] {
  const own: SymbolInformation = {
    name: part.name,
    kind: symbolKinds[part.type],
    location: view.locate(part.range),
    ...(containerName !== undefined && { containerName }),
  };
  return [own, ...part.parts.flatMap((inner) => flat(view, inner, part.name))];
}

/** A workspace with the way from its places to the client's. */
export interface Known {
  readonly workspace: Workspace;
  readonly paths: readonly string[];
  readonly locate: (span: Span) => WorkspaceSymbol["location"];
}

const most = 500;

/** The objects whose names hold the letters of a query in their order; the closest first. */
export function workspaceSymbols(known: readonly Known[], query: string): WorkspaceSymbol[] {
  const wanted = query.replace(/\s+/g, "").toLowerCase().slice(0, 100);
  const found = known.flatMap(({ workspace, paths, locate }) =>
    paths.flatMap((path) => {
      const file = workspace.files.get(path);
      return (file === undefined ? [] : workspace.objectsIn(file)).flatMap((object) => {
        const name = nameOfObject(object);
        const distance = distanceOf(name.toLowerCase(), wanted);
        return distance === undefined ? [] : [{ object, name, distance, path, locate }];
      });
    }),
  );
  return found
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .slice(0, most)
    .map(({ object, name, path, locate }) => ({
      name,
      kind: symbolKinds.object,
      containerName: `${object.apiKind ?? object.kind.title} · ${path}`,
      location: locate(object.name?.node ?? object),
    }));
}

/** Zero for the name itself, then beginnings, then parts, then scattered letters; absent when letters are missing. */
export function distanceOf(name: string, wanted: string): number | undefined {
  if (name === wanted) return 0;
  const at = name.indexOf(wanted);
  if (at >= 0) return at === 0 ? 1 : 2;
  let index = 0;
  for (const letter of name) if (letter === wanted[index]) index++;
  return index === wanted.length ? 3 : undefined;
}
