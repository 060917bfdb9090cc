import { dirname, join } from "node:path";
import { nameFrom, wayDown, withSlashes } from "../../disk/path-name.ts";
import type { Finding } from "../../findings/finding.ts";

/**
 * The directory that the paths of the pipeline are relative to. It is the root of the repository, unless a file or a
 * configuration stands outside of it: then the nearest directory above all of them, so that a configuration is above
 * the files that it speaks of.
 */
export class Base {
  private readonly cwd: string;
  private readonly root: string;
  private readonly directory: string;

  constructor(cwd: string, root: string, files: readonly string[]) {
    this.cwd = cwd;
    this.root = root;
    this.directory = files.reduce(above, root);
  }

  pathOf(absolute: string): string {
    return wayDown(this.directory, absolute) ?? withSlashes(absolute);
  }

  /** What people see: relative to where they are, else absolute. */
  nameOf(path: string): string {
    return nameFrom(this.cwd, join(this.directory, path));
  }

  /** The same from every directory of a repository, whatever else is checked; absolute when outside of it. */
  fromRoot(absolute: string): string {
    return nameFrom(this.root, absolute);
  }

  /** A finding with the names that people know its files by. */
  named(finding: Finding): Finding {
    const name = <Place extends { readonly file: string }>(place: Place): Place => {
      return { ...place, file: this.nameOf(place.file) };
    };
    return {
      ...name(finding),
      related: finding.related.map(name),
      fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(name) })),
    };
  }
}

/** The directory itself or the nearest one above it that has the file below. On another drive of Windows there is none. */
function above(directory: string, file: string): string {
  for (let at = directory; ; at = dirname(at)) {
    if (wayDown(at, file) !== undefined) return at;
    if (at === dirname(at)) return directory;
  }
}
