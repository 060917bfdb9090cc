import { type CancellationToken, CancellationTokenSource } from "vscode";

/** The answer, or why there is none. */
export function asked<Answer>(answer: Answer | undefined, what: string): Answer {
  if (answer === undefined) throw new Error(`The running language server is too old to give ${what}. Restart it.`);
  return answer;
}

/** A token that is cancelled when a signal is aborted. */
export function cancelledBy(signal: AbortSignal): { readonly token: CancellationToken; readonly dispose: () => void } {
  const source = new CancellationTokenSource();
  const cancel = () => source.cancel();
  signal.addEventListener("abort", cancel);
  if (signal.aborted) cancel();
  const dispose = () => {
    signal.removeEventListener("abort", cancel);
    source.dispose();
  };
  return { token: source.token, dispose };
}
