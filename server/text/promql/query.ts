import { parser } from "@prometheus-io/lezer-promql";
import { limits } from "../limits.ts";
import { isClosed, isPartner, openBrackets, type Token, tokensOf } from "./tokens.ts";

/** Of the syntax tree of a query. */
export type QueryNode = ReturnType<typeof parser.parse>["topNode"];

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Why a query is none, at the place of the mistake. */
export type Mistake = Stretch &
  (
    | { readonly type: "open-bracket" | "stray-bracket" | "unexpected"; readonly text: string }
    | { readonly type: "open-quote" | "ends" }
    /** A word before a bracket, that is no function. */
    | { readonly type: "unknown-function"; readonly name: string }
    /** `by` and its like without labels in brackets. */
    | { readonly type: "no-labels"; readonly word: string }
  );

/** A query as it was read: with its tree, or with the first mistake in it. */
export type Query =
  | { readonly tokens: readonly Token[]; readonly tree: QueryNode }
  | { readonly tokens: readonly Token[]; readonly mistake: Mistake }
  | { readonly tokens: readonly Token[]; readonly tooLong: true };

/** Ends at the first error, where the tolerant parser would try many ways to go on. */
const strict = parser.configure({ strict: true });

export function readQuery(text: string): Query {
  const tokens = tokensOf(text);
  if (tokens.length > limits.queryWords) return { tokens, tooLong: true };
  const open = tokens.find((token) => token.type === "string" && !isClosed(token));
  if (open !== undefined) return { tokens, mistake: { type: "open-quote", start: open.start, end: open.end } };
  const parse = strict.startParse(text);
  try {
    for (;;) {
      const tree = parse.advance();
      if (tree !== null) return { tokens, tree: tree.topNode };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { tokens, mistake: mistakeAt(tokens, parse.parsedPos) };
  }
}

const wantsLabels = /^(?:by|without|on|ignoring)$/i;

/** What is wrong with the token at an offset, or with the end of the query. */
function mistakeAt(tokens: readonly Token[], offset: number): Mistake {
  const found = tokens.findIndex(({ end }) => end > offset);
  const index = found < 0 ? tokens.length : found;
  const token = tokens[index];
  const before = tokens[index - 1];
  const innermost = openBrackets(tokens.slice(0, index)).at(-1);
  const open = innermost?.bracket;
  if (token?.text !== "(" && before !== undefined && wantsLabels.test(before.text)) {
    return { type: "no-labels", word: before.text, start: before.start, end: before.end };
  }
  if (token === undefined) {
    if (open !== undefined) return { type: "open-bracket", text: open.text, start: open.start, end: open.end };
    return { type: "ends", start: before?.start ?? 0, end: before?.end ?? 0 };
  }
  if (token.text === "(" && open !== undefined && wantsLabels.test(innermost?.before?.text ?? "")) {
    // No bracket opens among labels: theirs was not closed.
    return { type: "open-bracket", text: open.text, ...stretchOf(open) };
  }
  if (token.text === "(" && before?.type === "word") {
    return { type: "unknown-function", name: before.text, start: before.start, end: before.end };
  }
  const { text } = token;
  if (token.type === "close" && open === undefined) return { type: "stray-bracket", text, ...stretchOf(token) };
  if (open !== undefined && token.type === "close" && !isPartner(open, token)) {
    return { type: "open-bracket", text: open.text, ...stretchOf(open) };
  }
  return { type: "unexpected", text, ...stretchOf(token) };
}

function stretchOf({ start, end }: Token): Stretch {
  return { start, end };
}
