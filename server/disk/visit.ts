import { join, sep } from "node:path";
import { type Entry, entriesOf } from "./entries.ts";
import type { FoundFile, Trouble } from "./found.ts";
import { type RulesRead, rulesOfRepositoryAt, withOwnRules } from "./gitignore.ts";
import { type IgnoreRules, ignores } from "./ignore-rules.ts";
import { followLink } from "./link.ts";
import { isManifestName } from "./manifest-name.ts";
import { reasonOf } from "./reason.ts";

/** Where a walk starts and what it is after. */
export interface Walk {
  /** As people named it: a link stays in the paths of what is found. */
  readonly root: string;
  readonly realRoot: string;
  readonly rules: IgnoreRules;
  /** Levels below the root to enter. */
  readonly depth: number;
  /** Whether a file is looked for, by its way from the root with forward slashes. */
  readonly wants: (way: string) => boolean;
}

/** A directory to enter. */
export interface Directory {
  /** From the root of the walk, with forward slashes. */
  readonly way: string;
  /** Those from above. */
  readonly rules: IgnoreRules;
  /** Levels below this one to enter. */
  readonly below: number;
}

/** What a walk has met so far. */
export interface Seen {
  readonly directories: Directory[];
  readonly files: FoundFile[];
  readonly links: FoundFile[];
  readonly listed: Map<string, readonly string[]>;
  readonly troubles: Trouble[];
}

/** Never entered, whatever git says: neither holds manifests of the project, and both can hold very many files. */
const skipped = new Set([".git", "node_modules"]);

export function isSkipped(name: string): boolean {
  return skipped.has(name);
}

const brokenName = "Its name is not valid UTF-8, so it cannot be opened. Rename it.";

/**
 * Notes what a directory holds. Links to directories are not followed, as they can lead in a circle; FIFOs, sockets and
 * devices are passed over.
 */
export function visit({ way, rules: above, below }: Directory, walk: Walk, seen: Seen): void {
  const directory = join(walk.root, way);
  const realDirectory = join(walk.realRoot, way);
  try {
    const entries = entriesOf(directory);
    const { rules, troubles } = rulesWithin(realDirectory, entries, above);
    seen.troubles.push(...troubles);
    seen.listed.set(directory, entries.map(({ name }) => name).filter(isManifestName));
    for (const entry of entries) {
      if (isSkipped(entry.name) || entry.is === "other") continue;
      const is = entry.is === "directory" ? "directory" : "file";
      const entryWay = way === "" ? entry.name : `${way}/${entry.name}`;
      const wanted = is === "directory" ? below > 0 : walk.wants(entryWay);
      if (!wanted) continue;
      const real = pathIn(realDirectory, entry.name);
      if (ignores(rules, real, is)) continue;
      const absolute = pathIn(directory, entry.name);
      if (!entry.isUtf8) seen.troubles.push({ absolute, reason: brokenName });
      else if (is === "directory") seen.directories.push({ way: entryWay, rules, below: below - 1 });
      else if (entry.is === "file") seen.files.push({ absolute, real });
      else note(absolute, walk, seen);
    }
  } catch (error) {
    seen.troubles.push({ absolute: directory, reason: reasonOf(error) });
  }
}

function note(link: string, walk: Walk, seen: Seen): void {
  const end = followLink(link, walk.realRoot);
  if (end === undefined) return;
  if ("real" in end) seen.links.push(end);
  else seen.troubles.push(end);
}

/** As `join` says it of a name as the system lists it. */
function pathIn(directory: string, name: string): string {
  return directory.endsWith(sep) ? directory + name : `${directory}${sep}${name}`;
}

/** The rules from above and the directory's own. A repository inside another obeys only itself. */
function rulesWithin(directory: string, entries: readonly Entry[], above: IgnoreRules): RulesRead {
  const has = (name: string) => entries.some((entry) => entry.name === name);
  const isNested = has(".git") && above.root !== directory;
  const read = isNested ? rulesOfRepositoryAt(directory) : { rules: above, troubles: [] };
  return has(".gitignore") ? withOwnRules(directory, read) : read;
}
