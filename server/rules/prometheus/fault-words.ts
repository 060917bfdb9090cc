import type { QueryFault } from "../../kinds/promql/check.ts";
import { signatureOf } from "../../kinds/promql/functions.ts";

/** What is told of the faults of a query. */
export const messages = {
  "open-bracket": '{object}: "{text}" is never closed in this query. {effect}',
  "stray-bracket": '{object}: "{text}" closes nothing in this query. {effect}',
  "open-quote": "{object}: this text has no closing quote in its query. {effect}",
  "no-labels": '{object}: "{word}" wants labels in brackets, such as {word} (pod). {effect}',
  ends: "{object}: the query ends where something has to follow. {effect}",
  unexpected: '{object}: "{text}" cannot stand here in a query. {effect}',
  "unknown-function": '{object}: PromQL has no function "{name}". Did you mean {meant}? {effect}',
  escape: '{object}: "{text}" is no escape in PromQL; write two backslashes, or put the text in backquotes. {effect}',
  argument: "{object}: {signature} gets a {is} here and wants a {wants}{hint}. {effect}",
  arguments: "{object}: {signature} does not take {count} arguments. {effect}",
  "range-of-expression":
    "{object}: a range such as [5m] goes with a plain metric; behind anything else write [5m:] for a subquery, or move it inside. {effect}",
  "offset-of-expression": "{object}: offset goes with a metric or a range; move it inside. {effect}",
  "range-in-operation": "{object}: a range cannot be calculated with; put it into rate() or avg_over_time(). {effect}",
  result: "{object}: the query gives a {is}, and a number or a vector is wanted. {effect}",
  "too-long": "{object}: the query is longer than Headroom reads; nothing in it was checked.",
} as const;

/** How the parts of a query are called. */
const parts = { scalar: "number", string: "text", instant: "vector", range: "range" } as const;

interface Said {
  readonly object: string;
  /** What follows of it. */
  readonly effect: string;
}

/** The message of a fault with its slots. */
export function wordsOf(fault: QueryFault, said: Said) {
  switch (fault.type) {
    case "syntax":
      return writtenWrong(fault, said);
    case "unknown-function":
      return { message: fault.type, slots: { ...said, name: fault.name, meant: fault.meant } };
    case "escape":
      return { message: fault.type, slots: { ...said, text: fault.text } };
    case "argument": {
      const [is, wants] = [parts[fault.is], parts[fault.wants]];
      const hint = fault.wants === "range" ? ", such as [5m] behind the metric" : "";
      return { message: fault.type, slots: { ...said, signature: signatureOf(fault.of), is, wants, hint } };
    }
    case "arguments":
      return { message: fault.type, slots: { ...said, signature: signatureOf(fault.of), count: fault.count } };
    case "result":
      return { message: fault.type, slots: { ...said, is: parts[fault.is] } };
    default:
      return { message: fault.type, slots: said };
  }
}

function writtenWrong({ mistake }: QueryFault & { type: "syntax" }, said: Said) {
  switch (mistake.type) {
    case "no-labels":
      return { message: mistake.type, slots: { ...said, word: mistake.word } };
    case "open-quote":
    case "ends":
      return { message: mistake.type, slots: said };
    default:
      return { message: mistake.type, slots: { ...said, text: mistake.text } };
  }
}
