import type { Document } from "../text/document.ts";
import type { Sniff } from "../text/embedded.ts";
import type { MapNode } from "../text/node.ts";
import { resolve, scalarAt, seqAt } from "../text/read.ts";
import type { Kind } from "./kind.ts";
import { kubernetesObject } from "./kubernetes/kind.ts";
import { StackObject } from "./stack-object.ts";

/** Tells what documents are, for one set of kinds. */
export class Recogniser {
  private readonly byApi = new Map<string, Kind[]>();
  private readonly byContent: { kind: Kind; content: (root: MapNode, doc: Document) => boolean }[] = [];
  private readonly hint: RegExp;

  constructor(kinds: readonly Kind[]) {
    const hints = new Set(["kind"]);
    for (const kind of kinds) {
      if ("content" in kind.recognise) {
        this.byContent.push({ kind, content: kind.recognise.content });
        for (const hint of kind.recognise.hints) hints.add(hint);
      } else {
        const key = `${kind.recognise.group}/${kind.recognise.kind}`;
        const others = this.byApi.get(key) ?? [];
        // The narrower kind is asked first.
        this.byApi.set(key, kind.recognise.when === undefined ? [...others, kind] : [kind, ...others]);
      }
    }
    this.hint = new RegExp(`(?:^|[\\n{,])\\s*["']?(?:${[...hints].join("|")})["']?\\s*:`);
  }

  /** Whether a text may be a document of a known kind. */
  readonly sniff: Sniff = (text) => this.hint.test(text);

  /** The objects of one document: none, one, or the items of a `List`. */
  objectsOf(doc: Document): StackObject[] {
    const root = resolve(doc.root);
    if (root?.type !== "map" || doc.template !== undefined) return [];
    const items = scalarAt(root, "kind")?.text.endsWith("List") ? seqAt(root, "items") : undefined;
    if (items === undefined) {
      const object = this.recognise(root, doc);
      return object === undefined ? [] : [object];
    }
    return items.items.flatMap((node, index) => {
      const item = resolve(node);
      return item?.type === "map" ? (this.recognise(item, doc, index) ?? []) : [];
    });
  }

  private recognise(root: MapNode, doc: Document, item?: number): StackObject | undefined {
    const kind = scalarAt(root, "kind")?.text;
    const apiVersion = scalarAt(root, "apiVersion")?.text;
    if (kind !== undefined && apiVersion !== undefined) {
      const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
      const known = this.byApi.get(`${group}/${kind}`)?.find(({ recognise }) => {
        return "group" in recognise && (recognise.when?.(root, doc) ?? true);
      });
      return new StackObject(known ?? kubernetesObject, doc, root, item);
    }
    const found = this.byContent.find(({ content }) => content(root, doc));
    return found === undefined ? undefined : new StackObject(found.kind, doc, root, item);
  }
}
