import type { Kind } from "../kinds/kind.ts";
import { Recogniser } from "../kinds/recognise.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Document } from "../text/document.ts";
import { TextFile, withEmbedded } from "../text/file.ts";
import type { Graph } from "./graph.ts";
import { Layout } from "./layout.ts";
import { makersIn, makersKey, makesWorkloads } from "./makers.ts";
import { dirname } from "./paths.ts";

const none: readonly StackObject[] = [];

/** Objects of a name up to which an answer is not kept. */
const few = 4;

/** What an edit changed, as the names under which others may have asked for it. */
export interface Change {
  readonly file: TextFile;
  readonly added: readonly StackObject[];
  readonly removed: readonly StackObject[];
  readonly documents: { readonly added: readonly Document[]; readonly removed: readonly Document[] };
  readonly keys: ReadonlySet<string>;
}

/** Asked by everything that depends on which files belong together. */
export const layoutKey = "layout";

/** Asked by everything that depends on a file's presence or its bare text. */
export function fileKey(path: string): string {
  return `file/${path}`;
}

/** The name of all API objects of a kind in one directory. */
export function kindIn(apiKind: string, directory: string): string {
  return `api/${apiKind}/${directory}`;
}

/** What Helm reads: the objects that come of it are nowhere in the files. */
export const helmInput = /(?:^|\/)(?:Chart|helmfile[\w.-]*|[\w.-]*values[\w.-]*)\.ya?ml$/i;

/**
 * Every document we were given and the objects in them, indexed by the names others call them by. An edit re-reads one
 * file and touches only the index entries of its documents.
 */
export class Workspace {
  readonly files = new Map<string, TextFile>();
  private readonly recogniser: Recogniser;
  private readonly objects = new Map<Document, readonly StackObject[]>();
  /** Most names are those of one object, which then stands there without a set around it. */
  private readonly index = new Map<string, StackObject | Set<StackObject>>();
  private readonly unreadable = new Map<string, number>();
  private readonly answers = new Map<string, readonly StackObject[]>();
  /** Answers that hold until the next edit, by question and subject. */
  private once = new Map<object, Map<object, { readonly graph: Graph; readonly answer: unknown }>>();
  private layoutNow: Layout | undefined;
  /** Documents whose trees are in memory, where trees are let go. */
  private readonly held: Document[] | undefined;

  constructor(kinds: readonly Kind[], letsGo = false) {
    this.recogniser = new Recogniser(kinds);
    this.held = letsGo ? [] : undefined;
  }

  update(path: string, text: string): Change {
    const file = this.files.get(path) ?? new TextFile(path, this.recogniser.sniff, this.held);
    this.files.set(path, file);
    return this.apply(file, file.update(text));
  }

  remove(path: string): Change | undefined {
    const file = this.files.get(path);
    if (file === undefined) return undefined;
    this.files.delete(path);
    return this.apply(file, { added: [], removed: [...file.documents] });
  }

  /** The objects known under a name, in the order of their files. */
  lookup(key: string): readonly StackObject[] {
    const known = this.index.get(key);
    if (known === undefined) return none;
    return known instanceof Set ? [...known].sort(inReadingOrder) : [known];
  }

  /** The same without those that cannot be relied on: patches are parts of objects, broken documents may be anything. */
  defined(key: string): readonly StackObject[] {
    const kept = this.answers.get(key);
    if (kept !== undefined) return kept;
    const { layout } = this;
    const found = this.lookup(key);
    const answer = found.filter(({ path, doc }) => doc.readable && !layout.isPatch(path));
    // A short answer is worked out again as fast as it is kept.
    if (found.length > few) this.answers.set(key, answer);
    return answer;
  }

  /** What `Graph.once` keeps. */
  answersTo(question: object): Map<object, { readonly graph: Graph; readonly answer: unknown }> {
    let known = this.once.get(question);
    if (known === undefined) {
      known = new Map();
      this.once.set(question, known);
    }
    return known;
  }

  objectsOf(doc: Document): readonly StackObject[] {
    return this.objects.get(doc) ?? [];
  }

  /** Trees, and what was read from them: whoever asks for one again has it read again. */
  letGo(): void {
    // A new one: V8 keeps a map that was cleared tied to what it held before, until the next full collection.
    this.once = new Map();
    for (const doc of this.held?.splice(0) ?? []) {
      doc.letGo();
      for (const object of this.objectsOf(doc)) object.letGo();
    }
  }

  objectsIn(file: TextFile): StackObject[] {
    return file.allDocuments().flatMap((doc) => this.objectsOf(doc));
  }

  /** Documents of a directory that could not be read, or that a chart is made of: what they define is not known. */
  unreadableIn(directory: string): number {
    return this.unreadable.get(directory) ?? 0;
  }

  /** Tells that a directory holds more than was handed in, so that what it defines is not known. */
  doubt(directory: string): void {
    this.once.clear();
    this.unreadable.set(directory, this.unreadableIn(directory) + 1);
  }

  get layout(): Layout {
    this.layoutNow ??= new Layout(this.lookup("kind/kustomization"));
    return this.layoutNow;
  }

  private apply(file: TextFile, documents: { added: Document[]; removed: Document[] }): Change {
    const keys = new Set([fileKey(file.path)]);
    this.once.clear();
    const removed: StackObject[] = [];
    for (const doc of withEmbedded(documents.removed)) {
      for (const object of this.forget(doc, keys)) removed.push(object);
    }
    const added: StackObject[] = [];
    for (const doc of withEmbedded(documents.added)) for (const object of this.learn(doc, keys)) added.push(object);
    if (keys.has("kind/kustomization")) {
      this.layoutNow = undefined;
      this.answers.clear();
      keys.add(layoutKey);
    }
    for (const key of keys) this.answers.delete(key);
    return { file, added, removed, documents, keys };
  }

  private learn(doc: Document, keys: Set<string>): readonly StackObject[] {
    const objects = this.recogniser.objectsOf(doc);
    this.objects.set(doc, objects);
    for (const object of objects) {
      for (const key of keysOf(object)) {
        keys.add(key);
        const known = this.index.get(key);
        if (known === undefined) this.index.set(key, object);
        else if (known instanceof Set) known.add(object);
        else if (known !== object) this.index.set(key, new Set([known, object]));
      }
    }
    this.countUnreadable(doc, 1, keys);
    return objects;
  }

  private forget(doc: Document, keys: Set<string>): readonly StackObject[] {
    const objects = this.objectsOf(doc);
    this.objects.delete(doc);
    for (const object of objects) {
      for (const key of keysOf(object)) {
        keys.add(key);
        const known = this.index.get(key);
        if (known instanceof Set) known.delete(object);
        if (known === object || (known instanceof Set && known.size === 0)) this.index.delete(key);
      }
    }
    this.countUnreadable(doc, -1, keys);
    return objects;
  }

  private countUnreadable(doc: Document, by: 1 | -1, keys: Set<string>): void {
    if (doc.carrier !== undefined || (doc.readable && !helmInput.test(doc.file.path))) return;
    const directory = dirname(doc.file.path);
    keys.add(`unreadable/${directory}`);
    this.unreadable.set(directory, this.unreadableIn(directory) + by);
  }
}

/** Every name an object is found under. */
function keysOf(object: StackObject): string[] {
  const name = object.name?.value;
  const own = name === undefined || object.apiKind === undefined ? [] : [`name/${object.apiKind}/${name}`];
  const kind =
    object.apiKind === undefined ? [] : [`api/${object.apiKind}`, kindIn(object.apiKind, dirname(object.path))];
  const makers = makesWorkloads(object) ? [makersKey, makersIn(dirname(object.path))] : [];
  return [`kind/${object.kind.id}`, ...kind, ...own, ...makers, ...(object.kind.keys?.(object) ?? [])];
}

export function inReadingOrder(a: StackObject, b: StackObject): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.doc.inFile(a.start) - b.doc.inFile(b.start);
}
