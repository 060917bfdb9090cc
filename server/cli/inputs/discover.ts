import { resolve } from "node:path";
import { manifestsBelow } from "../../disk/below.ts";
import type { Found } from "../../disk/found.ts";
import { nameFrom } from "../../disk/path-name.ts";
import { atOnce } from "../../disk/steps.ts";
import type { InputProblem } from "./input.ts";
import { type Place, placeOf } from "./place.ts";
import { filesMatching } from "./search.ts";

/** What the command line says about files. */
export interface Request {
  readonly cwd: string;
  /** Files, directories, patterns, and `-` for standard input; none means the working directory. */
  readonly paths: readonly string[];
  /** The file that standard input stands for. */
  readonly stdinPath?: string;
  /** What is looked for in directories; manifests unless it says otherwise. */
  readonly wants?: (name: string) => boolean;
}

/** A file to read. */
export interface Target {
  readonly path: string;
  readonly absolute: string;
  readonly from: "disk" | "stdin";
}

export interface Discovered {
  readonly targets: readonly Target[];
  /** The names of manifests that each directory has that was looked into, wanted or not. */
  readonly listed: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly InputProblem[];
}

interface Candidate extends Target {
  readonly real: string;
}

/** The files that a command line means: in its order, those of one directory or pattern by name, each file once. */
export function discover(request: Request): Discovered {
  const paths = request.paths.length === 0 ? ["."] : request.paths;
  const meanings = paths.map((path) => meaningOf(placeOf(path, request.cwd), request));
  return {
    targets: eachOnce(meanings.flatMap(({ candidates }) => candidates)),
    listed: new Map(meanings.flatMap(({ listed }) => [...listed])),
    problems: eachProblemOnce(meanings.flatMap(({ problems }) => problems)),
  };
}

interface Meaning {
  readonly candidates: readonly Candidate[];
  readonly listed: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly InputProblem[];
}

const none: ReadonlyMap<string, readonly string[]> = new Map();

function meaningOf(place: Place, request: Request): Meaning {
  const { cwd } = request;
  switch (place.is) {
    case "unusable":
      return { candidates: [], listed: none, problems: [{ path: place.argument, reason: place.reason }] };
    case "stdin": {
      const absolute = resolve(cwd, request.stdinPath ?? "<stdin>");
      const candidate = { path: nameFrom(cwd, absolute), absolute, real: absolute, from: "stdin" } as const;
      return { candidates: [candidate], listed: none, problems: [] };
    }
    case "file":
      return named({ files: [place], listed: none, troubles: [] }, cwd);
    case "directory":
      return named(atOnce(manifestsBelow({ absolute: place.absolute, real: place.real, cwd }, request.wants)), cwd);
    case "glob": {
      const meant = named(filesMatching(place.glob, cwd), cwd);
      const isSilent = meant.candidates.length === 0 && meant.problems.length === 0;
      return isSilent ? { ...meant, problems: [noMatch(place.argument)] } : meant;
    }
  }
}

function named({ files, listed, troubles }: Found, cwd: string): Meaning {
  return {
    listed,
    candidates: files.map(({ absolute, real }) => ({ path: nameFrom(cwd, absolute), absolute, real, from: "disk" })),
    problems: troubles.map(({ absolute, reason }) => ({ path: nameFrom(cwd, absolute), reason })),
  };
}

function noMatch(path: string): InputProblem {
  return { path, reason: "No file matches this pattern. Files that git ignores do not count." };
}

/** By the first of its names. What standard input carries is newer than the same file on disk: an editor sends it. */
function eachOnce(candidates: readonly Candidate[]): Target[] {
  const taken = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = taken.get(candidate.real);
    if (known === undefined || (known.from === "disk" && candidate.from === "stdin"))
      taken.set(candidate.real, candidate);
  }
  return [...taken.values()].map(({ path, absolute, from }) => ({ path, absolute, from }));
}

function eachProblemOnce(problems: readonly InputProblem[]): InputProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.path}\0${problem.reason}`, problem])).values()];
}
