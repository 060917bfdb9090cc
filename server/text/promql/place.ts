import { isClosed, openBrackets, type Token, tokensOf } from "./tokens.ts";

/** What somebody writes at an offset of a query; the stretch is what the finished word will replace. */
export type QueryPlace = { readonly start: number; readonly end: number } & (
  | { readonly in: "operand" }
  /** Behind an operand: an operator or a modifier. */
  | { readonly in: "operator"; readonly aggregated: boolean }
  | { readonly in: "label"; readonly metric: string | undefined }
  /** Between the quotes of a matcher. */
  | {
      readonly in: "value";
      readonly label: string;
      readonly operator: string;
      readonly metric: string | undefined;
      readonly quote: string;
    }
  | { readonly in: "range" }
);

const listsLabels = /^(?:by|without|on|ignoring|group_left|group_right)$/i;
const aggregates =
  /^(?:sum|avg|count|min|max|group|stddev|stdvar|topk|bottomk|quantile|count_values|limitk|limit_ratio)$/i;
const joins = /^(?:and|or|unless|bool|atan2)$/i;
const matches = /^(?:=|!=|=~|!~)$/;

/** Absent where nothing that we know could stand: in comments, in numbers and in other texts. */
export function queryPlace(query: string, offset: number): QueryPlace | undefined {
  const before = query.slice(0, offset);
  if (/#[^\n"'`]*$/.test(before)) return undefined;
  const tokens = tokensOf(before);
  const last = tokens.at(-1);
  if (last?.type === "string" && last.end === offset && !isClosed(last)) return inText(query, offset, tokens, last);
  const begun = last !== undefined && last.end === offset && (last.type === "word" || last.type === "number");
  const said = begun ? tokens.slice(0, -1) : tokens;
  const inside = openBrackets(said).at(-1);
  const start = begun ? last.start : offset;
  const end = offset + (/^[\w:]*/.exec(query.slice(offset))?.[0].length ?? 0);
  if (inside?.bracket.text === "[") return { in: "range", start, end };
  if (begun && last.type === "number") return undefined;
  if (inside?.bracket.text === "{") {
    const beforeLabel = said.at(-1);
    return beforeLabel?.text === "," || beforeLabel === inside.bracket
      ? { in: "label", metric: metricOf(inside.before), start, end }
      : undefined;
  }
  if (inside?.before !== undefined && listsLabels.test(inside.before.text)) {
    return { in: "label", metric: undefined, start, end };
  }
  return { ...expected(said), start, end };
}

/** Whether an operand or an operator comes behind some tokens. */
function expected(said: readonly Token[]): { in: "operand" } | { in: "operator"; aggregated: boolean } {
  const last = said.at(-1);
  if (last === undefined || last.type === "open" || last.type === "sign") return { in: "operand" };
  if (last.type === "word" && (joins.test(last.text) || listsLabels.test(last.text))) return { in: "operand" };
  if (last.type === "word") return { in: "operator", aggregated: aggregates.test(last.text) };
  return { in: "operator", aggregated: last.text === ")" && isAggregate(said) };
}

/** Whether the bracket that the last token closes belongs to an aggregation. */
function isAggregate(said: readonly Token[]): boolean {
  const opening = openBrackets(said.slice(0, -1)).at(-1);
  return opening?.before !== undefined && aggregates.test(opening.before.text);
}

function inText(query: string, offset: number, tokens: readonly Token[], text: Token): QueryPlace | undefined {
  const said = tokens.slice(0, -1);
  const inside = openBrackets(said).at(-1);
  const [label, operator] = said.slice(-2);
  if (inside?.bracket.text !== "{" || label?.type !== "word" || !matches.test(operator?.text ?? "")) return undefined;
  const quote = text.text[0] as string;
  const rest = query.slice(offset).split("\n", 1)[0] ?? "";
  const closing = rest.indexOf(quote);
  const length = closing >= 0 ? closing : (/^[\w.\-/]*/.exec(rest)?.[0].length ?? 0);
  return {
    in: "value",
    label: label.text,
    operator: operator?.text ?? "=",
    metric: metricOf(inside.before),
    quote,
    start: text.start + 1,
    end: offset + length,
  };
}

function metricOf(token: Token | undefined): string | undefined {
  return token?.type === "word" ? token.text : undefined;
}

/** The word around an offset, with whether a bracket follows: then it is called. */
export function wordAt(query: string, offset: number): { word: Token; called: boolean } | undefined {
  const tokens = tokensOf(query);
  const index = tokens.findIndex(({ type, start, end }) => type === "word" && start <= offset && offset <= end);
  const word = tokens[index];
  return word === undefined ? undefined : { word, called: tokens[index + 1]?.text === "(" };
}
