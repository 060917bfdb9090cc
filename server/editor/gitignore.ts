import { lstat, readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";

/** What git ignores in the repository of one directory. Files of rules are read once, when first needed. */
export class HiddenByGit {
  private readonly start: string;
  private readonly rules = new Map<string, Promise<Ignore | undefined>>();
  private root: Promise<string> | undefined;

  constructor(start: string) {
    this.start = start;
  }

  /** Whether a path is ignored, given that the directories above it are not. */
  async hides(path: string, isDirectory: boolean): Promise<boolean> {
    this.root ??= this.findRoot();
    return this.hidesBelow(await this.root, path, isDirectory);
  }

  /** The repository; or the directory itself if git ignores it, because somebody wants to see it all the same. */
  private async findRoot(): Promise<string> {
    const repository = await repositoryOf(this.start);
    if (repository === this.start) return repository;
    return (await this.hidesBelow(repository, this.start, true)) ? this.start : repository;
  }

  /** The deepest rule that matches decides. */
  private async hidesBelow(root: string, path: string, isDirectory: boolean): Promise<boolean> {
    for (let at = dirname(path); ; at = dirname(at)) {
      const rules = await this.rulesOf(at);
      const way = relative(at, path).split(sep).join("/");
      const verdict = rules?.test(isDirectory ? `${way}/` : way);
      if (verdict?.ignored) return true;
      if (verdict?.unignored || at === root || at === dirname(at)) return false;
    }
  }

  private rulesOf(directory: string): Promise<Ignore | undefined> {
    const known = this.rules.get(directory) ?? rulesIn(directory);
    this.rules.set(directory, known);
    return known;
  }
}

/** The directory of the nearest `.git` upwards, else the directory itself. */
async function repositoryOf(directory: string): Promise<string> {
  for (let at = directory; ; at = dirname(at)) {
    const found = await lstat(join(at, ".git")).catch(() => undefined);
    if (found !== undefined) return at;
    if (at === dirname(at)) return directory;
  }
}

async function rulesIn(directory: string): Promise<Ignore | undefined> {
  const path = join(directory, ".gitignore");
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > 1024 * 1024) return undefined;
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? undefined : ignore().add(text);
}
