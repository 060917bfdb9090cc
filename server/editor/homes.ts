import type { Home } from "./home.ts";
import { directoryUri, parentUri } from "./uris.ts";

interface OfWorkspace {
  readonly home: Home;
  readonly roots: readonly string[];
}

/**
 * Which home a document has. Of workspace folders inside each other the outermost has them all: each file is then
 * judged once, together with everything that it names.
 */
export class Homes {
  private readonly make: (uri: string, roots: readonly string[]) => Home;
  private readonly ofWorkspace = new Map<string, OfWorkspace>();
  /** Of documents outside the workspace: one for each directory. */
  private readonly ofLoose = new Map<string, Home>();

  constructor(make: (uri: string, roots: readonly string[]) => Home) {
    this.make = make;
  }

  all(): Home[] {
    return [...[...this.ofWorkspace.values()].map(({ home }) => home), ...this.ofLoose.values()];
  }

  /** Takes the workspace's folders. Returns the homes that came and those that went; the others stay as they are. */
  set(uris: readonly string[]): { added: Home[]; removed: Home[] } {
    const groups = outermost(uris.map(directoryUri));
    const gone = [...this.ofWorkspace].filter(([uri, { roots }]) => !sameTexts(groups.get(uri), roots));
    for (const [uri] of gone) this.ofWorkspace.delete(uri);
    const added = [...groups].filter(([uri]) => !this.ofWorkspace.has(uri));
    for (const [uri, roots] of added) this.ofWorkspace.set(uri, { home: this.make(uri, roots), roots });
    return {
      added: added.flatMap(([uri]) => this.ofWorkspace.get(uri)?.home ?? []),
      removed: gone.map(([, { home }]) => home),
    };
  }

  /** The home in which the findings of a document are told. */
  homeOf(uri: string): Home | undefined {
    for (const [folder, { home }] of this.ofWorkspace) if (uri.startsWith(folder)) return home;
    return this.ofLoose.get(parentUri(uri));
  }

  /** Every home that a document has a say in: also those that are below a configuration. */
  holding(uri: string): Home[] {
    const own = this.homeOf(uri);
    return this.all().filter((home) => home === own || home.folder.textFile(uri) !== undefined);
  }

  /** Makes a home for a document that has none. */
  shelter(uri: string): Home | undefined {
    if (this.homeOf(uri) !== undefined) return undefined;
    const directory = parentUri(uri);
    const home = this.make(directory, []);
    this.ofLoose.set(directory, home);
    return home;
  }

  /** Gives up the homes outside the workspace that no open document needs. */
  leave(open: readonly string[]): Home[] {
    const needed = new Set(open.map((uri) => this.homeOf(uri)));
    const left = [...this.ofLoose].filter(([, home]) => !needed.has(home));
    for (const [directory] of left) this.ofLoose.delete(directory);
    return left.map(([, home]) => home);
  }
}

/** The outermost directories, each with all that were named in it, itself first. */
function outermost(directories: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const directory of [...new Set(directories)].sort()) {
    const outer = [...groups.keys()].find((one) => directory.startsWith(one));
    if (outer === undefined) groups.set(directory, [directory]);
    else groups.get(outer)?.push(directory);
  }
  return groups;
}

function sameTexts(a: readonly string[] | undefined, b: readonly string[]): boolean {
  return a !== undefined && a.length === b.length && a.every((text, index) => text === b[index]);
}
