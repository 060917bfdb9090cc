import type { Folder } from "./folder.ts";
import { directoryUri, parentUri } from "./uris.ts";

/**
 * Which folder a document belongs to. Of workspace folders inside each other the outermost has them all: each file is
 * then judged once, together with everything that it names.
 */
export class Folders<Of extends { readonly folder: Folder }> {
  private readonly make: (uri: string, roots: readonly string[]) => Of;
  private readonly ofWorkspace = new Map<string, { readonly of: Of; readonly roots: string }>();
  /** Of documents outside the workspace: one for each directory. */
  private readonly ofLoose = new Map<string, Of>();

  constructor(make: (uri: string, roots: readonly string[]) => Of) {
    this.make = make;
  }

  all(): Of[] {
    return [...[...this.ofWorkspace.values()].map(({ of }) => of), ...this.ofLoose.values()];
  }

  /** Takes the workspace's folders. Returns those that came and those that went; the others stay as they are. */
  set(uris: readonly string[]): { added: Of[]; removed: Of[] } {
    const groups = outermost(uris.map(directoryUri));
    const removed: Of[] = [];
    for (const [uri, { of, roots }] of this.ofWorkspace) {
      if (groups.get(uri)?.join("\n") === roots) continue;
      removed.push(of);
      this.ofWorkspace.delete(uri);
    }
    const added: Of[] = [];
    for (const [uri, roots] of groups) {
      if (this.ofWorkspace.has(uri)) continue;
      const of = this.make(uri, roots);
      added.push(of);
      this.ofWorkspace.set(uri, { of, roots: roots.join("\n") });
    }
    return { added, removed };
  }

  /** The folder in which a document's findings are told. */
  homeOf(uri: string): Of | undefined {
    for (const { of } of this.ofWorkspace.values()) if (uri.startsWith(of.folder.uri)) return of;
    return this.ofLoose.get(parentUri(uri));
  }

  /** Every folder that a document has a say in: also those that a configuration above them is the nearest for. */
  holding(uri: string): Of[] {
    const home = this.homeOf(uri);
    return this.all().filter((one) => one === home || one.folder.textFile(uri) !== undefined);
  }

  /** Makes a home for a document outside the workspace. Returns it if it is new. */
  shelter(uri: string): Of | undefined {
    if (this.homeOf(uri) !== undefined) return undefined;
    const directory = parentUri(uri);
    const of = this.make(directory, []);
    this.ofLoose.set(directory, of);
    return of;
  }

  /** Gives up the homes outside the workspace that no open document needs. */
  leave(open: readonly string[]): Of[] {
    const needed = new Set(open.map((uri) => this.homeOf(uri)));
    const left = [...this.ofLoose].filter(([, of]) => !needed.has(of));
    for (const [directory] of left) this.ofLoose.delete(directory);
    return left.map(([, of]) => of);
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
