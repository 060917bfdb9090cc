import { calculate, described, isList, isNumeric, list, type Numeric, numeric } from "./arithmetic.ts";
import { FormulaError } from "./error.ts";
import type { Value } from "./tree.ts";

export interface FormulaFunction {
  readonly name: string;
  /** Takes a list and a question about each of its elements. */
  readonly predicate: boolean;
  /** How many arguments it takes: one, or one and more. */
  readonly takes: "one" | "some";
  /** What it gives, as far as that is known before it runs. */
  readonly gives: "int" | "float" | "bool" | "list" | "any";
  /** Absent: the evaluator asks the predicate. */
  readonly apply?: (values: readonly Value[], at: number) => Value;
}

const apply = (
  name: string,
  takes: "one" | "some",
  gives: FormulaFunction["gives"],
  compute: (values: readonly Value[], at: number) => Value,
): FormulaFunction => ({ name, predicate: false, takes, gives, apply: compute });

const onNumber = (name: string, gives: FormulaFunction["gives"], compute: (value: Numeric, at: number) => Value) =>
  apply(name, "one", gives, ([value = null], at) => compute(numeric(value, at), at));

const onElements = (name: string, gives: FormulaFunction["gives"]): FormulaFunction => ({
  name,
  predicate: true,
  takes: "one",
  gives,
});

/** What formulas use of expr-lang's functions. Source: expr builtin/builtin.go, v1.17. */
const known: ReadonlyMap<string, FormulaFunction> = new Map(
  [
    onNumber("abs", "any", (value) => (value < 0 ? -value : value)),
    onNumber("ceil", "float", (value) => Math.ceil(Number(value))),
    onNumber("floor", "float", (value) => Math.floor(Number(value))),
    onNumber("round", "float", (value) => awayFromZero(Number(value))),
    onNumber("float", "float", (value) => Number(value)),
    onNumber("int", "int", integer),
    apply("max", "some", "any", (values, at) => extreme(values, at, (best, value) => best < value)),
    apply("min", "some", "any", (values, at) => extreme(values, at, (best, value) => best > value)),
    apply("mean", "some", "float", (values, at) => mean(flat(values, at).map(Number))),
    apply("median", "some", "float", (values, at) => median(flat(values, at).map(Number))),
    apply("len", "one", "int", ([value = null], at) => BigInt(list(value, at).length)),
    apply("first", "one", "any", ([value = null], at) => list(value, at)[0] ?? null),
    apply("last", "one", "any", ([value = null], at) => list(value, at).at(-1) ?? null),
    ...(["all", "any", "none", "one"] as const).map((name) => onElements(name, "bool")),
    ...(["filter", "map"] as const).map((name) => onElements(name, "list")),
    onElements("count", "int"),
    onElements("sum", "any"),
    onElements("find", "any"),
  ].map((one) => [one.name, one]),
);

/** Functions of expr-lang that say nothing about numbers or that no formula needs: not evaluated here. */
const others = new Set(
  (
    "findIndex findLast findLastIndex groupBy sortBy reduce type string trim trimPrefix trimSuffix upper lower split " +
    "splitAfter replace repeat join indexOf lastIndexOf hasPrefix hasSuffix toJSON fromJSON toBase64 fromBase64 now " +
    "duration date timezone get take keys values toPairs fromPairs reverse uniq concat flatten sort bitand bitor bitxor " +
    "bitnand bitshl bitshr bitushr bitnot"
  ).split(" "),
);

export function functionNamed(name: string, at: number): FormulaFunction {
  const found = known.get(name);
  if (found !== undefined) return found;
  if (others.has(name)) throw new FormulaError("unsupported", `${name}() is not evaluated here`, at);
  const instead = name === "avg" || name === "average" ? "; the average is mean()" : "";
  throw new FormulaError("name", `${name}() is no function of KEDA's formulas${instead}`, at);
}

export const isFunctionName = (name: string) => known.has(name) || others.has(name);

/** Lists stand for their elements, however deep. */
function flat(values: readonly Value[], at: number): readonly Numeric[] {
  return values.flatMap((value) => {
    if (isNumeric(value)) return [value];
    if (isList(value)) return flat(value, at);
    throw new FormulaError("value", `${described(value)} is no number`, at);
  });
}

function extreme(values: readonly Value[], at: number, replaces: (best: Numeric, value: Numeric) => boolean): Value {
  let best: Numeric | null = null;
  for (const value of flat(values, at)) if (best === null || replaces(best, value)) best = value;
  return best;
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const above = sorted[Math.floor(sorted.length / 2)];
  if (above === undefined) return 0;
  return sorted.length % 2 === 1 ? above : ((sorted[sorted.length / 2 - 1] ?? above) + above) / 2;
}

export function sumOf(values: readonly Value[], at: number): Numeric {
  return values.reduce<Numeric>((sum, value) => calculate("+", sum, numeric(value, at), at), 0n);
}

/** Go's math.Round. */
function awayFromZero(value: number): number {
  const whole = Math.trunc(value);
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole;
}

function integer(value: Numeric, at: number): bigint {
  if (typeof value === "bigint") return value;
  if (!Number.isFinite(value)) throw new FormulaError("value", `${value} has no integer`, at);
  return BigInt.asIntN(64, BigInt(Math.trunc(value)));
}
