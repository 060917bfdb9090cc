import type { StackObject } from "../kinds/stack-object.ts";
import type { Document } from "../text/document.ts";
import type { Layout } from "./layout.ts";
import { layoutKey, type Workspace } from "./workspace.ts";

/**
 * The workspace as one question sees it. Every name that is asked for is noted, so that an edit re-runs exactly the
 * questions whose answers it may have changed.
 */
export class Graph {
  readonly asked = new Set<string>();
  private readonly workspace: Workspace;

  constructor(workspace: Workspace) {
    this.workspace = workspace;
  }

  /** The objects known under a name (see `keysOf`). Patches of a kustomization are parts of objects and left out. */
  lookup(key: string): StackObject[] {
    this.asked.add(key);
    const { layout } = this;
    return this.workspace.lookup(key).filter((object) => !layout.isPatch(object.path) && object.doc.readable);
  }

  get layout(): Layout {
    this.asked.add(layoutKey);
    return this.workspace.layout;
  }

  objectsOf(doc: Document): readonly StackObject[] {
    return this.workspace.objectsOf(doc);
  }

  /** Whether a directory holds documents that could not be read, so that nothing in it can be called missing. */
  hasUnreadable(directory: string): boolean {
    this.asked.add(`unreadable/${directory}`);
    return this.workspace.unreadableIn(directory) > 0;
  }
}
