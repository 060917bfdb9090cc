import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { codeOf } from "../../disk/reason.ts";
import { shortened } from "../terminal/visible.ts";

const run = promisify(execFile);

/** Bytes of output: the largest file that is read, and room. */
const mostOutput = 64 * 1024 * 1024;
/** Milliseconds. */
const patience = 60_000;

/**
 * Nothing that a repository configures is run, nothing is locked, fetched or asked for. The names are those of
 * `man git` and `man git-config`.
 */
const environment = {
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  GIT_NO_LAZY_FETCH: "1",
  LC_ALL: "C",
} as const;
const settings = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-pager"];

export class GitError extends Error {}

/** What git prints. What keeps it from that is a sentence. */
export async function git(cwd: string, ...args: readonly string[]): Promise<Buffer> {
  try {
    const { stdout } = await run("git", [...settings, ...args], {
      cwd,
      encoding: "buffer",
      env: { ...process.env, ...environment },
      maxBuffer: mostOutput,
      timeout: patience,
    });
    return stdout;
  } catch (error) {
    throw new GitError(sentence(error));
  }
}

/** Absent where git says no. */
export async function tryGit(cwd: string, ...args: readonly string[]): Promise<Buffer | undefined> {
  try {
    return await git(cwd, ...args);
  } catch (error) {
    if (error instanceof GitError && error.message === missing) throw error;
    return undefined;
  }
}

const missing = "git is needed for --changed, and there is none on the PATH.";

function sentence(error: unknown): string {
  if (codeOf(error) === "ENOENT") return missing;
  const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
  return `git failed: ${shortened(said === "" ? String(error) : said, 300)}`;
}
