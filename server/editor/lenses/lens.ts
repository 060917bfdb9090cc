import type { Settings } from "../../config/settings.ts";
import type { Graph } from "../../graph/graph.ts";
import type { Workspace } from "../../graph/workspace.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Span } from "../../text/node.ts";

/** Where an object stands, and what its surroundings are. */
export interface Surroundings {
  readonly graph: Graph;
  readonly workspace: Workspace;
  settings(object: StackObject): Settings;
}

/** A line above a place. What it says is worked out when it comes into view. */
export interface Lens {
  /** Unique among the lenses of one place. */
  readonly id: string;
  readonly at: Span;
  tell(): Said | undefined;
}

export interface Said {
  readonly title: string;
  /** What stands behind the figure. */
  readonly tooltip?: string;
}
