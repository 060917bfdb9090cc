import type { Document } from "../text/document.ts";
import type { MapNode } from "../text/node.ts";
import type { StackObject } from "./stack-object.ts";

/** What a document is: how it is recognised, how it is read, and under which names others find it. */
export interface Kind<V = unknown> {
  readonly id: string;
  /** For people: "HorizontalPodAutoscaler", "LMCache configuration". */
  readonly title: string;
  /** The name of the schema that its documents follow. */
  readonly schema?: string;
  readonly recognise: ByApi | ByContent;
  view(object: StackObject<V>): V;
  /** Names beyond kind and metadata.name under which the graph finds the object, such as `target/Deployment/llama`. */
  keys?(object: StackObject<V>): readonly string[];
}

/** An API object: group (without version) and kind. */
export interface ByApi {
  readonly group: string;
  readonly kind: string;
  /** A file that borrows apiVersion and kind from Kubernetes. It is read whole, and nobody asks it for a name. */
  readonly file?: true;
  /** Narrows further, for kinds that are known by name or content, such as a ConfigMap that WVA reads. */
  readonly when?: (root: MapNode, doc: Document) => boolean;
}

/** Configuration without apiVersion and kind, told by its keys and by where it stands. */
export interface ByContent {
  readonly content: (root: MapNode, doc: Document) => boolean;
  /** Top-level keys of which a text must hold at least one to be worth parsing as such a document. */
  readonly hints: readonly string[];
}

export function defineKind<V>(kind: Kind<V>): Kind<V> {
  return kind;
}

export type ViewOf<K> = K extends Kind<infer V> ? V : never;
