import { dirname, resolve } from "node:path";
import { configFileName } from "../config/settings.ts";
import { filesInFlight, inFlight } from "../disk/in-flight.ts";
import type { WorkspaceFiles } from "./disk.ts";
import type { Folder } from "./folder.ts";
import type { Log } from "./log.ts";
import { directoryUri, diskPath, diskUri, nameOf } from "./uris.ts";

export interface Sources {
  readonly files: WorkspaceFiles;
  /** The text of a document that is open; it outranks the disk. */
  readonly bufferText: (uri: string) => string | undefined;
  readonly log: Log;
}

/** Fills one folder from the disk and keeps it so. */
export class Reading {
  private readonly folder: Folder;
  private readonly directory: string | undefined;
  private readonly directories: readonly string[];
  private readonly sources: Sources;
  /** Of two reads of one file the one that began last counts, whichever ends last. */
  private readonly newest = new Map<string, symbol>();
  private stopped = false;

  /** `roots`: what to read all manifests of, as URIs; none for a folder of which only open documents count. */
  constructor(folder: Folder, roots: readonly string[], sources: Sources) {
    this.folder = folder;
    this.sources = sources;
    this.directory = directoryOf(folder.uri);
    this.directories = roots.flatMap((root) => directoryOf(root) ?? []);
  }

  stop(): void {
    this.stopped = true;
  }

  /** Finds the folder's base. From here on open documents can be judged. */
  async begin(): Promise<void> {
    const { files } = this.sources;
    const config = this.directory === undefined ? undefined : await files.nearestConfig(this.directory);
    const base = config === undefined ? this.folder.uri : directoryUri(diskUri(dirname(config)));
    this.folder.begin(base, this.directories.length === 0);
    if (config !== undefined) await this.read(diskUri(config));
  }

  /** Reads everything, configurations first: what they say counts for all that follows. */
  async readAll(): Promise<void> {
    const found = await this.list();
    const configs = found.filter(isConfig);
    await inFlight(configs, filesInFlight, (uri) => this.read(uri));
    await inFlight(
      found.filter((uri) => !isConfig(uri)),
      filesInFlight,
      (uri) => this.read(uri),
    );
  }

  /** After a change of what git ignores: some files are to be forgotten, others to be read. */
  async readAgain(): Promise<void> {
    const found = new Set(await this.list());
    const known = new Set(this.folder.uris().filter((uri) => this.isBelow(uri)));
    for (const uri of known) if (!found.has(uri)) this.forget(uri);
    const unknown = [...found].filter((uri) => !known.has(uri));
    await inFlight(unknown, filesInFlight, (uri) => this.read(uri));
  }

  /** Takes a file's text from the disk if it counts there. */
  async follow(uri: string): Promise<void> {
    if (await this.counts(uri)) await this.read(uri);
    else this.forget(uri);
  }

  /** A file or a directory is gone. */
  gone(uris: ReadonlySet<string>): void {
    for (const uri of this.folder.uris()) if (isAtOrBelow(uri, uris)) this.forget(uri);
  }

  private async list(): Promise<string[]> {
    const { files, log } = this.sources;
    const found = new Set<string>();
    for (const directory of this.directories) {
      const trouble = (path: string, reason: string) => log.warning(`Not read: ${path}: ${reason}`);
      for (const path of await files.find(directory, trouble)) found.add(diskUri(path));
    }
    return [...found];
  }

  private async counts(uri: string): Promise<boolean> {
    const path = diskPath(uri);
    if (path === undefined) return false;
    if (isConfig(uri) && this.folder.textFile(uri) !== undefined) return true;
    for (const directory of this.directories) {
      if (uri.startsWith(directoryUri(diskUri(directory))) && (await this.sources.files.finds(directory, path)))
        return true;
    }
    return false;
  }

  private async read(uri: string): Promise<void> {
    const path = diskPath(uri);
    if (path === undefined || this.stopped) return;
    const turn = Symbol(uri);
    this.newest.set(uri, turn);
    const found = await this.sources.files.read(path);
    if (this.newest.get(uri) !== turn) return;
    this.newest.delete(uri);
    if (this.stopped) return;
    const open = this.sources.bufferText(uri);
    if (open !== undefined) this.folder.take(uri, open, true);
    else if (found === undefined) this.folder.take(uri, undefined, true);
    else if ("text" in found) this.folder.take(uri, found.text, isConfig(uri));
    else {
      this.sources.log.warning(`Not read: ${path}: ${found.reason}`);
      this.folder.take(uri, undefined, true);
      this.folder.doubt(uri);
    }
  }

  private forget(uri: string): void {
    this.newest.delete(uri);
    if (this.sources.bufferText(uri) === undefined) this.folder.take(uri, undefined, true);
  }

  private isBelow(uri: string): boolean {
    return this.directories.some((directory) => uri.startsWith(directoryUri(diskUri(directory))));
  }
}

function directoryOf(uri: string): string | undefined {
  const path = diskPath(uri);
  return path === undefined ? undefined : resolve(path);
}

function isConfig(uri: string): boolean {
  return nameOf(uri) === configFileName;
}

function isAtOrBelow(uri: string, gone: ReadonlySet<string>): boolean {
  for (let at = uri; at.includes("/"); at = at.slice(0, at.lastIndexOf("/"))) if (gone.has(at)) return true;
  return false;
}
