import type { CompletionItemKind } from "vscode-languageserver/node";
import type { Graph } from "../../graph/graph.ts";
import { nearest } from "../../graph/scope.ts";
import type { Workspace } from "../../graph/workspace.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Cursor } from "./cursor.ts";

/** A name that could stand at a cursor. */
export interface Candidate {
  readonly label: string;
  /** What has this name, on the same line. */
  readonly detail: string;
  readonly documentation?: string;
  /** Candidates of a lower rank come first. */
  readonly rank: number;
  /** What is written for it, where that is not the name itself, in the spelling of the place. */
  readonly text?: string;
  /** What is written for it by a client that knows tab stops. */
  readonly snippet?: string;
  readonly kind?: CompletionItemKind;
  /** What is written somewhere before it as well. */
  readonly before?: { readonly offset: number; readonly text: string };
}

export interface Scope {
  readonly cursor: Cursor;
  readonly graph: Graph;
  readonly workspace: Workspace;
}

/** The objects of a kind, those first that belong together with the one that names them. */
export function objectsNamed({ cursor, graph }: Scope, kind: string): Candidate[] {
  const { object } = cursor;
  const all = graph.lookup(`api/${kind}`);
  const near = new Set(nearest(graph, object, all));
  return all.flatMap((one) => {
    const name = one.name?.value;
    if (name === undefined) return [];
    const namespace = one.namespace === undefined ? "" : ` in ${one.namespace}`;
    return [{ label: name, detail: `${kind}${namespace}, ${one.path}`, rank: near.has(one) ? 0 : 1 }];
  });
}

export function objectNamed({ cursor, graph }: Scope, kind: string, name: string): StackObject | undefined {
  const found = nearest(graph, cursor.object, graph.lookup(`name/${kind}/${name}`));
  return found.length === 1 ? found[0] : undefined;
}

export function unique(candidates: readonly Candidate[]): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = best.get(candidate.label);
    if (known === undefined || candidate.rank < known.rank) best.set(candidate.label, candidate);
  }
  return [...best.values()].sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1));
}
