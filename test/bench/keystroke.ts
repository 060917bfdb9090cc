import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { stackFiles, withCorpus } from "./corpus.ts";
import { autoscaler, stack } from "./manifests.ts";

const keystrokes = 120;
const texts = {
  lines: Array.from({ length: 14 }, (_, index) => stack(`long${index}`)).join("---\n"),
  documents: Array.from({ length: 1000 }, (_, index) => autoscaler(`a${index}`)).join("---\n"),
};

/** From a keystroke to its diagnostics, through the server as it ships: each keystroke once the last was answered. */
async function benchKeystrokes(): Promise<void> {
  console.log("from a keystroke to its diagnostics                   p50       p95     below");
  for (const [title, path, limit] of [
    [`a file of ${texts.lines.split("\n").length} lines among 1,000 files`, "long/long.yaml", 10],
    ["a file of 1,000 documents among 1,000 files", "documents/documents.yaml", 50],
  ] as const) {
    const files = [
      ...stackFiles(1000),
      ["long/long.yaml", texts.lines],
      ["documents/documents.yaml", texts.documents],
    ] as const;
    const { first, times } = await withCorpus(files, (directory) => type(directory, path));
    const at = (share: number) => ms(times[Math.floor(times.length * share)] ?? Number.NaN);
    console.log(`${title.padEnd(48)} ${at(0.5)} ${at(0.95)} ${ms(limit)}`);
    console.log(`${"  from the server's start to its first diagnostics".padEnd(48)} ${ms(first)}`);
  }
}

async function type(directory: string, path: string): Promise<{ first: number; times: number[] }> {
  const start = performance.now();
  const child = spawn(process.execPath, ["dist/server.js", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const uri = pathToFileURL(join(directory, path)).href;
  let heard: (version: number) => void = () => {};
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    if (params.uri === uri && params.version !== undefined) heard(params.version);
  });
  const diagnosticsOf = (wanted: number) =>
    new Promise<void>((resolve) => {
      heard = (version) => {
        if (version === wanted) resolve();
      };
    });
  connection.listen();
  const rootUri = pathToFileURL(directory).href;
  const workspaceFolders = [{ uri: rootUri, name: "bench" }];
  const capabilities = { workspace: { workspaceFolders: true } };
  await connection.sendRequest("initialize", { processId: process.pid, rootUri, workspaceFolders, capabilities });
  await connection.sendNotification("initialized", {});
  const text = readFileSync(join(directory, path), "utf8").replace("maxReplicas: 8", "maxReplicas: 0");
  let told = diagnosticsOf(1);
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "yaml", version: 1, text },
  });
  await told;
  const first = performance.now() - start;
  const line = text.slice(0, text.indexOf("maxReplicas: 0")).split("\n").length - 1;
  const character = (text.split("\n")[line] ?? "").indexOf("0");
  const range = { start: { line, character }, end: { line, character: character + 1 } };
  const times: number[] = [];
  for (let stroke = 0; stroke < keystrokes; stroke++) {
    const version = stroke + 2;
    told = diagnosticsOf(version);
    const struck = performance.now();
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range, text: stroke % 2 === 0 ? "8" : "0" }],
    });
    await told;
    // The first ones wake up what was never run.
    if (stroke >= 20) times.push(performance.now() - struck);
  }
  const exit = once(child, "exit");
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  await exit;
  connection.dispose();
  return { first, times: times.sort((a, b) => a - b) };
}

function ms(time: number): string {
  return `${time.toFixed(1)} ms`.padStart(9);
}

await benchKeystrokes();
