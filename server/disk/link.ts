import { realpathSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { FoundFile, Trouble } from "./found.ts";
import { wayDown } from "./path-name.ts";
import { codeOf, reasonOf } from "./reason.ts";

export const leadsNowhere = "A symbolic link to something that does not exist.";

/**
 * The file that a link found on a walk leads to. Absent when it leads to something else, or out of the walked tree: a
 * repository must not be able to show, through a link, what else is on the machine.
 */
export function followLink(link: string, realRoot: string): FoundFile | Trouble | undefined {
  try {
    const real = realpathSync.native(link);
    if (wayDown(realRoot, real) === undefined) return undefined;
    return statSync(link).isFile() ? { absolute: link, real } : undefined;
  } catch (error) {
    if (codeOf(error) !== "ENOENT") return { absolute: link, reason: reasonOf(error) };
    return isEditorLock(link) ? undefined : { absolute: link, reason: leadsNowhere };
  }
}

/** Emacs marks a file that is being edited by a link `.#name` that leads to `user@host.pid`. */
function isEditorLock(link: string): boolean {
  return basename(link).startsWith(".#");
}
