import type { StackObject } from "../../kinds/stack-object.ts";
import type { Graph } from "../graph.ts";
import type { Name } from "./name.ts";

/** What a name stands for. */
export type Meaning =
  | { readonly type: "object"; readonly kind: string }
  /** A key of a ConfigMap or a Secret. */
  | { readonly type: "key"; readonly kind: string }
  | { readonly type: "volume" }
  | { readonly type: "plugin" }
  | { readonly type: "profile" }
  /** Whatever WVA calls its series by: a VariantAutoscaling, or what its versions take instead. */
  | { readonly type: "variant" }
  /** Labels of pods. */
  | { readonly type: "pods" }
  | { readonly type: "file" };

/** A name that is defined in an object, or a file. */
export type Target = NamedTarget | FileTarget;

export interface NamedTarget {
  readonly meaning: Meaning;
  readonly object: StackObject;
  /** Where the name is defined. */
  readonly name: Name;
  /** Why this name cannot be changed where it stands. */
  readonly fixed?: string;
}

export interface FileTarget {
  readonly meaning: { readonly type: "file" };
  readonly path: string;
}

/** One edge of the graph: an object that names something. */
export interface Reference {
  readonly from: StackObject;
  readonly at: Name;
  readonly to: Meaning;
  /**
   * Whether what stands here is the name itself, which follows when it changes. A path that leads to a file through a
   * mount, or a selector, finds its target in another way.
   */
  readonly byName: boolean;
  /** What is meant: none when nobody defines it, several when it is not clear which. */
  resolve(graph: Graph): readonly Target[];
}

export function isFile(target: Target): target is FileTarget {
  return target.meaning.type === "file";
}

export function isSame(a: Target, b: Target): boolean {
  if (isFile(a) || isFile(b)) return isFile(a) && isFile(b) && a.path === b.path;
  return a.name.doc === b.name.doc && a.name.start === b.name.start && a.name.end === b.name.end;
}

/** `Deployment "llama"`, `volume "cache"`, for messages. */
export function titleOf(target: Target): string {
  if (isFile(target)) return target.path;
  const { meaning, name } = target;
  const word = meaning.type === "object" ? meaning.kind : meaning.type === "key" ? "key" : meaning.type;
  return `${word} "${name.text}"`;
}
