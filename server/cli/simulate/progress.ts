import type { Passing } from "../../forecast/passing.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Milliseconds: of a run that is over before, nobody needs to know how far it is; and between two drawings. */
const [patience, between] = [1000, 100];
const cells = 30;

export interface Progress {
  readonly passing: Passing;
  /** Takes the bar away. */
  done(): void;
}

/** A bar on a terminal for as long as a run takes. Absent where nobody would see it. */
export function progressOn({ live }: Terminal, now: () => number = () => performance.now()): Progress | undefined {
  if (live === undefined) return undefined;
  const start = now();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    passing: (share) => {
      const at = now();
      if (at - start < patience || at - drawn < between) return;
      drawn = at;
      live(`Simulating [${"#".repeat(Math.round(share * cells)).padEnd(cells, ".")}] ${Math.floor(share * 100)} %`);
    },
    done: () => {
      if (Number.isFinite(drawn)) live("");
    },
  };
}
