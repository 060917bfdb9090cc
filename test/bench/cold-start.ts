import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { deployment } from "./manifests.ts";

const rounds = 7;
const server = "dist/server.js";
const uri = "file:///cold/manifest.yaml";

/** The server as it ships, from its start as a process to its first answers. */
async function benchColdStart(): Promise<void> {
  const runs: { first: number; completion: number }[] = [];
  for (let round = 0; round < rounds; round++) runs.push(await coldStart());
  console.log(`\nfrom a cold start, of ${rounds} runs         fastest   slowest   (below 1,000 ms)`);
  for (const [title, times] of [
    ["the first answer (initialize)", runs.map(({ first }) => first)],
    ["a completion in a file just opened", runs.map(({ completion }) => completion)],
  ] as const) {
    console.log(`${title.padEnd(39)} ${ms(Math.min(...times))} ${ms(Math.max(...times))}`);
  }
}

async function coldStart(): Promise<{ first: number; completion: number }> {
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
  return { first, completion };
}

function ms(time: number): string {
  return `${time.toFixed(0)} ms`.padStart(9);
}

await benchColdStart();
