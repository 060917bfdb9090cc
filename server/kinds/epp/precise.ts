import { mapAt } from "../../text/read.ts";
import type { EppView } from "./kind.ts";
import type { EppPlugin } from "./scheduling.ts";

/** The plugins that learn from the engines' KV events which pod holds which blocks; a scorer up to router 0.8. */
export function precisePlugins({ plugins }: EppView): EppPlugin[] {
  return plugins.filter(
    ({ type, parameters, node }) =>
      (type === "precise-prefix-cache-producer" || type === "precise-prefix-cache-scorer") &&
      // Written, and not as a mapping: filled in later.
      (parameters !== undefined || !node.entries.some(({ key }) => key.type === "scalar" && key.text === "parameters")),
  );
}

/** The part of its parameters that says how events come. */
export function eventsOf({ parameters }: EppPlugin) {
  return mapAt(parameters, "kvEventsConfig");
}
