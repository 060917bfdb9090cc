import { lstat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readBytes } from "./bytes.ts";
import { type IgnoreRules, noRules, withGitignore } from "./ignore-rules.ts";
import { wayDown } from "./path-name.ts";
import { type Repository, repositoryAbove, repositoryAt } from "./repository.ts";

/** Rules, and the files of rules that could not be read: what git hides by them would be checked as if it were wanted. */
export interface RulesRead {
  readonly rules: IgnoreRules;
  readonly problems: readonly { readonly absolute: string; readonly reason: string }[];
}

/** The largest of GitHub's collected ignore files has some 400 lines. */
const limit = 1024 * 1024;

/**
 * What applies to a directory from above, without its own `.gitignore`. Outside of a repository, as in a container that
 * got the files without `.git`, the working directory is taken for the root, so that the outcome is the same.
 */
export async function rulesAbove(directory: string, cwd: string): Promise<RulesRead> {
  const repository = await repositoryAbove(directory);
  const root = wayDown(cwd, directory) === undefined ? directory : cwd;
  let read = repository === undefined ? { rules: noRules(root), problems: [] } : await rulesOf(repository);
  for (const above of directoriesBetween(read.rules.root, directory)) read = await andThoseOf(above, read);
  return read;
}

/** What applies to the root of a repository: git asks no file above it. */
export async function rulesOfRepositoryAt(root: string): Promise<RulesRead> {
  return rulesOf(await repositoryAt(root));
}

/** Adds the rules that a directory's own `.gitignore` holds. Since 2.32 git follows no link of that name. */
export async function andThoseOf(directory: string, read: RulesRead): Promise<RulesRead> {
  const path = join(directory, ".gitignore");
  return (await isRegular(path)) ? andThoseIn(path, directory, read) : read;
}

async function rulesOf(repository: Repository): Promise<RulesRead> {
  const none = { rules: noRules(repository.root, repository.ignoresCase), problems: [] };
  return andThoseIn(join(repository.shared, "info", "exclude"), repository.root, none);
}

async function andThoseIn(path: string, directory: string, { rules, problems }: RulesRead): Promise<RulesRead> {
  const file = await readBytes(path, limit);
  if ("bytes" in file) return { rules: withGitignore(rules, directory, new TextDecoder().decode(file.bytes)), problems };
  return { rules, problems: [...problems, { absolute: path, reason: file.reason }] };
}
