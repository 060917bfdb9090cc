import type { Kind } from "../kinds/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { MapNode } from "../text/node.ts";
import { remembered } from "../text/remembered.ts";
import { nearest } from "../text/spelling.ts";
import { meantErrors } from "./branches.ts";
import { type SchemaError, validatorModule } from "./compiled.ts";
import { homeOf } from "./home.ts";
import { meantKey, unwritten } from "./meant.ts";
import { notesIn } from "./notes.ts";
import { plainOf } from "./plain.ts";
import type { SchemaProblem } from "./problem.ts";
import { problemOf } from "./problem-of.ts";
import { isCertain } from "./silence.ts";
import { inOneBreath } from "./tidy.ts";

interface Judgement {
  readonly problems: readonly SchemaProblem[];
  /** Nothing was held back. */
  readonly inFull: boolean;
}

const unjudged: Judgement = { problems: [], inFull: false };

/** How an object differs from the schema of its kind. Asked by several rules, worked out once. */
export function problemsOf(object: StackObject): readonly SchemaProblem[] {
  return judgementOf(object).problems;
}

/** Whether the problems are all that the schema alone finds: no doubt held one of them back. */
export function isToldInFull(object: StackObject): boolean {
  return judgementOf(object).inFull;
}

const judgementOf = remembered((object: StackObject): Judgement => {
  const { kind, root } = object;
  const tables = kind.schema === undefined ? undefined : validatorModule(kind.schema);
  const validate = tables?.validators[kind.schema ?? ""];
  if (tables === undefined || validate === undefined) return unjudged;
  const plain = plainOf(root, { keepNulls: !takesNullForUnwritten(kind) });
  if (plain === undefined) return unjudged;
  const notes: [string, number][] = [];
  const errors = validate.call({ notes }, plain.value) ? [] : (validate.errors ?? []);
  // Another version of the API has another shape; this schema knows nothing of it.
  if (errors.some(({ instancePath }) => instancePath === "/apiVersion")) return unjudged;
  const found = meantErrors(errors)
    .flatMap((error) => problemOf(error, root as MapNode, tables) ?? [])
    .filter((problem) => !isOfAnother(problem) && !isReadAnyway(problem));
  const validated = (value: unknown) => (validate.call({ notes: [] }, value) ? [] : (validate.errors ?? []));
  const isMuch = object.doc.text.length > longestHomed || found.length > mostProblems;
  const homed = isMuch ? found : withHomes(found, plain.value, validated);
  const all = inOneBreath([...homed, ...notesIn(notes, root, tables)]);
  const problems = all.filter((problem) => isCertain(problem, object));
  return { problems, inFull: problems.length === all.length };
});

/** Characters, problems and keys up to which it is worth trying out where a key belongs: each try validates again. */
const longestHomed = 64 * 1024;
const mostProblems = 50;
const mostHomed = 8;

function withHomes(
  found: readonly SchemaProblem[],
  value: unknown,
  validate: (value: unknown) => readonly SchemaError[],
): SchemaProblem[] {
  let left = mostHomed;
  return found.map((problem) => {
    if (problem.type !== "unknown-key" || problem.beside !== undefined) return problem;
    if (meantKey(problem.key.text, unwritten(problem)) !== undefined || left-- <= 0) return problem;
    const home = homeOf(problem, value, validate);
    return home === undefined ? problem : { ...problem, home };
  });
}

/** The API server and kustomize take a key without a value for one that is not written, and Helm for a default to be dropped. */
function takesNullForUnwritten({ id, recognise }: Kind): boolean {
  return "group" in recognise || id === "kustomization" || id.endsWith("-values");
}

/** A known key in letters of another case, where its reader does not mind. */
function isReadAnyway(problem: SchemaProblem): boolean {
  if (problem.type !== "unknown-key" || problem.consumer.caseless !== true) return false;
  const word = problem.key.text.toLowerCase();
  return problem.known.some((key) => key.toLowerCase() === word);
}

/** A key in an open object that is not a known one misspelt: somebody else's. */
function isOfAnother(problem: SchemaProblem): boolean {
  if (problem.type !== "unknown-key" || problem.consumer.open !== true) return false;
  const { key } = problem;
  return key.text.length < 4 || nearest(key.text, unwritten(problem)) === undefined;
}
