import { readFileSync } from "node:fs";

/** Milliseconds for which a process has kept a processor busy so far, whatever else runs on this machine; in Linux alone. */
export function spentBy(pid: number): number {
  if (process.platform !== "linux") return Number.NaN;
  const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")
    .slice(11)
    .map(Number);
  // In the kernel's hundredths of a second.
  return (user + system) * 10;
}
