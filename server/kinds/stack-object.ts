import type { Document } from "../text/document.ts";
import type { MapNode, Node, Span } from "../text/node.ts";
import { mapAt, type Placed, stringAt } from "../text/read.ts";
import type { Kind } from "./kind.ts";

/** A document, or an item of a `List`, seen as its kind. */
export class StackObject<V = unknown> implements Span {
  readonly kind: Kind<V>;
  readonly doc: Document;
  readonly root: MapNode;
  private seen: V | undefined;

  constructor(kind: Kind<V>, doc: Document, root: MapNode) {
    this.kind = kind;
    this.doc = doc;
    this.root = root;
  }

  get start(): number {
    return this.root.start;
  }

  get end(): number {
    return this.root.end;
  }

  /** What Kubernetes calls it: `Deployment`; absent for configuration that is not an API object. */
  get apiKind(): string | undefined {
    return stringAt(this.root, "kind")?.value;
  }

  get apiVersion(): string {
    return stringAt(this.root, "apiVersion")?.value ?? "";
  }

  get name(): Placed<string> | undefined {
    return stringAt(this.root, "metadata", "name");
  }

  get namespace(): string | undefined {
    return stringAt(this.root, "metadata", "namespace")?.value;
  }

  annotation(key: string): Node | undefined {
    return mapAt(this.root, "metadata", "annotations")?.entries.find(
      (e) => e.key.type === "scalar" && e.key.text === key,
    )?.value;
  }

  label(key: string): Placed<string> | undefined {
    return stringAt(mapAt(this.root, "metadata", "labels"), key);
  }

  get path(): string {
    return this.doc.file.path;
  }

  /** The documents in this object's own scalars. */
  get embedded(): readonly Document[] {
    return this.doc.embedded.filter(({ carrier }) => {
      return carrier !== undefined && carrier.node.start >= this.start && carrier.node.start < this.end;
    });
  }

  /** The typed view, read when first asked for. */
  get view(): V {
    this.seen ??= this.kind.view(this);
    return this.seen;
  }

  /** `Deployment "llama"`, for messages. What has no name of its own goes by the key or the flag that holds it. */
  get title(): string {
    const name = this.name?.value ?? this.doc.carrier?.name;
    return name === undefined ? this.kind.title : `${this.apiKind ?? this.kind.title} "${name}"`;
  }
}
