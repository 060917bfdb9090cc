import type { Graph } from "../../graph/graph.ts";
import { kinds } from "../../kinds/registry.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { SchemaProblem } from "../../schemas/problem.ts";
import { problemsOf } from "../../schemas/problems.ts";
import { isSpokenFor } from "./spoken-for.ts";

/** The kinds that have a schema. */
export const checkedKinds = kinds.filter(({ schema }) => schema !== undefined);

/** The problems of one type that the schema rules tell. A patch is a part of an object, and its schema is another. */
export function told<T extends SchemaProblem["type"]>(
  object: StackObject,
  graph: Graph,
  type: T,
): readonly Extract<SchemaProblem, { type: T }>[] {
  const problems = problemsOf(object).filter(
    (problem) => problem.type === type && !isSpokenFor(object.kind.schema, problem),
  );
  if (problems.length === 0 || graph.layout.isPatch(object.path)) return [];
  return problems as Extract<SchemaProblem, { type: T }>[];
}
