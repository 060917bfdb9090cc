import type { Found } from "../scenario/found.ts";
import { git, silent } from "./run.ts";

/** A version of files that git has: those of one directory and below, by their paths from there. */
export interface Revision {
  /** As it was asked for: `HEAD`, `main~2`. */
  readonly ref: string;
  readonly commit: string;
  readonly paths: readonly string[];
  /** The texts of some of them. What is no text, or larger than this, is left out. */
  texts(paths: Iterable<string>, limit: number): Promise<Found<Map<string, string>>>;
}

/** No option, no range, no path: what is left names a commit, or nothing. */
const possible = /^(?!-)(?!.*\.\.)[\w./@{}^~+#=-]{1,250}$/u;

/** The commit that a name stands for in the repository of a directory. */
export async function commitOf(directory: string, ref: string): Promise<Found<string>> {
  if (!possible.test(ref)) return { mistake: `"${ref.slice(0, 100)}" is not the name of a commit.` };
  const found = await git(directory, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  const isUnknown = "mistake" in found && (found.mistake === silent || /expected commit type/.test(found.mistake));
  if ("mistake" in found && !isUnknown) return found;
  const commit = "mistake" in found ? "" : found.toString("latin1").trim();
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit : { mistake: `git knows no commit "${ref}" here.` };
}

export async function revisionAt(directory: string, ref: string): Promise<Found<Revision>> {
  const commit = await commitOf(directory, ref);
  if (typeof commit === "object") return commit;
  const prefix = await git(directory, ["rev-parse", "--show-prefix"]);
  if ("mistake" in prefix) return prefix;
  const listed = await git(directory, ["ls-tree", "-r", "-z", "--full-tree", commit]);
  if ("mistake" in listed) return listed;
  const blobs = blobsIn(listed.toString("utf8"), prefix.toString("utf8").replace(/\r?\n$/, ""));
  return {
    ref,
    commit,
    paths: [...blobs.keys()],
    texts: (paths, limit) => textsOf({ directory, blobs }, paths, limit),
  };
}

/** Of files alone: links and submodules have no text of their own. */
function blobsIn(listed: string, prefix: string): Map<string, string> {
  const blobs = new Map<string, string>();
  for (const line of listed.split("\0")) {
    const [, id, path] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (id !== undefined && path?.startsWith(prefix) === true) blobs.set(path.slice(prefix.length), id);
  }
  return blobs;
}

interface Store {
  readonly directory: string;
  readonly blobs: ReadonlyMap<string, string>;
}

async function textsOf({ directory, blobs }: Store, paths: Iterable<string>, limit: number) {
  const asked = [...new Set(paths)].flatMap((path) => {
    const id = blobs.get(path);
    return id === undefined ? [] : [{ path, id }];
  });
  const texts = new Map<string, string>();
  if (asked.length === 0) return texts;
  const answer = await git(directory, ["cat-file", "--batch"], asked.map(({ id }) => `${id}\n`).join(""));
  if ("mistake" in answer) return answer;
  let at = 0;
  for (const { path } of asked) {
    const end = answer.indexOf(10, at);
    const [, size] = / blob (\d+)$/.exec(answer.toString("latin1", at, end)) ?? [];
    at = end + 1;
    if (end < 0 || size === undefined) continue;
    const text = Number(size) > limit ? undefined : textIn(answer.subarray(at, at + Number(size)));
    at += Number(size) + 1;
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
