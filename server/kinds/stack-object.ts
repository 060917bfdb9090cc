import type { Document } from "../text/document.ts";
import type { MapNode, Node, Span } from "../text/node.ts";
import { mapAt, type Placed, resolve, seqAt, stringAt } from "../text/read.ts";
import type { Knowing } from "../text/remembered.ts";
import type { Kind } from "./kind.ts";

const unseen = Symbol("unseen");

/** A document, or an item of a `List`, seen as its kind. */
export class StackObject<V = unknown> implements Span, Knowing {
  readonly kind: Kind<V>;
  readonly doc: Document;
  readonly start: number;
  readonly end: number;
  /** Its index among the items of a `List`. */
  private readonly item: number | undefined;
  facts: Knowing["facts"] = undefined;
  private tree: MapNode | undefined;
  private seen: V | undefined;
  // Many rules ask for these.
  private apiKindSeen: string | undefined | typeof unseen = unseen;
  private apiVersionSeen: string | undefined;
  private nameSeen: Placed<string> | undefined | typeof unseen = unseen;
  private namespaceSeen: string | undefined | typeof unseen = unseen;
  private titleSeen: string | undefined;
  private embeddedSeen: readonly Document[] | undefined;

  constructor(kind: Kind<V>, doc: Document, root: MapNode, item?: number) {
    this.kind = kind;
    this.doc = doc;
    this.start = root.start;
    this.end = root.end;
    this.item = item;
    this.tree = root;
  }

  get root(): MapNode {
    this.tree ??= rootIn(this.doc, this.item);
    return this.tree;
  }

  /** The tree and what was read from it (see `Document.letGo`). Who it is stays known. */
  letGo(): void {
    this.tree = undefined;
    this.seen = undefined;
    this.facts = undefined;
  }

  /** What Kubernetes calls it: `Deployment`; absent for configuration that is not an API object. */
  get apiKind(): string | undefined {
    if (this.apiKindSeen === unseen) this.apiKindSeen = stringAt(this.root, "kind")?.value;
    return this.apiKindSeen;
  }

  get apiVersion(): string {
    this.apiVersionSeen ??= stringAt(this.root, "apiVersion")?.value ?? "";
    return this.apiVersionSeen;
  }

  get name(): Placed<string> | undefined {
    if (this.nameSeen === unseen) this.nameSeen = stringAt(this.root, "metadata", "name");
    return this.nameSeen;
  }

  get namespace(): string | undefined {
    if (this.namespaceSeen === unseen) this.namespaceSeen = stringAt(this.root, "metadata", "namespace")?.value;
    return this.namespaceSeen;
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
    this.embeddedSeen ??= this.doc.embedded.filter(({ carrier }) => {
      return carrier !== undefined && carrier.node.start >= this.start && carrier.node.start < this.end;
    });
    return this.embeddedSeen;
  }

  /** The typed view, read when first asked for. */
  get view(): V {
    this.seen ??= this.kind.view(this);
    return this.seen;
  }

  /** `Deployment "llama"`, for messages. What has no name of its own goes by the key or the flag that holds it. */
  get title(): string {
    if (this.titleSeen === undefined) {
      const name = this.name?.value ?? this.doc.carrier?.name;
      this.titleSeen = name === undefined ? this.kind.title : `${this.apiKind ?? this.kind.title} "${name}"`;
    }
    return this.titleSeen;
  }
}

/** Where the object was found when its document was read for the first time. */
function rootIn(doc: Document, item: number | undefined): MapNode {
  const root = resolve(doc.root);
  return (item === undefined ? root : resolve(seqAt(root, "items")?.items[item])) as MapNode;
}
