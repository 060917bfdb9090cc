import { dirname, resolve } from "node:path";
import { configFileName } from "../config/settings.ts";
import type { Steps } from "../disk/steps.ts";
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
  begin(): void {
    const { files } = this.sources;
    const config = this.directory === undefined ? undefined : files.nearestConfig(this.directory);
    const base = config === undefined ? this.folder.uri : directoryUri(diskUri(dirname(config)));
    this.folder.begin(base, this.directories.length === 0);
    if (config !== undefined) this.read(diskUri(config));
  }

  /** Reads everything, configurations first: what they say counts for all that follows. */
  *readAll(): Steps<void> {
    const found = yield* this.list();
    yield* this.readEach(found.filter(isConfig));
    yield* this.readEach(found.filter((uri) => !isConfig(uri)));
  }

  /** After a change of what git ignores: some files are to be forgotten, others to be read. */
  *readAgain(): Steps<void> {
    const found = new Set(yield* this.list());
    const known = new Set(this.folder.uris().filter((uri) => this.isBelow(uri)));
    for (const uri of known) if (!found.has(uri)) this.forget(uri);
    yield* this.readEach([...found].filter((uri) => !known.has(uri)));
  }

  /** Takes a file's text from the disk if it counts there. */
  follow(uri: string): void {
    if (this.counts(uri)) this.read(uri);
    else this.forget(uri);
  }

  /** A file or a directory is gone. */
  gone(uris: ReadonlySet<string>): void {
    for (const uri of this.folder.uris()) if (isAtOrBelow(uri, uris)) this.forget(uri);
  }

  private *list(): Steps<string[]> {
    const { files, log } = this.sources;
    const found = new Set<string>();
    for (const directory of this.directories) {
      const trouble = (path: string, reason: string) => log.warning(`Not read: ${path}: ${reason}`);
      for (const path of yield* files.find(directory, trouble)) found.add(diskUri(path));
    }
    return [...found];
  }

  private counts(uri: string): boolean {
    const path = diskPath(uri);
    if (path === undefined) return false;
    if (isConfig(uri) && this.folder.textFile(uri) !== undefined) return true;
    for (const directory of this.directories) {
      if (uri.startsWith(directoryUri(diskUri(directory))) && this.sources.files.finds(directory, path)) return true;
    }
    return false;
  }

  private *readEach(uris: readonly string[]): Steps<void> {
    for (const uri of uris) {
      this.read(uri);
      yield;
    }
  }

  private read(uri: string): void {
    const path = diskPath(uri);
    if (path === undefined || this.stopped) return;
    const open = this.sources.bufferText(uri);
    const found = open === undefined ? this.sources.files.read(path) : undefined;
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
