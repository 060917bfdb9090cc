import type { StackObject } from "../kinds/stack-object.ts";
import type { Document } from "../text/document.ts";
import type { Layout } from "./layout.ts";
import { fileKey, layoutKey, type Workspace } from "./workspace.ts";

/**
 * The workspace as one question sees it. Every name that is asked for is noted, so that an edit re-runs exactly the
 * questions whose answers it may have changed.
 */
export class Graph {
  private readonly asked: Set<string> | undefined;
  private readonly workspace: Workspace;
  /** Those whose answers were taken over; what an answer still asks when it is used, it asks there. */
  private readonly lenders: Graph[] = [];

  /** Without notes for whoever reads once, and will never ask again. */
  constructor(workspace: Workspace, notes = true) {
    this.workspace = workspace;
    this.asked = notes ? new Set() : undefined;
  }

  /** Every name that the answer depends on. */
  names(): ReadonlySet<string> {
    if (this.asked === undefined) return nothing;
    if (this.lenders.length === 0) return this.asked;
    const names = new Set(this.asked);
    for (const lender of this.lenders) for (const name of lender.names()) names.add(name);
    return names;
  }

  note(name: string): void {
    this.asked?.add(name);
  }

  /** The answer to a question that many rules have about an object: worked out once between two edits. */
  once<Subject extends object, Answer>(question: (graph: Graph, subject: Subject) => Answer, subject: Subject): Answer {
    const known = this.workspace.answersTo(question);
    let found = known.get(subject);
    if (found === undefined) {
      found = this.lend(question, subject);
      known.set(subject, found);
    }
    if (found.graph !== this && !this.lenders.includes(found.graph)) this.lenders.push(found.graph);
    return found.answer as Answer;
  }

  private lend<Subject extends object, Answer>(question: (graph: Graph, subject: Subject) => Answer, subject: Subject) {
    const graph = this.asked === undefined ? this : new Graph(this.workspace);
    return { graph, answer: question(graph, subject) };
  }

  /** The objects known under a name (see `keysOf`), in the order of their files. */
  lookup(key: string): readonly StackObject[] {
    this.asked?.add(key).add(layoutKey);
    return this.workspace.defined(key);
  }

  get layout(): Layout {
    this.asked?.add(layoutKey);
    return this.workspace.layout;
  }

  /** A file's text; absent when the file was not handed to us. */
  textOf(path: string): string | undefined {
    this.asked?.add(fileKey(path));
    return this.workspace.files.get(path)?.text;
  }

  objectsOf(doc: Document): readonly StackObject[] {
    return this.workspace.objectsOf(doc);
  }

  /** Whether a directory holds documents that do not show what they define, so that nothing in it can be called missing. */
  hasUnreadable(directory: string): boolean {
    this.asked?.add(`unreadable/${directory}`);
    return this.workspace.unreadableIn(directory) > 0;
  }
}

const nothing: ReadonlySet<string> = new Set();
