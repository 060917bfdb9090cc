import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Files } from "../../support/lint.ts";

/** A directory on disk for one test. */
export class DiskFolder {
  readonly directory = mkdtempSync(join(tmpdir(), "headroom-"));

  constructor(files: Files = {}) {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  path(path = ""): string {
    return join(this.directory, path);
  }

  uri(path = ""): string {
    return pathToFileURL(this.path(path)).href;
  }

  write(path: string, text: string | Uint8Array): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  rename(from: string, to: string): void {
    renameSync(this.path(from), this.path(to));
  }

  delete(path = ""): void {
    rmSync(this.path(path), { recursive: true, force: true });
  }
}
