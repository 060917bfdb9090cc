import { resolve } from "node:path";
import { decode } from "../../disk/decode.ts";
import { isManifestName } from "../../disk/manifest-name.ts";
import { filesInFlight, inFlight } from "../in-flight.ts";
import { GitError, git, tryGit } from "./git.ts";

export interface Changes {
  /** What the files that changed were before, by their absolute paths; absent for new ones. */
  readonly before: ReadonlyMap<string, string | undefined>;
  /** For people: `HEAD`. */
  readonly since: string;
}

/**
 * The manifests that differ from a commit, in the working tree and in what was committed since: from the commit where
 * this branch left the other one, as a pull request shows it. A mistake is a sentence.
 */
export async function changesSince(
  reference: string | undefined,
  cwd: string,
): Promise<Changes | { readonly mistake: string }> {
  const since = reference ?? "HEAD";
  try {
    const top = await tryGit(cwd, "rev-parse", "--show-toplevel");
    if (top === undefined) return { mistake: "--changed asks git what changed, and this is no git repository." };
    const root = top.toString("utf8").replace(/\n$/, "");
    // The ^{commit} also keeps a name that begins with a dash from being an option of older versions of git.
    const commit = since.startsWith("-") ? undefined : await idOf(root, `${since}^{commit}`);
    if (commit === undefined) return { mistake: `--changed: git knows no commit "${since}".` };
    const base = (await tryGit(root, "merge-base", commit, "HEAD"))?.toString("utf8").trim();
    if (base === undefined || base === "") {
      return { mistake: `--changed: ${since} and HEAD have no commit in common. Is the clone shallow?` };
    }
    const names = await changedNames(root, base);
    const texts = await inFlight(names, filesInFlight / 8, (name) => textAt(root, base, name));
    return { since, before: new Map(names.map((name, index) => [resolve(root, name), texts[index]])) };
  } catch (error) {
    if (error instanceof GitError) return { mistake: error.message };
    throw error;
  }
}

async function idOf(root: string, name: string): Promise<string | undefined> {
  const found = await tryGit(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name);
  return found?.toString("utf8").trim();
}

async function changedNames(root: string, base: string): Promise<string[]> {
  const only = ["--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules"];
  const tracked = await git(root, "diff", ...only, base, "--");
  const untracked = await git(root, "ls-files", "-z", "--others", "--exclude-standard");
  const names = [tracked, untracked].flatMap((list) => list.toString("utf8").split("\0"));
  return [...new Set(names)].filter(isManifestName);
}

/** Absent for what was not there, and for what could not be read then. */
async function textAt(root: string, base: string, name: string): Promise<string | undefined> {
  const bytes = await tryGit(root, "cat-file", "blob", `${base}:${name}`);
  const decoded = bytes === undefined ? undefined : decode(bytes);
  return decoded !== undefined && "text" in decoded ? decoded.text : undefined;
}
