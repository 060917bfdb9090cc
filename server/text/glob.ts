// The entry without node modules, so that the core builds for the browser; with its extension, for Node's own loader.
import picomatch from "picomatch/posix.js";

/** Patterns come from configuration: a few dozen live at a time, and a longer one is not a pattern but an accident. */
const maxCached = 500;
const maxLength = 1000;

const matchers = new Map<string, (path: string) => boolean>();

/** Whether a path with forward slashes matches. `**` crosses folders and hidden ones too; a leading `!` inverts. */
export function matchGlob(pattern: string, path: string): boolean {
  if (pattern === "" || pattern.length > maxLength) return false;
  return matcherOf(pattern)(path);
}

/** Whether text is a pattern rather than the name of one file. */
export function isGlob(text: string): boolean {
  if (text === "" || text.length > maxLength) return false;
  const found = picomatch.scan(literalParentheses(text));
  return found.isGlob === true || found.negated === true;
}

function matcherOf(pattern: string): (path: string) => boolean {
  const known = matchers.get(pattern);
  if (known !== undefined) return known;
  const oldest = matchers.keys().next();
  if (matchers.size >= maxCached && !oldest.done) matchers.delete(oldest.value);
  const matcher = picomatch(literalParentheses(pattern), { dot: true, keepQuotes: true });
  matchers.set(pattern, matcher);
  return matcher;
}

/** `values (copy).yaml` is the name of a file; picomatch would read the parentheses as a group of an expression. */
function literalParentheses(pattern: string): string {
  return pattern.replace(/\\.|[()]/gs, (found) => (found.length === 1 ? `\\${found}` : found));
}
