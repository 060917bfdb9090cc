import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";

/** A directory of its own with these files. */
export function scratch(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "headroom-")));
  after(() => rmSync(directory, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

export interface Ran {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs it as a shell would, with a bare environment. */
export function headroom(
  cli: string,
  args: readonly string[],
  { cwd, input = "", env = {} }: { cwd: string; input?: string | Uint8Array; env?: Record<string, string> },
): Ran {
  const { PATH = "" } = process.env;
  const ran: SpawnSyncReturns<string> = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    input,
    env: { PATH, ...env },
    encoding: "utf8",
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { exit: ran.status, out: ran.stdout, err: ran.stderr };
}
