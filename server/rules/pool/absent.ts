import type { RawFix } from "../../findings/raw-finding.ts";
import type { Graph } from "../../graph/graph.ts";
import { nameAt } from "../../graph/references/name.ts";
import { wouldBeTargets } from "../../graph/scale-target.ts";
import { meet } from "../../graph/scope.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Placed } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";

/** What may have been meant by the name of something that is nowhere. */
export interface Absent {
  readonly others: readonly StackObject[];
  /** For messages: `Did you mean "llama"?` */
  readonly meant: string;
  readonly fixes: readonly RawFix[];
}

/**
 * Absent where the name is there, or where it may stand in what we cannot see. Of names that are no slip only those tell
 * that are certainly applied together.
 */
export function absent(graph: Graph, from: StackObject, kind: string, name: Placed<string>): Absent | undefined {
  const known = wouldBeTargets(graph, from, { node: name.node, apiVersion: undefined, kind, name });
  const names = known.flatMap((one) => one.name?.value ?? []);
  const near = nearest(
    name.value,
    names.filter((other) => numbersIn(other) === numbersIn(name.value)),
  );
  const others = near === undefined ? known.filter((one) => meet(graph, from, one) === "certain") : known;
  const [first] = others;
  if (first === undefined) return undefined;
  const meant = near ?? (others.length === 1 ? first.name?.value : undefined);
  const edit = meant === undefined ? undefined : nameAt(name.node)?.rewrite(meant);
  return {
    others,
    meant: near === undefined ? `There is ${titlesOf(others)}.` : `Did you mean "${near}"?`,
    fixes: edit === undefined ? [] : [{ title: `Write ${meant}`, safe: false, edits: [edit] }],
  };
}

function titlesOf(objects: readonly StackObject[]): string {
  return objects
    .slice(0, 3)
    .map(({ title }) => title)
    .join(", ");
}

/** Names that differ in their numbers (`llama-8b`, `llama-70b`) name different things. */
function numbersIn(text: string): string {
  return text.match(/\d+/g)?.join() ?? "";
}
