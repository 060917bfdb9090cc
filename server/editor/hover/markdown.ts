/** What breaks a line, ends the code, or turns the direction of what follows it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwanted = /[`\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text of a document as code: nothing in it becomes markup. */
export function code(text: string): string {
  const shown = text.length > 200 ? `${text.slice(0, 199)}…` : text;
  return `\`${shown.replace(unwanted, " ")}\``;
}

/** `a, b and 3 more`. */
export function some(words: readonly string[], most: number): string {
  const shown = words.slice(0, most).join(", ");
  return words.length > most ? `${shown} and ${words.length - most} more` : shown;
}
