import type { TextEdit, WorkspaceEdit } from "vscode-languageserver/node";
import type { Buffers } from "./buffers.ts";
import type { PlacedEdit } from "./diagnostics.ts";

/** Writes edits as a client takes them. For an open document they hold for the version that was looked at, and no other. */
export function workspaceEdit(edits: readonly PlacedEdit[], buffers: Buffers, versioned: boolean): WorkspaceEdit {
  const byUri = new Map<string, TextEdit[]>();
  for (const { uri, range, newText } of edits) {
    const inOne = byUri.get(uri) ?? [];
    inOne.push({ range, newText });
    byUri.set(uri, inOne);
  }
  if (!versioned)
    return { changes: Object.fromEntries([...byUri].map(([uri, list]) => [buffers.spelling(uri), list])) };
  return {
    documentChanges: [...byUri].map(([uri, list]) => ({
      textDocument: { uri: buffers.spelling(uri), version: buffers.get(uri)?.version ?? null },
      edits: list,
    })),
  };
}
