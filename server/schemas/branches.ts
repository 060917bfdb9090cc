import type { SchemaError } from "./compiled.ts";
import { stepsOf } from "./place.ts";

/** An error with those of the branches it speaks of: anyOf and oneOf have them, everything else has none. */
interface Judged {
  readonly error: SchemaError;
  readonly branches: readonly (readonly Judged[])[];
}

/**
 * The errors of a validator, each choice between branches reduced to what was meant: one error where the types or the
 * words of all branches are missed, else the errors of the branch that fits best.
 */
export function meantErrors(errors: readonly SchemaError[]): SchemaError[] {
  return judge(errors).flatMap(meant);
}

/** The error of a choice stands behind those of its branches and says how many each has. */
function judge(errors: readonly SchemaError[]): Judged[] {
  const judged: Judged[] = [];
  for (let end = errors.length; end > 0; end--) {
    const error = errors[end - 1] as SchemaError;
    const ends = error.params["ends"];
    if (!Array.isArray(ends)) {
      judged.push({ error, branches: [] });
      continue;
    }
    const first = end - 1 - (ends[ends.length - 1] - ends[0]);
    const branches = ends.slice(1).map((to: number, index) => {
      return judge(errors.slice(first + ends[index] - ends[0], first + to - ends[0]));
    });
    judged.push({ error, branches });
    end = first + 1;
  }
  return judged.reverse();
}

function meant({ error, branches }: Judged): SchemaError[] {
  if (branches.length === 0) return [error];
  // More than one branch of oneOf holds: that is said by the choice itself.
  if (Number(error.params["passing"]) > 0) return [error];
  const flat = branches.map((branch) => branch.flatMap(meant));
  const path = error.instancePath;
  const typed = flat.filter((errors) => !errors.some((one) => isType(one) && one.instancePath === path));
  if (typed.length === 0) return [together(flat, path, isType, "type")];
  const fitting = typed.filter((errors) => !errors.some((one) => isWord(one) && isTagOf(one.instancePath, path)));
  if (fitting.length === 0) return wordsTogether(typed, path);
  if (fitting.every((errors) => errors.every((one) => one.keyword === "required" && one.instancePath === path)))
    return [{ instancePath: path, keyword: "required-any", params: { keys: fitting.flatMap(missing) } }];
  return fitting.reduce((best, errors) => (errors.length < best.length ? errors : best));
}

const isType = ({ keyword }: SchemaError) => keyword === "type" || keyword === "x-types";
const isWord = ({ keyword }: SchemaError) => keyword === "const" || keyword === "enum";

/** The value itself, or a key of it by which branches are told apart. */
function isTagOf(instancePath: string, path: string): boolean {
  return (
    instancePath === path || (instancePath.startsWith(`${path}/`) && !instancePath.slice(path.length + 1).includes("/"))
  );
}

function together(
  branches: readonly SchemaError[][],
  path: string,
  is: (error: SchemaError) => boolean,
  param: string,
): SchemaError {
  const own = branches.flat().filter((one) => is(one) && one.instancePath === path);
  const first = own[0] as SchemaError;
  return { ...first, params: { [param]: [...new Set(own.flatMap((one) => one.params[param] as string | string[]))] } };
}

/** The words of all branches for the key that most of them miss. */
function wordsTogether(branches: readonly SchemaError[][], path: string): SchemaError[] {
  const words = branches.flat().filter((one) => isWord(one) && isTagOf(one.instancePath, path));
  const first = words.toSorted((a, b) => stepsOf(a.instancePath).length - stepsOf(b.instancePath).length)[0];
  if (first === undefined) return [];
  const same = words.filter(({ instancePath }) => instancePath === first.instancePath);
  const allowed = [...new Set(same.flatMap(({ params }) => params["allowed"] ?? [params["allowedValue"]]))];
  return [{ instancePath: first.instancePath, keyword: "enum", params: { allowed } }];
}

function missing(errors: readonly SchemaError[]): unknown[] {
  return errors.map(({ params }) => params["missingProperty"]);
}
