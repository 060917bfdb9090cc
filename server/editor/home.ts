import { inSlices } from "../disk/steps.ts";
import { rules } from "../rules/registry.ts";
import type { Buffers } from "./buffers.ts";
import { Debounce } from "./debounce.ts";
import type { WorkspaceFiles } from "./disk.ts";
import { Folder, type Leaving } from "./folder.ts";
import { detailsOf, type Log } from "./log.ts";
import { Reading } from "./reading.ts";

export interface Surroundings {
  readonly buffers: Buffers;
  readonly files: WorkspaceFiles;
  readonly log: Log;
  readonly leaving: Leaving;
  /** Reports of these files may have changed. `edited`: those that the client changed itself. */
  readonly tell: (uris: readonly string[], edited: ReadonlySet<string>) => void;
}

/** Files that are judged in one go: nobody feels how long that takes. */
const together = 25;

/** A folder at work: filled from the disk, edited in the editor, judged when edits pause. */
export class Home {
  readonly folder: Folder;
  readonly reading: Reading;
  /** Open documents can be judged from here on. */
  readonly begun = new Milestone();
  /** Everything is read. */
  readonly complete = new Milestone();
  /** Everything is judged. */
  readonly filled = new Milestone();
  private readonly surroundings: Surroundings;
  private readonly debounce = new Debounce(() => this.judge());
  private edited = new Set<string>();
  private readonly unread = new Set<string>();
  private closed = false;
  private inTurn = false;

  constructor(uri: string, roots: readonly string[], surroundings: Surroundings) {
    const { buffers, files, log, leaving } = surroundings;
    this.surroundings = surroundings;
    this.folder = new Folder(uri, rules, log, leaving);
    this.reading = new Reading(this.folder, roots, { files, log, bufferText: (of) => buffers.get(of)?.getText() });
  }

  /** Reads the folder. Requests are answered meanwhile. */
  async fill(): Promise<void> {
    const start = performance.now();
    try {
      this.reading.begin();
      this.begun.reach();
      this.schedule();
      await inSlices(this.reading.readAll());
    } catch (error) {
      this.surroundings.log.error(`Headroom failed to read ${this.folder.uri}: ${detailsOf(error)}`);
    }
    if (this.closed) return;
    this.folder.complete();
    this.complete.reach();
    await this.judgeInTurn();
    if (this.closed) return;
    this.judge();
    this.filled.reach();
    const { log } = this.surroundings;
    log.info(`Read ${this.folder.uris().length} files of ${this.folder.uri} in ${msSince(start)} ms.`);
  }

  edit(uri: string): void {
    this.edited.add(uri);
    this.unread.add(uri);
    this.schedule();
  }

  schedule(): void {
    if (this.folder.begun && !this.closed) this.debounce.schedule();
  }

  /** Somebody asks while typing: judging waits for another pause. */
  postpone(): void {
    if (this.debounce.waits) this.schedule();
  }

  /** Takes what was edited, without judging it yet. */
  read(): void {
    if (!this.folder.begun) return;
    for (const uri of this.unread) {
      const text = this.surroundings.buffers.get(uri)?.getText();
      if (text !== undefined) this.folder.take(uri, text, true);
    }
    this.unread.clear();
  }

  /** Judges now what waits for a pause. */
  flush(): void {
    this.debounce.flush();
  }

  close(): void {
    this.closed = true;
    this.debounce.cancel();
    this.reading.stop();
    this.begun.reach();
    this.complete.reach();
    this.filled.reach();
  }

  private judge(): void {
    this.read();
    const { edited } = this;
    this.edited = new Set();
    this.surroundings.tell(this.inTurn ? this.openFirst() : this.folder.run(), edited);
  }

  /** Of a large folder the open files are judged at once, and the others with room between them for whoever asks. */
  private async judgeInTurn(): Promise<void> {
    const uris = this.folder.uris();
    if (uris.length <= together) return;
    this.inTurn = true;
    this.judge();
    for (let at = 0; at < uris.length && !this.closed; at += together) {
      await new Promise((resolve) => setImmediate(resolve));
      this.folder.runFirst(uris.slice(at, at + together));
    }
    this.inTurn = false;
  }

  private openFirst(): string[] {
    const open = this.folder.uris().filter((uri) => this.surroundings.buffers.get(uri) !== undefined);
    this.folder.runFirst(open);
    return open;
  }
}

/** Something that is awaited until it is reached, once. */
class Milestone {
  readonly reached: Promise<void>;
  reach: () => void = () => {};

  constructor() {
    this.reached = new Promise((resolve) => {
      this.reach = resolve;
    });
  }
}

function msSince(start: number): number {
  return Math.round(performance.now() - start);
}
