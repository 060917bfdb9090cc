import type { RunningVersion, Settings } from "../../config/settings.ts";
import type { Graph } from "../../graph/graph.ts";
import { routerVersionOf } from "../../graph/router-version.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { isBefore } from "../schema/versions.ts";

/** The router of an endpoint picker's configuration where it is certainly this version or a newer one. */
export function routerFrom(
  version: string,
  { object, graph, settings }: { readonly object: StackObject; readonly graph: Graph; readonly settings: Settings },
): RunningVersion | undefined {
  const running = routerVersionOf(graph, object, settings);
  return isFrom(running, version) ? running : undefined;
}

/** The same where it is certainly this version or an older one. */
export function routerUpTo(
  version: string,
  { object, graph, settings }: { readonly object: StackObject; readonly graph: Graph; readonly settings: Settings },
): RunningVersion | undefined {
  const running = routerVersionOf(graph, object, settings);
  return isUpTo(running, version) ? running : undefined;
}

export function isFrom(running: RunningVersion | undefined, version: string): boolean {
  return isNumbered(running) && !isBefore(running.version, version);
}

export function isUpTo(running: RunningVersion | undefined, version: string): boolean {
  return isNumbered(running) && running.orNewer !== true && !isBefore(version, running.version);
}

/** `main` is a version that says nothing. */
function isNumbered(running: RunningVersion | undefined): running is RunningVersion {
  return running !== undefined && /^v?\d/.test(running.version);
}
