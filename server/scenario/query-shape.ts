import { parseSpan } from "../text/values/duration.ts";
import { isRate, type Meaning, meaningOf } from "./metric-words.ts";

/** A query as far as it is understood: one series of which something is taken. */
export interface QueryShape {
  readonly meaning: Meaning | "requests";
  readonly over: "sum" | "mean" | "max" | "each";
  /** Seconds that it looks back. */
  readonly window?: number;
  readonly labels: ReadonlyMap<string, string>;
}

/** Longer queries are not looked at. */
const longest = 4000;
const longestWindow = 86_400;
const overs: Readonly<Record<string, QueryShape["over"]>> = { sum: "sum", avg: "mean", max: "max" };

const series = String.raw`([a-zA-Z_:][\w:]*)\s*(\{[^{}]*\})?`;
const plain = new RegExp(String.raw`^(?:(sum|avg|max)\s*\(\s*)?${series}\s*(\)?)$`);
const ranged = new RegExp(
  String.raw`^(?:(sum|avg|max)\s*\(\s*)?(rate|irate|max_over_time)\s*\(\s*${series}\s*\[(\w{1,20})\]\s*\)\s*(\)?)$`,
);

/** Only forms that mean one thing; of everything else nothing is said. */
export function shapeOf(query: string): QueryShape | undefined {
  if (query.length > longest) return undefined;
  const text = query.trim();
  const sum = sumOfTwo(text);
  if (sum !== undefined) return sum;
  return plainShape(text) ?? rangedShape(text);
}

/** Running and waiting requests added up, as demand. */
function sumOfTwo(text: string): QueryShape | undefined {
  const parts = text.split("+");
  if (parts.length !== 2) return undefined;
  const shapes = parts.map((part) => plainShape(part.trim()));
  const meanings = shapes.map((shape) => shape?.meaning).sort();
  if (meanings[0] !== "running" || meanings[1] !== "waiting") return undefined;
  const [one, other] = shapes;
  if (one === undefined || one.over !== "sum" || other?.over !== "sum") return undefined;
  return { meaning: "requests", over: "sum", labels: one.labels };
}

function plainShape(text: string): QueryShape | undefined {
  const [, over, name = "", labels, closing = ""] = plain.exec(text) ?? [];
  const meaning = meaningOf(name);
  if (meaning === undefined || isRate(meaning) || (over === undefined) !== (closing === "")) return undefined;
  return { meaning, over: overs[over ?? ""] ?? "each", labels: labelsOf(labels) };
}

function rangedShape(text: string): QueryShape | undefined {
  const [, over, how, name = "", labels, range = "", closing = ""] = ranged.exec(text) ?? [];
  const meaning = meaningOf(name);
  const window = parseSpan(range);
  if (
    meaning === undefined ||
    !(window !== undefined && window > 0 && window <= longestWindow) ||
    (over === undefined) !== (closing === "")
  )
    return undefined;
  if (isRate(meaning) !== (how !== "max_over_time")) return undefined;
  return { meaning, over: overs[over ?? ""] ?? "each", window, labels: labelsOf(labels) };
}

/** The labels that must have one value. */
function labelsOf(text: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, key = "", value = ""] of (text ?? "").matchAll(/([a-zA-Z_]\w*)\s*=\s*"([^"\\]*)"/g))
    found.set(key, value);
  return found;
}
