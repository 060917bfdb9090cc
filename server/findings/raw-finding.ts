import type { DocumentEdit } from "../text/edits.ts";
import type { MapNode, Span } from "../text/node.ts";
import type { Severity } from "./finding.ts";

/** A finding as a rule makes it: places are stretches of documents, wherever those stand in a file right now. */
export interface RawFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Span;
  /** What the finding misses: a path of keys below a root, where a value could stand that would change it. */
  readonly unwritten?: { readonly root: MapNode; readonly path: readonly string[] };
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly fixes: readonly RawFix[];
}

export interface RawFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly DocumentEdit[];
}
