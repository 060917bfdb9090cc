import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, finds } from "./support.ts";

const scheme = "vscode-vfs";
const texts: Readonly<Record<string, string>> = {
  "/stack/hpa.yaml": `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: chat}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
  minReplicas: 4
  maxReplicas: 2
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}
`,
};

/** Open files are checked, and a preview opens and says what it lacks: files that are not open cannot be read from here. */
export async function run(): Promise<void> {
  vscode.workspace.registerFileSystemProvider(scheme, provider(), { isReadonly: true });
  const uri = vscode.Uri.from({ scheme, path: "/stack/hpa.yaml" });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  await finds(document, "hpa/min-above-max");

  await vscode.commands.executeCommand("headroom.openPreview", uri);
  const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label);
  await eventually("the preview", () => (tabs().includes("Preview hpa.yaml") ? true : undefined));
  assert.equal(vscode.window.visibleTextEditors[0]?.document.uri.scheme, scheme);
}

function provider(): vscode.FileSystemProvider {
  const nothing = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const refuse = () => {
    throw vscode.FileSystemError.NoPermissions();
  };
  return {
    onDidChangeFile: nothing.event,
    watch: () => new vscode.Disposable(() => {}),
    stat({ path }) {
      const text = texts[path];
      if (text === undefined && path !== "/stack" && path !== "/") throw vscode.FileSystemError.FileNotFound(path);
      const type = text === undefined ? vscode.FileType.Directory : vscode.FileType.File;
      return { type, ctime: 0, mtime: 0, size: text?.length ?? 0 };
    },
    readDirectory: () => [["hpa.yaml", vscode.FileType.File]],
    readFile({ path }) {
      const text = texts[path];
      if (text === undefined) throw vscode.FileSystemError.FileNotFound(path);
      return new TextEncoder().encode(text);
    },
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}
