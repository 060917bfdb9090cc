import { execFile } from "node:child_process";
import type { Found } from "../scenario/found.ts";

/** Milliseconds. A repository that takes longer is on a disk that is not there. */
const longest = 20_000;
/** Bytes of one answer: names of a repository with a million files, or the texts of a stack. */
const largest = 128 * 1024 * 1024;

/**
 * Nothing is locked, nothing is fetched, nobody is asked, and nothing that a repository's own configuration names is
 * started.
 */
const careful = ["--no-optional-locks", "--no-pager", "-c", "core.fsmonitor=false"];
const quiet = { GIT_ALLOW_PROTOCOL: "none", GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };

/** Runs git in a directory, without a shell. The mistake is a sentence. */
export function git(directory: string, words: readonly string[], input?: string): Promise<Found<Buffer>> {
  return new Promise((resolve) => {
    const options = {
      cwd: directory,
      encoding: "buffer",
      timeout: longest,
      killSignal: "SIGKILL",
      maxBuffer: largest,
      windowsHide: true,
      env: environment(),
    } as const;
    const child = execFile("git", [...careful, ...words], options, (error, out, err) => {
      if (error === null) resolve(out);
      else resolve({ mistake: sentenceFor(error, err.toString("utf8")) });
    });
    // Git may end before it has read everything.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input ?? "");
  });
}

/** The directory says which repository is meant, also within one of git's own hooks. */
function environment(): NodeJS.ProcessEnv {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...rest } = process.env;
  return { ...rest, ...quiet };
}

/** With `--quiet` it says nothing of a name that it does not know. */
export const silent = "git failed without a word.";

function sentenceFor(error: Error & { code?: unknown; killed?: boolean }, said: string): string {
  if (error.code === "ENOENT") return "git is not installed here, or not on the PATH.";
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return "git has more to say than is read.";
  if (error.killed === true) return `git did not answer within ${longest / 1000} s.`;
  if (/not a git repository/i.test(said)) return "This is not in a git repository.";
  if (/dubious ownership/i.test(said))
    return "git does not trust this repository: it belongs to somebody else. See safe.directory in git's documentation.";
  const [first = ""] = said.split("\n");
  return first === "" ? silent : `git says: ${first.slice(0, 300)}`;
}
