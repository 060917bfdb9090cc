import { compareVersions, parseVersion, type Version } from "./version.ts";

/**
 * The states of vLLM in which its command line was read, oldest first. A flag that a list has was there in that state; one
 * that a complete list lacks was not there at `below` when it came later, and is not there from `above` on when it came
 * before. Between the two nothing is known, and nothing is said.
 */
const states: readonly { readonly letter: string; readonly below: Version; readonly above: Version }[] = [
  state("z", "0.5.3", "0.6.3"), // docs.vllm.ai, "Engine Arguments" of 0.5.3 and 0.6.3
  state("a", "0.7.0", "0.7.3"), // arg_utils.py, January 2025
  state("b", "0.8.4", "0.9.0"), // arg_utils.py, April 2025
  state("c", "0.8.5", "0.9.1"), // arg_utils.py, May 2025; the server's flags from Red Hat's list for 0.9
  state("d", "0.10.0", "0.10.1"), // arg_utils.py, August 2025
  state("e", "0.11.0", "0.12.0"), // arg_utils.py and cli_args.py, November 2025
  state("f", "0.15.0", "0.17.0"), // arg_utils.py, February 2026
  state("g", "0.17.0", "0.19.0"), // arg_utils.py, March 2026
  state("h", "0.20.0", "0.22.0"), // docs.vllm.ai, API reference of 7 May 2026
  state("i", "0.28.0", "0.28.0"), // the parser of vllm/vllm-openai:v0.28.0, dumped by runpod-workers/worker-vllm
  state("j", "0.29.0", "0.29.0"), // the same of v0.29.0
  state("k", "0.29.0", "0.31.0"), // arg_utils.py and release notes, autumn 2026; not a complete list
];

/** States in which the list of a part of the command line is complete. */
const complete = { engine: "abcdefghij", server: "ceij" } as const;
export type Part = keyof typeof complete;

/** The newest version whose flags are known completely. */
export const newestKnown: Version = [0, 29, 0];

/** In which states something was seen, and the versions that a release tells exactly. */
export interface Life {
  readonly part: Part;
  readonly first: number;
  /** Absent while it is still there. */
  readonly last: number | undefined;
  readonly since: Version | undefined;
  readonly gone: Version | undefined;
}

function state(letter: string, below: string, above: string) {
  return { letter, below: parseVersion(below) ?? [], above: parseVersion(above) ?? [] };
}

/** Reads `a`, `a-f`, `a-f 0.18.0` (gone in that version), `k 0.31.0` (there since that version), `c-e server`. */
export function parseLife(text: string, part: Part): Life {
  const [seen = "", ...rest] = text.split(" ");
  const [first = "", last] = seen.split("-");
  const exact = rest.map(parseVersion).find((version) => version !== undefined);
  return {
    part: rest.includes("server") ? "server" : part,
    first: indexOf(first),
    last: last === undefined ? undefined : indexOf(last),
    since: last === undefined ? exact : undefined,
    gone: last === undefined ? undefined : exact,
  };
}

function indexOf(letter: string): number {
  return states.findIndex((one) => one.letter === letter);
}

/** What is known of something in a version. */
export type Presence = "there" | "not-yet" | "gone" | "unsure";

export function presenceIn(life: Life, version: Version): Presence {
  const from = firstSure(life);
  if (from.lacking !== undefined && compareVersions(version, from.lacking) <= 0) return "not-yet";
  if (life.since !== undefined && compareVersions(version, life.since) < 0) return "not-yet";
  const gone = goneFrom(life);
  if (gone !== undefined && compareVersions(version, gone) >= 0) return "gone";
  const begun = from.lacking === undefined || compareVersions(version, life.since ?? from.there) >= 0;
  const last = life.last === undefined ? undefined : states[life.last]?.below;
  return begun && (last === undefined || compareVersions(version, last) <= 0) ? "there" : "unsure";
}

/** The first version that is known to be without it. */
export function goneFrom({ part, last, gone }: Life): Version | undefined {
  if (last === undefined) return undefined;
  return gone ?? states.slice(last + 1).find(({ letter }) => complete[part].includes(letter))?.above;
}

/** The first version that is known to have it; absent when none is known to be without. */
export function knownFrom(life: Life): Version | undefined {
  const { there, lacking } = firstSure(life);
  return lacking === undefined ? undefined : (life.since ?? there);
}

function firstSure({ part, first }: Life): { there: Version; lacking: Version | undefined } {
  const lacking = states.slice(0, first).findLast(({ letter }) => complete[part].includes(letter));
  return { there: states[first]?.above ?? newestKnown, lacking: lacking?.below };
}
