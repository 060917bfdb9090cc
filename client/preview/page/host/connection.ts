import type { Forecast } from "../../../../server/editor/preview/messages.ts";
import type { Question } from "../../../../server/forecast/question.ts";
import type { FromPage, PageState, ToPage } from "../../messages.ts";

/** Whoever the page speaks with. */
export interface Connection {
  /** A run that somebody saved: nobody answers. */
  readonly alone?: { readonly forecast: Forecast; readonly question: Question };
  /** What the page kept when it was left. */
  readonly kept?: PageState;
  send(message: FromPage): void;
  keep(state: PageState): void;
  listen(hear: (message: ToPage) => void): void;
}

interface VsCode {
  postMessage(message: FromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

declare global {
  // A webview of VS Code has it, and gives it once.
  var acquireVsCodeApi: (() => VsCode) | undefined;
}

export function connect(): Connection {
  const acquire = globalThis.acquireVsCodeApi;
  if (acquire === undefined) return alone();
  const vscode = acquire();
  const kept = vscode.getState();
  return {
    ...(kept === undefined ? {} : { kept }),
    send: (message) => vscode.postMessage(message),
    keep: (state) => vscode.setState(state),
    listen: (hear) => addEventListener("message", ({ data }: MessageEvent<ToPage>) => hear(data)),
  };
}

/** A plain file with the run in it. */
function alone(): Connection {
  const embedded = document.getElementById("picture")?.textContent ?? "";
  const nothing = { send: () => {}, keep: () => {}, listen: () => {} };
  if (embedded.trim() === "") return nothing;
  return { ...nothing, alone: JSON.parse(embedded) };
}
