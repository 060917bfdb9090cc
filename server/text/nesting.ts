import type { CST } from "yaml";
import { limits } from "./limits.ts";

/** Blanks and indicators at the beginning of a line, as many as a document of allowed depth hardly ever has. */
const deepLine = new RegExp(`^[ \\t?:-]{${limits.depth},}`, "m");

/** A cheap look: whether a text could be nested deeper than we read at all. */
export function mayBeDeep(text: string): boolean {
  let opened = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code === 0x5b || code === 0x7b) && ++opened > limits.depth) return true;
  }
  return deepLine.test(text);
}

/**
 * Where the parser's tokens are nested deeper than we read. It has to be known before they are composed: composing is
 * recursive, and near the end of the stack the process itself may die instead of throwing.
 */
export function tooDeepAt(tokens: readonly CST.Token[]): number | undefined {
  let level: CST.Token[] = [...tokens];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.depth + 2) return level[0]?.offset ?? 0;
    level = level.flatMap(childTokens);
  }
  return undefined;
}

function childTokens(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value === undefined ? [] : [token.value];
  if (!("items" in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((child) => child !== undefined && child !== null));
}
