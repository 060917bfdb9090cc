import { join } from "node:path";
import { type Entry, entriesOf } from "./entries.ts";
import type { FoundFile, Trouble } from "./found.ts";
import { type RulesRead, rulesOfRepositoryAt, withOwnRules } from "./gitignore.ts";
import { type IgnoreRules, ignores } from "./ignore-rules.ts";
import { followLink } from "./link.ts";
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
}

/** What a directory holds for the walk. */
export interface Visit {
  readonly directories: Directory[];
  readonly files: FoundFile[];
  readonly links: FoundFile[];
  readonly troubles: Trouble[];
}

/** Never entered, whatever git says: neither holds manifests of the project, and both can hold very many files. */
const skipped = new Set([".git", "node_modules"]);

export function isSkipped(name: string): boolean {
  return skipped.has(name);
}

const brokenName = "Its name is not valid UTF-8, so it cannot be opened. Rename it.";

/** Links to directories are not followed, as they can lead in a circle; FIFOs, sockets and devices are passed over. */
export async function visit({ way, rules: above }: Directory, walk: Walk, enter: boolean): Promise<Visit> {
  const seen: Visit = { directories: [], files: [], links: [], troubles: [] };
  const directory = join(walk.root, way);
  const realDirectory = join(walk.realRoot, way);
  try {
    const entries = await entriesOf(directory);
    const { rules, troubles } = await rulesWithin(realDirectory, entries, above);
    seen.troubles.push(...troubles);
    for (const entry of entries) {
      if (isSkipped(entry.name) || entry.is === "other") continue;
      const is = entry.is === "directory" ? "directory" : "file";
      const entryWay = way === "" ? entry.name : `${way}/${entry.name}`;
      const wanted = is === "directory" ? enter : walk.wants(entryWay);
      const real = join(realDirectory, entry.name);
      if (!wanted || ignores(rules, real, is)) continue;
      const absolute = join(directory, entry.name);
      if (!entry.isUtf8) seen.troubles.push({ absolute, reason: brokenName });
      else if (is === "directory") seen.directories.push({ way: entryWay, rules });
      else if (entry.is === "file") seen.files.push({ absolute, real });
      else await note(absolute, walk, seen);
    }
  } catch (error) {
    seen.troubles.push({ absolute: directory, reason: reasonOf(error) });
  }
  return seen;
}

async function note(link: string, walk: Walk, seen: Visit): Promise<void> {
  const end = await followLink(link, walk.realRoot);
  if (end === undefined) return;
  if ("real" in end) seen.links.push(end);
  else seen.troubles.push(end);
}

/** The rules from above and the directory's own. A repository inside another obeys only itself. */
async function rulesWithin(directory: string, entries: readonly Entry[], above: IgnoreRules): Promise<RulesRead> {
  const names = new Set(entries.map((entry) => entry.name));
  const isNested = names.has(".git") && above.root !== directory;
  const read = isNested ? await rulesOfRepositoryAt(directory) : { rules: above, troubles: [] };
  return names.has(".gitignore") ? withOwnRules(directory, read) : read;
}
