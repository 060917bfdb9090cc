import type { MapNode, Node, ScalarNode, Span } from "../text/node.ts";
import type { Consumer, Lifetime } from "./compiled.ts";

/** One way in which a document differs from its schema, with the nodes that say so. */
export type SchemaProblem = UnknownKey | WrongType | WrongValue | MissingKey | DeprecatedKey | OtherVersion;

interface Base {
  /** JSON pointer to what the problem is about: the key, or the mapping that lacks one. */
  readonly pointer: string;
  readonly at: Span;
}

export interface UnknownKey extends Base {
  readonly type: "unknown-key";
  readonly key: ScalarNode;
  readonly map: MapNode;
  /** The keys that are known in its place. */
  readonly known: readonly string[];
  readonly consumer: Consumer;
  /** The word of its mapping with which the key, known by itself, does not go. */
  readonly beside?: string;
  /** JSON pointer to the one mapping near it that would know the key. */
  readonly home?: string;
}

export interface WrongType extends Base {
  readonly type: "wrong-type";
  readonly value: Exclude<Node, { type: "alias" }>;
  readonly expected: readonly string[];
}

export interface WrongValue extends Base {
  readonly type: "wrong-value";
  readonly value: Exclude<Node, { type: "alias" }>;
  readonly allowed: Allowed;
}

/** What a value may be. */
export type Allowed =
  | { readonly values: readonly unknown[] }
  /** What it must do: `be at least 1`, `not be empty`. */
  | { readonly limit: string }
  /** What it has to look like, in words. */
  | { readonly form: string };

export interface MissingKey extends Base {
  readonly type: "missing-key";
  readonly map: MapNode;
  readonly keys: readonly string[];
  /** One of the keys is enough. */
  readonly any: boolean;
}

export interface DeprecatedKey extends Base {
  readonly type: "deprecated-key";
  readonly key: ScalarNode | undefined;
  readonly map: MapNode | undefined;
  readonly message: string | undefined;
  readonly renamedTo: string | undefined;
  /** Before that version it was the one way to write it. */
  readonly deprecatedSince: Lifetime | undefined;
  /** What took its place is not there, and has to be. */
  readonly leavesGap?: boolean;
}

export interface OtherVersion extends Base {
  readonly type: "other-version";
  /** The key, or the value, that some versions do not have. */
  readonly name: string;
  readonly versions: readonly Lifetime[];
}
