import { isManifestName } from "../../disk/manifest-name.ts";
import { withSlashes } from "../../disk/path-name.ts";
import { isGlob, matchGlob } from "../../text/glob.ts";

/** A pattern of the command line, taken apart at the first directory that is not spelled out. */
export interface FileGlob {
  /** The directory to search, as written; "" is the working directory. */
  readonly base: string;
  readonly depth: number;
  readonly matches: (way: string) => boolean;
}

/** Patterns of the one language that the configuration has as well. Absent for text that is just a name. */
export function fileGlob(argument: string): FileGlob | undefined {
  const pattern = withSlashes(argument);
  if (!isGlob(pattern)) return undefined;
  const special = Math.max(0, pattern.search(/[*?[{\\!]/));
  const base = pattern.slice(0, pattern.lastIndexOf("/", special) + 1);
  const rest = pattern.slice(base.length).replace(/^!/, "\\!");
  return {
    base,
    depth: rest.includes("**") ? Number.POSITIVE_INFINITY : rest.split("/").length - 1,
    matches: (way) => (isManifestName(way) || !endsOpen.test(rest)) && matchGlob(rest, way),
  };
}

/** `deploy/**` says nothing about names; it means what `deploy` means, not the pictures in it as well. */
const endsOpen = /(?:^|\/)\*+$/;
