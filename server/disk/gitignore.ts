import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { readBytes } from "./bytes.ts";
import { exists } from "./exists.ts";
import type { Trouble } from "./found.ts";
import { type IgnoreRules, noRules, withGitignore } from "./ignore-rules.ts";
import { wayDown } from "./path-name.ts";
import { type Repository, repositoryAbove, repositoryAt } from "./repository.ts";

/** Rules, and the files of rules that could not be read: what they would hide is checked as if it were wanted. */
export interface RulesRead {
  readonly rules: IgnoreRules;
  readonly troubles: readonly Trouble[];
}

/** Hundreds of times what people write. */
const limit = 1024 * 1024;

/**
 * What applies to a directory from above, without its own `.gitignore`. Outside of a repository, as in a container that
 * got the files without `.git`, the working directory is taken for the root, so that the outcome is the same.
 */
export function rulesAbove(directory: string, cwd: string): RulesRead {
  const repository = repositoryAbove(directory);
  const root = wayDown(cwd, directory) === undefined ? directory : cwd;
  let read = repository === undefined ? { rules: noRules(root), troubles: [] } : rulesOf(repository);
  for (const above of directoriesBetween(read.rules.root, directory)) read = withOwnRules(above, read);
  return read;
}

/** What applies to the root of a repository: git asks no file above it. */
export function rulesOfRepositoryAt(root: string): RulesRead {
  return rulesOf(repositoryAt(root));
}

/** Adds the rules of a directory's own `.gitignore`. A link of that name is not followed: git does not since 2.32. */
export function withOwnRules(directory: string, read: RulesRead): RulesRead {
  const path = join(directory, ".gitignore");
  return isFile(path) ? withRulesIn(path, directory, read) : read;
}

function isFile(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

function rulesOf(repository: Repository): RulesRead {
  const none = { rules: noRules(repository.root, repository.ignoresCase), troubles: [] };
  const exclude = join(repository.shared, "info", "exclude");
  return exists(exclude) ? withRulesIn(exclude, repository.root, none) : none;
}

function withRulesIn(path: string, directory: string, { rules, troubles }: RulesRead): RulesRead {
  const file = readBytes(path, limit);
  if ("reason" in file) return { rules, troubles: [...troubles, { absolute: path, reason: file.reason }] };
  return { rules: withGitignore(rules, directory, new TextDecoder().decode(file.bytes)), troubles };
}

/** From the root down to the parent of the directory. */
function directoriesBetween(root: string, directory: string): string[] {
  const between: string[] = [];
  for (let at = directory; at !== root; ) {
    at = dirname(at);
    between.unshift(at);
  }
  return between;
}
