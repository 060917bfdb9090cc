import { commands, type ExtensionContext, window } from "vscode";
import type { LanguageClientOptions } from "vscode-languageclient/node";
import { openExample } from "./everyday/example.ts";
import { StackView } from "./everyday/stack-view.ts";
import { Status } from "./everyday/status.ts";
import { LanguageServer } from "./language-server.ts";
import { previewCommands } from "./preview/commands.ts";
import { Previews } from "./preview/previews.ts";
import { Handover } from "./yaml-extension/handover.ts";

/** Files on disk, files not saved yet, and those of a repository that is opened without being cloned. */
const schemes = ["file", "untitled", "vscode-vfs"];

let server: LanguageServer | undefined;

/** Everything waits for the server, and nothing here does: VS Code starts no slower. */
export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel("Headroom", { log: true });
  // For changes of files and settings the server asks by itself, as it does in any editor.
  const options: LanguageClientOptions = {
    documentSelector: schemes.map((scheme) => ({ language: "yaml", scheme })),
    outputChannel: output,
    initializationOptions: { preview: true },
  };
  const running = new LanguageServer(context.asAbsolutePath("dist/server.js"), options, output);
  server = running;
  const handover = new Handover();
  running.onCreated((client) => handover.follow(client));
  const previews = new Previews(running, context.extensionUri);
  context.subscriptions.push(output, running, handover, previews, new Status(running), new StackView(running));
  context.subscriptions.push(
    ...previewCommands(previews),
    commands.registerCommand("headroom.restart", () => running.restart()),
    commands.registerCommand("headroom.openExample", () => openExample(context.extensionUri)),
  );
  running.restart().catch((error: unknown) => output.error(String(error)));
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
