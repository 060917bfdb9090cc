import { isPlain } from "./plain.ts";

/**
 * Characters that act on a terminal or hide: controls, formats (among them those that turn the direction of text),
 * halves of surrogate pairs, line separators, and spaces that look like others.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00A0\u2000-\u200A\u202F\u205F]/gu;

/** Text of a document or of the file system as it may be printed: nothing in it acts, and nothing in it hides. */
export function visible(text: string): string {
  return isPlain(text) ? text : text.replace(hidden, picture);
}

/** `␛` for ESC, from the Unicode block "Control Pictures"; `<U+202E>` for what has no picture. */
function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** Text of at most so many characters: its beginning and its end, which both say something. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.floor(length / 3);
  return `${whole(text.slice(0, length - end - 1))}…${whole(text.slice(-end))}`;
}

/** Without the halves of a pair that a cut left. */
function whole(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "");
}
