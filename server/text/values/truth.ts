const goTruths: ReadonlyMap<string, boolean> = table(
  ["1", "t", "T", "TRUE", "true", "True"],
  ["0", "f", "F", "FALSE", "false", "False"],
);
const yamlTruths: ReadonlyMap<string, boolean> = table(["true", "True", "TRUE"], ["false", "False", "FALSE"]);
const yaml11Truths: ReadonlyMap<string, boolean> = table(
  ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON"],
  ["n", "N", "no", "No", "NO", "off", "Off", "OFF"],
);

function table(yes: readonly string[], no: readonly string[]): Map<string, boolean> {
  return new Map([...yes.map((word) => [word, true] as const), ...no.map((word) => [word, false] as const)]);
}

/** A boolean in a string, as `strconv.ParseBool` of Go reads it (src/strconv/atob.go). */
export function parseTruth(text: string): boolean | undefined {
  return goTruths.get(text);
}

/**
 * The words that are strings in YAML 1.2 and booleans to the parser of kubectl, Helm and Argo CD (sigs.k8s.io/yaml over
 * go-yaml v2, resolve.go). `y` and `n` are among them; PyYAML, which reads LMCache's files, leaves those two alone.
 */
export function yaml11Truth(text: string): boolean | undefined {
  return yaml11Truths.get(text);
}

/** No number that anyone means is longer; turning hostile digits into a bigint costs more than linear time. */
const maxNumberLength = 400;

/** Digits that every whole number below 2^53 has room for, sign included. */
const longestSafe = 15;

const nulls = new Set(["", "~", "null", "Null", "NULL"]);
const infinity = /^(?<sign>[+-]?)\.(?:inf|Inf|INF)$/;
const notANumber = /^\.(?:nan|NaN|NAN)$/;
const decimal = /^[+-]?\d+$/;
const octalOrHex = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const float = /^[+-]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][+-]?\d+)?$/;

/** How all that is not text begins: truths, numbers, `.inf`, `.nan`. */
const mayBeMore = /^[-+.\dtTfF]/;

export function isNullWord(text: string): boolean {
  return text.length <= 4 && nulls.has(text);
}

/** What a plain scalar stands for in the core schema of YAML 1.2 (section 10.3.2); whole numbers past 2^53 stay exact. */
export function resolvePlain(text: string): null | boolean | number | bigint | string {
  if (isNullWord(text)) return null;
  if (!mayBeMore.test(text)) return text;
  const truth = yamlTruths.get(text);
  if (truth !== undefined) return truth;
  return text.length > maxNumberLength ? text : (numberIn(text) ?? text);
}

function numberIn(text: string): number | bigint | undefined {
  if (decimal.test(text) || octalOrHex.test(text)) return wholeNumber(text);
  if (float.test(text)) return Number(text);
  if (notANumber.test(text)) return Number.NaN;
  const sign = infinity.exec(text)?.groups?.["sign"];
  return sign === undefined ? undefined : sign === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function wholeNumber(text: string): number | bigint {
  if (text.length <= longestSafe && decimal.test(text)) return Number(text) + 0;
  const exact = BigInt(text);
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact;
}
