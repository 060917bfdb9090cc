import { isCustomRouter } from "../../graph/router-version.ts";
import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { retiredPlugins } from "../../kinds/epp/retired.ts";
import { kinds } from "../../kinds/registry.ts";
import type { SchemaProblem } from "../../schemas/problem.ts";
import { problemsOf } from "../../schemas/problems.ts";
import { nearest } from "../../text/spelling.ts";
import { isSpokenFor } from "./spoken-for.ts";
import { type Asking, outsideOf, type Running, runningFor } from "./versions.ts";

/** The kinds that have a schema. */
export const checkedKinds = kinds.filter(({ schema }) => schema !== undefined);

/** The problems of one type that the schema rules tell. A patch is a part of an object, and its schema is another. */
export function told<T extends SchemaProblem["type"]>(
  asking: Asking,
  type: T,
): readonly Extract<SchemaProblem, { type: T }>[] {
  const { object, graph } = asking;
  const problems = problemsOf(object).filter((problem) => problem.type === type && !isSpokenFor(object, problem));
  if (problems.length === 0 || graph.layout.isPatch(object.path)) return [];
  const running = runningFor(asking);
  if (object.kind === endpointPickerConfig && running("router") === undefined) return [];
  return problems.filter((problem) => !isOfThisRouter(problem, asking, running)) as Extract<
    SchemaProblem,
    { type: T }
  >[];
}

/** Who an object is, and which router reads it where the answer depends on that alone. */
export function titleFor(asking: Asking): string {
  const { object } = asking;
  const router = object.kind === endpointPickerConfig ? runningFor(asking)("router") : undefined;
  return router === undefined ? object.title : `${object.title} of router ${router.told}`;
}

/** A type of plugin that newer routers dropped and this one has, or that somebody built into a router of their own. */
function isOfThisRouter(problem: SchemaProblem, { object, graph }: Asking, running: Running): boolean {
  if (problem.type !== "wrong-value" || !/^\/plugins\/\d+\/type$/.test(problem.pointer)) return false;
  const { value, allowed } = problem;
  if (value.type !== "scalar") return false;
  const life = retiredPlugins.get(value.text);
  if (life === undefined && "values" in allowed && nearest(value.text, allowed.values.map(String)) === undefined)
    return isCustomRouter(graph, object);
  if (life === undefined || running("router")?.orNewer === true) return false;
  return running("router") !== undefined && outsideOf([{ product: "router", ...life }], running) === undefined;
}
