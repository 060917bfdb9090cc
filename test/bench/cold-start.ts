import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { deployment } from "./manifests.ts";
import { leastOf, measured } from "./measured.ts";
import { spentBy } from "./spent.ts";

const rounds = 7;
const server = "dist/server.js";
const uri = "file:///cold/manifest.yaml";

interface Start {
  readonly first: number;
  /** Of the processor, until then. */
  readonly spent: number;
  readonly completion: number;
}

/** The server as it ships, from its start as a process to its first answers, beside a Node that does nothing. */
async function benchColdStart(): Promise<void> {
  const bare = leastOf(rounds, () => measured(process.execPath, ["-e", "0"]));
  const runs: Start[] = [];
  for (let round = 0; round < rounds; round++) runs.push(await coldStart());
  console.log(`\nfrom a cold start, of ${rounds} runs         fastest   slowest`);
  for (const [title, times, bound] of [
    ["node -e 0, the processor time", [1000 * bare.cpu], undefined],
    ["the first answer, the processor time", runs.map(({ spent }) => spent), undefined],
    ["the first answer (initialize)", runs.map(({ first }) => first), 200],
    ["a completion in a file just opened", runs.map(({ completion }) => completion), 1000],
  ] as const) {
    const told = bound === undefined ? "" : `  (below ${bound} ms)`;
    console.log(`${title.padEnd(39)} ${ms(Math.min(...times))} ${ms(Math.max(...times))}${told}`);
  }
}

async function coldStart(): Promise<Start> {
  const text = deployment("llama");
  const line = text.split("\n").findIndex((one) => one.includes("resources:"));
  const start = performance.now();
  const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: null,
    capabilities: {},
  });
  const first = performance.now() - start;
  const spent = spentBy(child.pid ?? 0);
  await connection.sendNotification("initialized", {});
  const textDocument = { uri, languageId: "yaml", version: 1, text };
  await connection.sendNotification("textDocument/didOpen", { textDocument });
  const position = { line, character: 10 };
  const list = await connection.sendRequest<{ items: unknown[] } | null>("textDocument/completion", {
    textDocument: { uri },
    position,
  });
  const completion = performance.now() - start;
  if ((list?.items.length ?? 0) === 0) throw new Error("nothing was offered");
  const exit = once(child, "exit");
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  await exit;
  connection.dispose();
  return { first, spent, completion };
}

function ms(time: number): string {
  return `${time.toFixed(0)} ms`.padStart(9);
}

await benchColdStart();
