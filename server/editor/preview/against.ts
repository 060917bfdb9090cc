import { isManifestName } from "../../disk/manifest-name.ts";
import { inSlices, type Steps } from "../../disk/steps.ts";
import { commitOf, type Revision, revisionAt } from "../../git/revision.ts";
import { dirname } from "../../graph/paths.ts";
import { Workspace } from "../../graph/workspace.ts";
import { kinds } from "../../kinds/registry.ts";
import type { Found } from "../../scenario/found.ts";
import { limits } from "../../text/limits.ts";
import type { WorkspaceFiles } from "../disk.ts";
import { diskPath, normalUri, pathBelow, uriBelow } from "../uris.ts";
import { field } from "../wire.ts";
import { filesAround, type Ground } from "./around.ts";
import type { Files, Inquiry } from "./inquiry.ts";

/** Finds what a stack is compared with. */
export class Others {
  private readonly disk: WorkspaceFiles;
  private last: { readonly directory: string; readonly revision: Revision } | undefined;
  /** What was found in a commit last: while somebody types it stays as it is. */
  private found: { readonly key: string; readonly files: Found<Files> } | undefined;

  constructor(disk: WorkspaceFiles) {
    this.disk = disk;
  }

  /** By an `Against` that came over the wire; absent where nothing is asked for. */
  async find(asked: unknown, files: Files, ground: Ground): Promise<Inquiry["against"]> {
    const [kind, ref, uri] = ["kind", "ref", "uri"].map((name) => field(asked, name));
    if (kind === "saved") return { name: "saved", files: await inSlices(this.saved(files)) };
    if (kind === "git" && typeof ref === "string") return { name: ref, files: await this.committed(ref, files) };
    if (kind === "directory" && typeof uri === "string") return this.inDirectory(normalUri(uri), ground);
    return undefined;
  }

  /** The same files as they are on the disk. */
  private *saved(files: Files): Steps<Found<Files>> {
    const texts = new Map<string, string>();
    for (const path of files.texts.keys()) {
      const place = diskPath(uriBelow(files.base, path));
      const read = place === undefined ? undefined : this.disk.read(place);
      if (read !== undefined && "text" in read) texts.set(path, read.text);
      yield;
    }
    return texts.size === 0 ? { mistake: "None of these files is saved." } : { ...files, texts: inOrder(texts) };
  }

  /** The same files in a commit, and those beside them that are gone since. */
  private async committed(ref: string, files: Files): Promise<Found<Files>> {
    const directory = diskPath(files.base);
    if (directory === undefined) return { mistake: "These files are not on this machine's disk." };
    const revision = await this.revision(directory, ref);
    if ("mistake" in revision) return revision;
    const key = [revision.commit, files.base, files.path, ...files.texts.keys()].join("\n");
    if (this.found?.key !== key) this.found = { key, files: await this.stackIn(revision, ref, files) };
    return this.found.files;
  }

  private async stackIn(revision: Revision, ref: string, files: Files): Promise<Found<Files>> {
    const directories = new Set([...files.texts.keys()].map(dirname));
    const beside = revision.paths.filter((path) => isManifestName(path) && directories.has(dirname(path)));
    const texts = await revision.texts(new Set([...files.texts.keys(), ...beside]), limits.fileLength);
    if ("mistake" in texts) return texts;
    if (texts.size === 0) return { mistake: `None of these files is in ${ref}.` };
    const workspace = new Workspace(kinds);
    for (const [path, text] of inOrder(texts)) workspace.update(path, text);
    const path = texts.has(files.path) ? files.path : [...files.texts.keys()].find((one) => texts.has(one));
    return filesAround({ workspace, base: files.base }, path ?? files.path, this.disk);
  }

  private async revision(directory: string, ref: string): Promise<Found<Revision>> {
    const commit = await commitOf(directory, ref);
    if (typeof commit === "object") return commit;
    if (this.last?.directory === directory && this.last.revision.commit === commit) return this.last.revision;
    const revision = await revisionAt(directory, commit);
    if (!("mistake" in revision)) this.last = { directory, revision };
    return revision;
  }

  /** The stack of another directory of the folder: of its kustomization, else of its first file. */
  private async inDirectory(uri: string, ground: Ground): Promise<Inquiry["against"]> {
    const directory = pathBelow(ground.base, uri.replace(/\/$/, ""));
    const name = directory ?? uri;
    if (directory === undefined) return { name, files: { mistake: "The directory is not in this folder." } };
    const below = [...ground.workspace.files.keys()].filter((path) => path.startsWith(`${directory}/`)).sort();
    const kustomization = ground.workspace
      .lookup("kind/kustomization")
      .find(({ path }) => dirname(path) === directory)?.path;
    const path = kustomization ?? below[0];
    if (path === undefined) return { name, files: { mistake: `No YAML file is in ${directory}.` } };
    return { name, files: filesAround(ground, path, this.disk) };
  }
}

/** Files are read in the order of their paths, whichever came first. */
function inOrder(texts: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
