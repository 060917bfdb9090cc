/** A word, a text or a sign of a PromQL query. */
export interface Token {
  readonly type: "word" | "number" | "string" | "open" | "close" | "sign";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Units stay with their numbers, also wrong ones: `5min`, `10Gi`. Text in quotes may lack its end: double and single
 * quotes end at the latest with their line.
 */
const pattern =
  /(?<skip>\s+|#[^\n]*)|(?<string>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|`[^`]*`?)|(?<word>(?:[A-Za-z_]|:(?=[A-Za-z_:]))[\w:]*)|(?<number>\.?\d(?:[eE][+-](?=\d)|[\w.])*)|(?<open>[([{])|(?<close>[)\]}])|(?<sign>[=!]~|[=!<>]=|[\s\S])/uy;

/** Everything in a query but blanks and comments. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    pattern.lastIndex = at;
    const groups = pattern.exec(query)?.groups ?? {};
    const [type, text] = Object.entries(groups).find(([, found]) => found !== undefined) ?? ["sign", query.slice(at)];
    if (type !== "skip") {
      tokens.push({ type: type as Token["type"], text, start: at, end: at + text.length });
    }
    at += text.length;
  }
  return tokens;
}

/** Whether a text has the quote that ends it. */
export function isClosed({ text }: Token): boolean {
  const [quote = ""] = text;
  if (text.length < 2 || !text.endsWith(quote)) return false;
  const escapes = /\\*$/.exec(text.slice(1, -1))?.[0].length ?? 0;
  return quote === "`" || escapes % 2 === 0;
}

const partners: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** A bracket that stands open, with what stands before it. */
export interface OpenBracket {
  readonly bracket: Token;
  readonly before: Token | undefined;
}

/** The brackets that stand open behind the last of some tokens, the innermost last; one that has no partner stays. */
export function openBrackets(tokens: readonly Token[]): OpenBracket[] {
  const open: OpenBracket[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type === "open") open.push({ bracket: token, before: tokens[index - 1] });
    else if (token.type === "close" && isPartner(open.at(-1)?.bracket, token)) open.pop();
  }
  return open;
}

export function isPartner(opening: Token | undefined, closing: Token): boolean {
  return opening !== undefined && partners[opening.text] === closing.text;
}
