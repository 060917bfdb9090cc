import { join } from "node:path";
import { type Entry, entriesOf } from "./entries.ts";
import { rulesOfRepositoryAt, withOwnRules } from "./gitignore.ts";
import { type IgnoreRules, ignores } from "./ignore-rules.ts";
import { filesInFlight, inFlight } from "./in-flight.ts";
import { resolveLink } from "./link.ts";
import { byCodeUnit } from "./path-name.ts";
import { reasonOf } from "./reason.ts";
import type { Trouble } from "./trouble.ts";

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

export interface FoundFile {
  readonly absolute: string;
  /** Where it is when all links are followed: two names of one file have it in common. */
  readonly real: string;
}

export interface Walked {
  readonly files: readonly FoundFile[];
  readonly troubles: readonly Trouble[];
}

interface Directory {
  readonly way: string;
  readonly rules: IgnoreRules;
}

interface Visit {
  readonly directories: Directory[];
  readonly files: FoundFile[];
  readonly links: FoundFile[];
  readonly troubles: Trouble[];
}

/** Never entered, whatever git says: neither holds manifests of the project, and both can hold very many files. */
const skipped = new Set([".git", "node_modules"]);

/**
 * Finds files below a directory, level by level, so that a tree of any depth needs no stack. Links to directories are
 * not followed: they can lead in a circle or out of the tree.
 */
export async function walk(start: Walk): Promise<Walked> {
  const visits: Visit[] = [];
  let level: Directory[] = [{ way: "", rules: start.rules }];
  for (let depth = 0; level.length > 0 && depth <= start.depth; depth++) {
    const visited = await inFlight(level, filesInFlight, (directory) => visit(directory, start));
    level = visited.flatMap((found) => found.directories);
    visits.push(...visited);
  }
  const files = visits.flatMap((found) => found.files);
  const own = new Set(files.map((file) => file.real));
  const links = visits.flatMap((found) => found.links).filter((link) => !own.has(link.real));
  return {
    files: [...files, ...links].sort((a, b) => byCodeUnit(a.absolute, b.absolute)),
    troubles: visits.flatMap((found) => found.troubles).sort((a, b) => byCodeUnit(a.absolute, b.absolute)),
  };
}
