import { commands, type ExtensionContext, window } from "vscode";
import { LanguageClient, type LanguageClientOptions, TransportKind } from "vscode-languageclient/node";
import { Handover } from "./yaml-extension/handover.ts";

/** Files on disk, files not saved yet, and those of a repository that is opened without being cloned. */
const schemes = ["file", "untitled", "vscode-vfs"];

let server: LanguageClient | undefined;
/** Starts and stops come one after the other, however fast the command is given. */
let turn: Promise<void> = Promise.resolve();

export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel("Headroom", { log: true });
  const module = context.asAbsolutePath("dist/server.js");
  // For changes of files and settings the server asks by itself, as it does in any editor.
  const options: LanguageClientOptions = {
    documentSelector: schemes.map((scheme) => ({ language: "yaml", scheme })),
    outputChannel: output,
  };
  const handover = new Handover();
  const restart = () => inTurn(() => stop().then(() => start(module, options, handover)));
  context.subscriptions.push(output, handover, commands.registerCommand("headroom.restart", restart));
  await restart();
}

export function deactivate(): Promise<void> {
  return inTurn(stop);
}

/** A new client each time: one that failed to start cannot be started again. */
async function start(module: string, options: LanguageClientOptions, handover: Handover): Promise<void> {
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } };
  server = new LanguageClient("headroom", "Headroom", { run, debug }, options);
  handover.follow(server);
  await server.start();
}

async function stop(): Promise<void> {
  const running = server?.isRunning() === true ? server : undefined;
  server = undefined;
  await running?.dispose();
}

function inTurn(task: () => Promise<void>): Promise<void> {
  turn = turn.catch(() => {}).then(task);
  return turn;
}
