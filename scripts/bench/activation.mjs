// The extension as it ships, from its first line to the end of `activate`, in a process of its own each time.
import { execFileSync } from "node:child_process";

const rounds = 9;

export function bench() {
  const runs = Array.from({ length: rounds }, () => {
    return JSON.parse(execFileSync(process.execPath, ["scripts/bench/activation-host.cjs"], { encoding: "utf8" }));
  });
  const median = (of) => runs.map(of).sort((a, b) => a - b)[(rounds - 1) / 2];
  const ms = (time) => `${time.toFixed(1)} ms`.padStart(9);
  console.log(`waking the extension, median of ${rounds} runs               wall processor  (below 50 ms)`);
  for (const [title, mark] of [
    ["its code is read", "read"],
    ["`activate` is done", "active"],
    ["the client of its server is read, behind that", "client"],
  ]) {
    console.log(
      `${title.padEnd(50)} ${ms(median((run) => run[mark].wall))} ${ms(median((run) => run[mark].processor))}`,
    );
  }
}
