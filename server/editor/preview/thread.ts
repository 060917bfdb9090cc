import { parentPort, Worker, workerData } from "node:worker_threads";
import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import { answered, type Inquiry, newDesk } from "./inquiry.ts";
import type { Forecast } from "./messages.ts";

/** Answers in a thread of its own, made from the bundle that runs here. Cancelling ends it. */
export function inThread(script: string, inquiry: Inquiry, token: CancellationToken): Promise<Forecast> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: inquiry, argv: [], execArgv: [] });
    const cancelled = () => new ResponseError<void>(LSPErrorCodes.RequestCancelled, "Cancelled.");
    const stop = token.onCancellationRequested(() => {
      reject(cancelled());
      void worker.terminate();
    });
    worker.once("message", (forecast: Forecast) => resolve(forecast));
    worker.once("error", (error) => resolve({ targets: [], mistake: failure(error) }));
    worker.once("exit", () => {
      stop.dispose();
      resolve({ targets: [], mistake: "The run ended without an answer." });
    });
  });
}

function failure(error: Error & { code?: unknown }): string {
  return error.code === "ERR_WORKER_OUT_OF_MEMORY"
    ? "There is not enough memory for so many requests. Shorten the duration, or let it be a fluid."
    : `The run failed: ${error.message}`;
}

/** What such a thread does. */
export function answerParent(): void {
  parentPort?.postMessage(answered(workerData as Inquiry, newDesk()));
}
