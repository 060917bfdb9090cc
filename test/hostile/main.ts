import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Hostile, shapes } from "./shapes.ts";

/** Prints the table of docs/reliability.md: each shape once and at twice its size, through the command line as it ships. */

const cli = resolve("dist/cli.js");
const patience = 120_000;

interface Ran {
  readonly exit: number | null;
  /** Seconds of the processor, and megabytes at the most. */
  readonly cpu: number;
  readonly memory: number;
}

/** Said by the process itself when it ends. */
const witness = `process.on("exit", () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); require("fs").writeFileSync(process.env.WITNESS, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 })); });`;

function lint(shape: Hostile, size: number): Ran {
  const directory = mkdtempSync(join(tmpdir(), "headroom-"));
  try {
    const files = { ...shape.files(size), "other.yaml": "a: 1\na: 2\n" };
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), content);
    }
    const [hook, said] = [join(directory, "witness.cjs"), join(directory, "witness.json")];
    writeFileSync(hook, witness);
    const env = { ...process.env, WITNESS: said };
    const ran = spawnSync(process.execPath, ["--require", hook, cli, "lint", "--fail-on", "error"], {
      cwd: directory,
      env,
      timeout: patience,
      maxBuffer: 256 * 1024 * 1024,
      encoding: "utf8",
    });
    if (!ran.stdout.includes("error other.yaml:2:1 yaml/duplicate-key"))
      throw new Error(`${shape.name}: ${ran.stderr}`);
    return { exit: ran.status, ...JSON.parse(readFileSync(said, "utf8")) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

console.log("| input | size | exit | CPU s | at twice the size | ratio | memory MB |");
console.log("| --- | --- | --- | --- | --- | --- | --- |");
for (const shape of shapes) {
  const [once, twice] = [lint(shape, shape.size), lint(shape, shape.size * 2)];
  const cells = [
    shape.name,
    `${shape.size} ${shape.counts}`,
    once.exit,
    once.cpu.toFixed(2),
    `${twice.cpu.toFixed(2)} (exit ${twice.exit})`,
    (twice.cpu / once.cpu).toFixed(1),
    Math.round(Math.max(once.memory, twice.memory)),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
