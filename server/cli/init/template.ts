import { resolvePlain, yaml11Truth } from "../../text/values/truth.ts";

/** A place in a template: `${name}`. */
export const slot = /\$\{([A-Za-z]+)\}/g;

/** A template with every `${place}` filled. A number is written as it is, a text so that YAML reads it as a text. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(slot, (place, name: string, offset: number) => {
    if (!Object.hasOwn(values, name)) throw new Error(`there is no value for ${place}`);
    const value = values[name] as string | number;
    const isWhole = standsAlone(template, offset, place.length);
    return typeof value === "string" && isWhole && !isPlainText(value) ? JSON.stringify(value) : String(value);
  });
}

/** A template whose places are said by others: `${variant}` becomes `${name}`, or a fixed text. */
export function bind(template: string, bindings: Readonly<Record<string, string>>): string {
  return template.replace(
    slot,
    (place, name: string) => (Object.hasOwn(bindings, name) ? bindings[name] : place) ?? "",
  );
}

/** Whether the place is all of a plain scalar: the value of a key, or an item of a list. */
function standsAlone(template: string, offset: number, length: number): boolean {
  const line = template.slice(template.lastIndexOf("\n", offset) + 1, offset);
  const rest = template.slice(offset + length);
  return /(?:: |- )$/.test(line) && /^ *(?:#|\n|$)/.test(rest);
}

/** Whether parsers of YAML 1.1 and of 1.2 read the words as themselves: not `true`, `on`, `0123`. */
function isPlainText(text: string): boolean {
  return /^[A-Za-z]/.test(text) && typeof resolvePlain(text) === "string" && yaml11Truth(text) === undefined;
}
