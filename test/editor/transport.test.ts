import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import {
  createClientPipeTransport,
  createProtocolConnection,
  generateRandomPipeName,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
} from "vscode-languageserver-protocol/node";
import { bundledServer } from "./support/bundle.ts";

async function converse(reader: MessageReader, writer: MessageWriter): Promise<void> {
  const connection = createProtocolConnection(reader, writer);
  connection.listen();
  const params = { processId: null, rootUri: null, capabilities: {} };
  const { serverInfo } = await connection.sendRequest<{ serverInfo: { name: string } }>("initialize", params);
  assert.equal(serverInfo.name, "headroom-llm");
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
}

test("over the channel between Node processes, as VS Code starts it", { timeout: 60_000 }, async (t) => {
  const stdio = ["ignore", "inherit", "inherit", "ipc"] as const;
  const server = spawn(process.execPath, [await bundledServer(), "--node-ipc"], { stdio: [...stdio] });
  t.after(() => server.kill());
  const exit = once(server, "exit");
  await converse(new IPCMessageReader(server), new IPCMessageWriter(server));
  assert.deepEqual(await exit, [0, null]);
});

test("over a named pipe that the client listens on", { timeout: 60_000 }, async (t) => {
  const pipe = generateRandomPipeName();
  const transport = await createClientPipeTransport(pipe);
  const server = spawn(process.execPath, [await bundledServer(), `--pipe=${pipe}`], { stdio: "inherit" });
  t.after(() => server.kill());
  const exit = once(server, "exit");
  await converse(...(await transport.onConnected()));
  assert.deepEqual(await exit, [0, null]);
});

test("without being told how it says what it wants", { timeout: 60_000 }, async (t) => {
  const server = spawn(process.execPath, [await bundledServer()], { stdio: ["ignore", "ignore", "pipe"] });
  t.after(() => server.kill());
  let said = "";
  server.stderr.on("data", (data) => {
    said += data;
  });
  const [code] = await once(server, "close");
  assert.notEqual(code, 0);
  assert.match(said, /--stdio/);
});
