import { visible } from "../../terminal/visible.ts";

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Characters that XML 1.0 (2.2) has no way to write and `visible` leaves alone. */
const unwritable = /[\uFFFE\uFFFF]/g;

/** An element on lines of its own; text in it keeps its lines. */
export function element(name: string, attributes: Attributes, content: readonly string[] | string = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join("");
  if (content.length === 0) return `<${name}${written}/>\n`;
  const inner = typeof content === "string" ? content.split("\n").map(escaped).join("\n") : `\n${content.join("")}`;
  return `<${name}${written}>${inner}</${name}>\n`;
}

export const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n';

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return visible(text)
    .replace(unwritable, (character) => `<U+${character.charCodeAt(0).toString(16).toUpperCase()}>`)
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
