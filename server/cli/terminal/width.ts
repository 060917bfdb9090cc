import { isPlain } from "./plain.ts";

/** Drawn over the character before. */
const none = /^[\p{Mn}\p{Me}]$/u;

/**
 * Two columns: East Asian Wide and Fullwidth (https://www.unicode.org/reports/tr11/), by blocks, and what is drawn as
 * an emoji unless told otherwise.
 */
const wide =
  /^(?:[\u1100-\u115F\u2329\u232A\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{17000}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation})$/u;

/** Columns that text takes, as well as that can be known: terminals differ in emoji of several characters. */
export function widthOf(text: string): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const character of text) width += none.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}
