import { CompletionItemKind } from "vscode-languageserver/node";
import type { Schema } from "../schema/load-schema.ts";
import type { Candidate } from "./candidate.ts";

/** An object around a place, with what it already says. */
interface Around {
  /** The key that leads into it, also through a list. */
  readonly key: string | undefined;
  readonly list: boolean;
  readonly said: Record<string, string>;
}

/** Where somebody writes in JSON that is not finished. */
export interface JsonPlace {
  /** The outermost first. */
  readonly around: readonly Around[];
  /** The key whose value is being written; absent where a key is. */
  readonly key: string | undefined;
  readonly quoted: boolean;
  /** Characters of the word that is begun. */
  readonly begun: number;
}

const token = /\s+|"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/y;

/** Reads what stands before a place, in one pass and without a care for what follows. */
export function jsonPlace(text: string): JsonPlace | undefined {
  const word = /[\w.]*$/.exec(text)?.[0] ?? "";
  const before = text.slice(0, text.length - word.length);
  const reading = new Reading();
  let at = 0;
  for (; at < before.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(before)?.[0];
    if (found === undefined) break;
    if (found.trim() !== "") reading.take(found);
  }
  const rest = before.slice(at);
  const quoted = rest.startsWith('"');
  if ((rest !== "" && !quoted) || !reading.wantsWord) return undefined;
  return { around: reading.open, key: reading.key, quoted, begun: word.length + (quoted ? rest.length - 1 : 0) };
}

class Reading {
  readonly open: Around[] = [];
  key: string | undefined;
  private last: string | undefined;

  /** Whether a key or a value comes next: not behind one, and not as an item of a list. */
  get wantsWord(): boolean {
    const top = this.open.at(-1);
    return top !== undefined && this.last === undefined && (!top.list || this.key !== undefined);
  }

  take(found: string): void {
    const top = this.open.at(-1);
    switch (found) {
      case "{":
      case "[":
        this.open.push({
          key: this.key ?? (top?.list ? top.key : undefined),
          list: found === "[",
          said: Object.create(null),
        });
        this.forget();
        break;
      case "}":
      case "]":
        this.open.pop();
        this.forget();
        this.last = found;
        break;
      case ":":
        this.key = this.last;
        this.last = undefined;
        if (this.key !== undefined && top !== undefined) top.said[this.key] = "";
        break;
      case ",":
        this.forget();
        break;
      default:
        this.last = found.replace(/^"|"$/g, "");
        if (this.key !== undefined && top !== undefined) top.said[this.key] = this.last;
    }
  }

  private forget(): void {
    this.key = undefined;
    this.last = undefined;
  }
}

/** The keys or values that a schema has for a place. */
export function jsonCandidates(schema: Schema, { around, key, quoted }: JsonPlace): Candidate[] {
  let at: Schema[] = [schema];
  let said: Said = {};
  for (const one of around) {
    if (one.list) continue;
    const into = one.key;
    if (into !== undefined) at = at.flatMap((found) => under(found, into, said, schema));
    said = one.said;
  }
  if (key === undefined) return keysOf(at, said, schema, quoted);
  return at.flatMap((found) => under(found, key, said, schema)).flatMap((found) => valuesOf(found, quoted));
}

/** What a schema says of a key, and of each of its values. */
export function describedAt(
  schema: Schema | undefined,
  keys: readonly string[],
): { text: string; values: ReadonlyMap<string, string> } | undefined {
  if (schema === undefined) return undefined;
  let at: Schema[] = [schema];
  for (const key of keys) at = at.flatMap((found) => under(found, key, {}, schema));
  const text = at.flatMap(({ description }) => (typeof description === "string" ? [description] : []))[0];
  const values = at.flatMap((found) => valuesOf(found, true)).map(({ label, detail }) => [label, detail] as const);
  return text === undefined ? undefined : { text, values: new Map(values) };
}

type Said = Readonly<Record<string, string>>;

function under(schema: Schema, key: string, said: Said, root: Schema): Schema[] {
  return partsOf(schema, said, root).flatMap((part) => {
    const found = entry(part["properties"], key);
    if (found === undefined) return [];
    return partsOf(found, {}, root).map((one) => (isSchema(one["items"]) ? resolved(one["items"], root) : one));
  });
}

/** A schema with those of its conditional parts that hold. */
function partsOf(schema: Schema, said: Said, root: Schema): Schema[] {
  const whole = resolved(schema, root);
  const conditions = Array.isArray(whole["allOf"]) ? whole["allOf"].filter(isSchema) : [];
  const held = conditions.flatMap((one) => {
    const { if: condition, then } = one as { if?: { properties?: Record<string, { const?: unknown }> }; then?: Schema };
    const tests = Object.entries(condition?.properties ?? {});
    return then !== undefined && tests.every(([key, { const: value }]) => said[key] === value) ? [then] : [];
  });
  return [whole, ...held.flatMap((one) => partsOf(one, {}, root))];
}

function resolved(schema: Schema, root: Schema): Schema {
  const reference = schema["$ref"];
  if (typeof reference !== "string") return schema;
  if (reference === "#") return root;
  return entry(root["$defs"], reference.replace("#/$defs/", "")) ?? {};
}

function keysOf(schemas: readonly Schema[], said: Said, root: Schema, quoted: boolean): Candidate[] {
  const properties = schemas
    .flatMap((one) => partsOf(one, said, root))
    .flatMap((one) => Object.entries((one["properties"] ?? {}) as Record<string, Schema>));
  return [...new Map(properties)]
    .filter(([key]) => !Object.hasOwn(said, key))
    .map(([label, { description }], rank) => ({
      label,
      detail: String(description ?? ""),
      rank,
      kind: CompletionItemKind.Property,
      text: quoted ? label : `"${label}": `,
    }));
}

function valuesOf(schema: Schema, quoted: boolean): Candidate[] {
  const choices = Array.isArray(schema["anyOf"]) ? schema["anyOf"].filter(isSchema) : [];
  const words = (schema["enumDescriptions"] ?? []) as readonly string[];
  const truths = [schema["type"]].flat().includes("boolean") ? [true, false] : [];
  const values = [...((schema["enum"] ?? truths) as readonly unknown[])];
  const own = values.flatMap((value, rank) => {
    if (quoted && typeof value !== "string") return [];
    const detail = words[rank] ?? "";
    const text = quoted ? String(value) : JSON.stringify(value);
    return [{ label: String(value), detail, rank, kind: CompletionItemKind.EnumMember, text }];
  });
  return [...own, ...choices.flatMap((one) => valuesOf(one, quoted))];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entry(holder: unknown, key: string): Schema | undefined {
  const found = isSchema(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
  return isSchema(found) ? found : undefined;
}
