import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { codeOf } from "../../disk/reason.ts";
import { shortened } from "../terminal/visible.ts";

const run = promisify(execFile);

/** Milliseconds: a chart of hundreds of templates renders in a few seconds. */
const patience = 60_000;

export type Rendered = { readonly text: string } | { readonly reason: string } | { readonly missing: true };

/** What a tool prints, without a shell between. */
export async function render(command: string, args: readonly string[], cwd: string, limit: number): Promise<Rendered> {
  try {
    const options = { cwd, encoding: "utf8", timeout: patience, maxBuffer: limit, windowsHide: true } as const;
    return { text: (await run(command, [...args], options)).stdout };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { missing: true };
    if (codeOf(error) === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") {
      return { reason: `${command} printed more than ${limit} characters.` };
    }
    if (error instanceof Error && "killed" in error && error.killed) {
      return { reason: `${command} did not end within ${patience / 1000} seconds.` };
    }
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    return { reason: `${command} failed: ${shortened(said, 400)}` };
  }
}
