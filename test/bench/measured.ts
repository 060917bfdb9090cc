import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a program took. GNU time says what it used of the processor and of memory; without that only the wall is known. */
export interface Measured {
  readonly wall: number;
  /** Seconds of the processor, of all threads. */
  readonly cpu: number;
  /** Megabytes at most. */
  readonly memory: number;
}

const gnuTime = "/usr/bin/time";

export function measured(command: string, words: readonly string[]): Measured {
  const folder = mkdtempSync(join(tmpdir(), "headroom-time-"));
  const told = join(folder, "told");
  const start = performance.now();
  const [program, args] = existsSync(gnuTime)
    ? [gnuTime, ["-f", "%U %S %M", "-o", told, "--quiet", command, ...words]]
    : [command, [...words]];
  const { error } = spawnSync(program, args, { stdio: "ignore" });
  const wall = (performance.now() - start) / 1000;
  const said = existsSync(told) ? readFileSync(told, "utf8").trim().split(/\s+/).slice(-3).map(Number) : [];
  rmSync(folder, { recursive: true });
  if (error !== undefined) throw error;
  const [user = Number.NaN, system = Number.NaN, kilobytes = Number.NaN] = said;
  return { wall, cpu: user + system, memory: kilobytes / 1024 };
}

/** The run that took least of the processor: others disturbed it least. */
export function leastOf(rounds: number, run: () => Measured): Measured {
  const runs = Array.from({ length: rounds }, run);
  return runs.sort((a, b) => (a.cpu || a.wall) - (b.cpu || b.wall))[0] as Measured;
}
