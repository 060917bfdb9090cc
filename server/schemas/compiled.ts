/**
 * Validators made ahead of time by `scripts/schemas`; nothing compiles a schema while Headroom runs. The modules are
 * bundled with us, and each is evaluated when a document of one of its kinds is met for the first time.
 */
const index: Readonly<Record<string, () => ValidatorModule>> = require("../../.generated/validators/index.cjs");

/** The validators of one or more schemas, and the tables that their errors speak of by number. */
export interface ValidatorModule {
  readonly validators: Readonly<Record<string, Validator>>;
  readonly objects: readonly ListedObject[];
  readonly notes: readonly Note[];
  readonly unknown: readonly Consumer[];
}

/** An ajv validator: it puts its errors on itself. */
export interface Validator {
  (this: { readonly notes: [instancePath: string, note: number][] }, data: unknown): boolean;
  errors?: SchemaError[] | null;
}

export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The keys that an object knows, those of a look that many have by the number of that look. */
export interface ListedObject {
  readonly keys: readonly string[];
  readonly leaves?: Readonly<Record<string, number>>;
  /** What becomes of further keys. */
  readonly unknown?: number;
}

/** Who reads an object, and what becomes of a key that is not known there. */
export interface Consumer {
  readonly by?: string;
  readonly effect?: "rejected" | "ignored" | "pruned";
  /** Any key may stand there, so that only one is told of which is a known one misspelt. */
  readonly open?: true;
  /** Keys are read whichever case their letters have. */
  readonly caseless?: true;
  /** Up to that version of a product it was another. */
  readonly earlier?: {
    readonly product: string;
    readonly until: string;
    readonly effect: "rejected" | "ignored" | "pruned";
  };
}

/** What there is to say about a key or a value although it is allowed. */
export interface Note {
  readonly deprecated?: true;
  readonly message?: string;
  readonly renamedTo?: string;
  /** Before that version it was the one way to write it. */
  readonly deprecatedSince?: Lifetime;
  readonly versions?: readonly Lifetime[];
  /** About a value among others, not about the key. */
  readonly value?: true;
}

/** The versions of a product in which something exists, both ends included. */
export interface Lifetime {
  readonly product: string;
  readonly since?: string;
  readonly until?: string;
}

/** The module that holds the validator of a schema. */
export function validatorModule(schema: string): ValidatorModule | undefined {
  return Object.hasOwn(index, schema) ? index[schema]?.() : undefined;
}

/** The names of all schemas there are. */
export const schemaNames: readonly string[] = Object.keys(index);
