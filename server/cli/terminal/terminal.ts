/** Where a command speaks. Tests hand in one that remembers. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Puts a line in the place of the last one, where somebody watches standard error. */
  live?(line: string): void;
  readonly colour: boolean;
  /** Columns. */
  readonly width: number;
}

/** Longer lines are hard to read on any screen; logs of CI have no width of their own. */
const comfortable = 100;
/** Below this nothing can be laid out: the terminal may wrap as it likes. */
const narrowest = 40;

export function lineWidth(columns: number | undefined): number {
  return Math.min(Math.max(columns ?? comfortable, narrowest), comfortable);
}

/** The conventions of https://no-color.org and https://force-color.org; who forces, wins, as in Node itself. */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  if (env["NO_COLOR"]) return false;
  return isTerminal && env["TERM"] !== "dumb";
}
