/** No field of a real configuration is larger; what is, is nobody's model. */
const largest = 1e9;
/** Layers of the deepest model are in the hundreds. */
const longestList = 4096;

/** The fields of a `config.json`, whose content may be anything. Only own properties count. */
export class ConfigFields {
  /** Fields that were needed and could not be read. */
  readonly missing: string[] = [];
  /** The language model stands in a part of the file, beside a vision or audio part. */
  readonly isNested: boolean;
  private readonly fields: object;
  private readonly outer: object;

  constructor(config: unknown) {
    this.outer = isObject(config) ? config : {};
    const inner = ["text_config", "llm_config", "language_config"]
      .map((key) => own(this.outer, key))
      .find((part) => isObject(part));
    this.isNested = isObject(inner);
    this.fields = isObject(inner) ? inner : this.outer;
  }

  /** A positive whole number under the first of these names that has one. */
  number(...names: string[]): number | undefined {
    return names.map((name) => own(this.fields, name)).find(isCount);
  }

  /** The same; where there is none, the first name is missing. */
  need(...names: string[]): number {
    const value = this.number(...names);
    if (value === undefined) this.miss(names[0] ?? "");
    return value ?? 1;
  }

  miss(name: string): void {
    this.missing.push(name);
  }

  text(name: string): string | undefined {
    return textOf(own(this.fields, name));
  }

  outerText(name: string): string | undefined {
    return textOf(own(this.outer, name));
  }

  flag(name: string): boolean {
    return own(this.fields, name) === true;
  }

  /** Whether the field is there, with whatever value. */
  has(name: string): boolean {
    const value = own(this.fields, name);
    return value !== undefined && value !== null;
  }

  list(name: string): readonly unknown[] | undefined {
    const value = own(this.fields, name);
    return Array.isArray(value) && value.length <= longestList ? value : undefined;
  }

  /** A mapping inside, of the language model or of the file. */
  part(name: string): ConfigFields | undefined {
    const value = own(this.fields, name) ?? own(this.outer, name);
    return isObject(value) ? new ConfigFields(value) : undefined;
  }

  /** The mappings inside a mapping. */
  parts(): ConfigFields[] {
    return Object.keys(this.fields)
      .slice(0, longestList)
      .flatMap((key) => this.part(key) ?? []);
  }
}

function own(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value <= largest;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= longestList ? value : undefined;
}
