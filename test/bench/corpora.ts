import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { oneFile, stackFiles, withCorpus } from "./corpus.ts";
import { leastOf, type Measured, measured } from "./measured.ts";

const bare = "scripts/bench/peers/bare-parse.mjs";
const service = "scripts/bench/peers/yaml-language-server.mjs";

/** A package that is no dependency of ours, by a program that asks it; with the links between objects and without. */
const monokle = "@monokle/validation";
const monokleProgram = "scripts/bench/peers/monokle.mjs";
const monokleRows = [
  ["without links", ["--no-links"]],
  ["with links", []],
] as const;

/** Whoever else checks such files, where it is installed. Those in Go know the schemas that they were built with. */
const peers: readonly (readonly [title: string, command: string, words: readonly string[]])[] = [
  ["kubeconform", "kubeconform", ["-ignore-missing-schemas"]],
  ["kube-linter", "kube-linter", ["lint", "--fail-if-no-objects-found"]],
];

interface Corpus {
  readonly title: string;
  readonly files: () => Iterable<readonly [path: string, text: string]>;
  readonly rounds: number;
  /** Few enough objects for a peer whose time grows with the square of their number. */
  readonly few?: true;
}

const corpora: readonly Corpus[] = [
  { title: "1,000 files", files: () => stackFiles(1000), rounds: 3, few: true },
  { title: "2,000 files", files: () => stackFiles(2000), rounds: 2, few: true },
  { title: "5,000 files", files: () => stackFiles(5000), rounds: 1 },
  { title: "10,000 files", files: () => stackFiles(10_000), rounds: 1 },
  { title: "5,000 objects, 1,667 files", files: () => stackFiles(1667), rounds: 2 },
  { title: "one file of 10 MB", files: () => oneFile(10_000_000), rounds: 1 },
];

const only = process.env["CORPUS"];

/** The command line as it ships, each time a process of its own, against others over the same files. */
async function benchCorpora(): Promise<void> {
  console.log("files of stacks                                      wall       cpu  against bare    memory");
  for (const { title, files, rounds, few } of corpora) {
    if (only !== undefined && !title.startsWith(only)) continue;
    await withCorpus(files(), async (directory) => {
      const parsed = leastOf(rounds, () => measured(process.execPath, [bare, directory]));
      row(`${title}: a bare parse by yaml`, parsed, parsed);
      const lint = [resolve("dist/cli.js"), "lint", directory, "--fail-on", "never"];
      row(
        `${title}: headroom lint, all rules`,
        leastOf(rounds, () => measured(process.execPath, lint)),
        parsed,
      );
      const served = measured(process.execPath, [service, directory]);
      row(`${title}: yaml-language-server, its schemas alone`, served, parsed);
      for (const [links, words] of few && isPackage(monokle) ? monokleRows : []) {
        row(
          `${title}: ${monokle}, ${links}`,
          measured(process.execPath, [monokleProgram, directory, ...words]),
          parsed,
        );
      }
      for (const [peer, command, words] of peers) {
        if (!isInstalled(command)) continue;
        row(
          `${title}: ${peer}`,
          leastOf(rounds, () => measured(command, [...words, directory])),
          parsed,
        );
      }
    });
  }
  const missing = peers.filter(([, command]) => !isInstalled(command)).map(([peer]) => peer);
  if (!isPackage(monokle)) missing.push(monokle);
  if (missing.length > 0) console.log(`not installed here: ${missing.join(", ")}`);
}

function isInstalled(command: string): boolean {
  try {
    execFileSync("which", [command], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Whether the programs of peers find a package, which they do from their own folder. */
function isPackage(name: string): boolean {
  try {
    createRequire(resolve(monokleProgram)).resolve(name);
    return true;
  } catch {
    return false;
  }
}

function row(title: string, { wall, cpu, memory }: Measured, parsed: Measured): void {
  const ratio = cpu / parsed.cpu;
  const cells = [
    title.padEnd(48),
    `${wall.toFixed(2)} s`.padStart(9),
    `${cpu.toFixed(2)} s`.padStart(9),
    `${ratio.toFixed(2)} x`.padStart(13),
    `${memory.toFixed(0)} MB`.padStart(9),
  ];
  console.log(cells.join(" "));
}

await benchCorpora();
