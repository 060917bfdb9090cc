import { resolve } from "node:path";
import { leastOf, measured } from "./measured.ts";

const rounds = 9;
const cli = resolve("dist/cli.js");

/** The command line from nothing to its first finding. Node's own start is in all of them, so that ratios hold anywhere. */
function benchStart(): void {
  const bare = leastOf(rounds, () => measured(process.execPath, ["-e", "0"]));
  console.log(`the command line, least of ${rounds} runs         wall       cpu  against node -e 0`);
  for (const [title, words] of [
    ["node -e 0", ["-e", "0"]],
    ["headroom --version", [cli, "--version"]],
    ["headroom lint, one file with findings", [cli, "lint", "examples/broken/sidecar.yaml"]],
    ["headroom lint examples, 45 files", [cli, "lint", "examples"]],
  ] as const) {
    const { wall, cpu } = leastOf(rounds, () => measured(process.execPath, words));
    const ratio = `${(cpu / bare.cpu).toFixed(1)} x`.padStart(18);
    console.log(`${title.padEnd(42)} ${ms(wall)} ${ms(cpu)} ${ratio}`);
  }
}

function ms(seconds: number): string {
  return `${(1000 * seconds).toFixed(0)} ms`.padStart(9);
}

benchStart();
