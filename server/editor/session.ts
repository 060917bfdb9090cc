import { FileChangeType, type FileEvent } from "vscode-languageserver/node";
import { isManifestName } from "../disk/manifest-name.ts";
import { inSlices, type Steps } from "../disk/steps.ts";
import type { TextFile } from "../text/file.ts";
import type { Position } from "../text/lines.ts";
import { Buffers } from "./buffers.ts";
import { nothing, type Report } from "./diagnostics.ts";
import type { WorkspaceFiles } from "./disk.ts";
import { draftAt } from "./draft.ts";
import type { Folder } from "./folder.ts";
import { Handover, type OpenFile } from "./handover/handover.ts";
import { Home } from "./home.ts";
import { Homes } from "./homes.ts";
import { detailsOf, type Log } from "./log.ts";
import type { YamlExtension } from "./messages.ts";
import { nameOf, normalUri } from "./uris.ts";
import { field } from "./wire.ts";

/** Where reports go. */
export interface Outlet {
  tell(uris: readonly string[], edited: ReadonlySet<string>): void;
}

const none: ReadonlySet<string> = new Set();

/** What the server knows: the open documents, the folders they belong to, and what is to be said of each file. */
export class Session {
  readonly buffers = new Buffers();
  readonly handover = new Handover();
  outlet: Outlet | undefined;
  /** Hears which files are other ones than before, or may be judged otherwise. */
  noticed: ((uris: readonly string[]) => void) | undefined;
  /** Hears of each change of an open file at once, before it is read. */
  typed: ((uri: string) => void) | undefined;
  /** Told whenever files were judged anew. */
  judged: (() => void) | undefined;
  private readonly log: Log;
  private readonly homes: Homes;
  private started = false;
  /** Open files of which the whole text is another one, and nobody asked yet. */
  private readonly renewed = new Set<string>();

  constructor(files: WorkspaceFiles, log: Log) {
    const { buffers } = this;
    this.log = log;
    const tell: Outlet["tell"] = (uris, edited) => {
      this.outlet?.tell(uris, edited);
      this.offer(uris);
      this.noticed?.(uris);
      this.judged?.();
    };
    const surroundings = { buffers, files, log, tell, leaving: this.handover.leftIn.bind(this.handover) };
    this.homes = new Homes((uri, roots) => new Home(uri, roots, surroundings));
  }

  /** Takes the workspace folders; they are read as soon as the session has started. */
  setFolders(uris: readonly string[]): void {
    const { added, removed } = this.homes.set(uris);
    const open = this.buffers.uris();
    const gone = [...removed, ...this.homes.leave(open)];
    for (const home of gone) home.close();
    for (const uri of open) this.house(uri);
    if (this.started) for (const home of added) this.letRun(home.fill());
    this.outlet?.tell(
      gone.flatMap((home) => home.folder.uris()),
      none,
    );
  }

  start(): void {
    if (this.started) return;
    this.started = true;
    for (const home of this.homes.all()) this.letRun(home.fill());
  }

  stop(): void {
    for (const home of this.homes.all()) home.close();
    this.outlet = undefined;
    this.noticed = undefined;
    this.typed = undefined;
    this.judged = undefined;
  }

  open(params: unknown): void {
    const uri = this.buffers.open(params);
    if (uri === undefined) this.log.warning("A document was opened in a way that cannot be understood.");
    else {
      this.renewed.add(uri);
      this.house(uri);
    }
  }

  change(params: unknown): void {
    const uri = this.buffers.change(params);
    if (uri === undefined) this.log.warning("A change was left out: its document is not open, or it is malformed.");
    else {
      if (!isStretch(params)) this.renewed.add(uri);
      for (const home of this.homes.holding(uri)) home.edit(uri);
      this.typed?.(uri);
    }
  }

  /** The text on disk counts again. */
  close(params: unknown): void {
    const uri = this.buffers.close(params);
    if (uri === undefined) return;
    this.renewed.delete(uri);
    if (this.handover.close(uri)) this.retell([uri]);
    const holding = this.homes.holding(uri);
    for (const home of this.homes.leave(this.buffers.uris())) home.close();
    if (this.homes.homeOf(uri) === undefined) this.outlet?.tell([uri], none);
    for (const home of holding) this.letRun(inSlices(this.follow(home, none, [uri], false)));
  }

  /** Files changed on disk, by whomever. */
  watched(events: readonly FileEvent[]): void {
    const isDeleted = ({ type }: FileEvent) => type === FileChangeType.Deleted;
    const gone = new Set(events.filter(isDeleted).map(({ uri }) => normalUri(uri)));
    const there = new Set(events.filter((event) => !isDeleted(event)).map(({ uri }) => normalUri(uri)));
    const present = [...there].filter((uri) => isManifestName(nameOf(uri)));
    const rules = events.some(({ uri }) => nameOf(normalUri(uri)) === ".gitignore");
    for (const home of this.homes.all()) {
      this.letRun(inSlices(this.follow(home, gone, present, rules)));
    }
  }

  /** Another YAML service in the editor came, went, or does other things than before. */
  handOver(extension: YamlExtension): void {
    if (!this.handover.take(extension)) return;
    this.retell(this.buffers.uris());
    this.offer(this.buffers.uris());
  }

  /** It judges an open file by our schemas: what it finds need not be said twice. */
  checkedElsewhere(uri: string): void {
    if (this.buffers.get(uri) !== undefined && this.handover.noteChecked(uri)) this.retell([uri]);
  }

  /** A file whose documents another service may be asked about, once it is known what it belongs to. */
  openFile(uri: string): OpenFile | undefined {
    const folder = this.homes.homeOf(uri)?.folder;
    const file = folder?.textFile(uri);
    if (folder === undefined || file === undefined || !folder.completed) return undefined;
    return this.buffers.get(uri) === undefined ? undefined : { uri, file, workspace: folder.workspace };
  }

  /** The report of a file, after what was edited last. `whole`: not before all files are read. */
  async reportOf(uri: string, whole: boolean): Promise<Report> {
    await this.catchUp(uri, whole);
    return this.lastReportOf(uri) ?? nothing;
  }

  /** The text of a file as it is now, in documents. */
  async fileOf(uri: string): Promise<TextFile | undefined> {
    await this.catchUp(uri, false);
    return this.homes.homeOf(uri)?.folder.textFile(uri);
  }

  /** The same without waiting for its findings. */
  async textOf(uri: string): Promise<TextFile | undefined> {
    const home = this.homes.homeOf(uri);
    await home?.begun.reached;
    home?.read();
    return home?.folder.textFile(uri);
  }

  /** An open file around a position that somebody types at; read as a whole only where more than that is new. */
  async draftOf(uri: string, position: Position): Promise<TextFile | undefined> {
    const home = this.homes.homeOf(uri);
    await home?.begun.reached;
    home?.postpone();
    const text = this.buffers.get(uri)?.getText();
    const path = home?.folder.pathOf(uri);
    const draft = text === undefined || path === undefined ? undefined : draftAt(path, text, position);
    if (draft === undefined) return this.textOf(uri);
    const known = home?.folder.textFile(uri);
    if (this.renewed.delete(uri) || known === undefined || !draft.isLike(known)) home?.read();
    return draft.file;
  }

  /** The newest text of a file that is known: as it is in the editor, else as it was read. */
  textNow(uri: string): string | undefined {
    return this.buffers.get(uri)?.getText() ?? this.homes.homeOf(uri)?.folder.textFile(uri)?.text;
  }

  lastReportOf(uri: string): Report | undefined {
    return this.homes.homeOf(uri)?.folder.reportOf(uri);
  }

  /** Every file that has a home. */
  uris(): string[] {
    return this.homes.all().flatMap((home) => home.folder.uris().filter((uri) => this.homes.homeOf(uri) === home));
  }

  folders(): Folder[] {
    return this.homes.all().map(({ folder }) => folder);
  }

  openFirst(uris: readonly string[]): string[] {
    const isOpen = (uri: string) => this.buffers.get(uri) !== undefined;
    return [...uris.filter(isOpen), ...uris.filter((uri) => !isOpen(uri))];
  }

  /** Whether all was read that the findings of a file may depend on. */
  isComplete(uri: string): boolean {
    return this.homes.homeOf(uri)?.folder.completed ?? true;
  }

  homeOf(uri: string): Home | undefined {
    return this.homes.homeOf(uri);
  }

  flush(): void {
    for (const home of this.homes.all()) home.flush();
  }

  private retell(uris: readonly string[]): void {
    this.flush();
    for (const uri of uris) this.homes.homeOf(uri)?.folder.retell([uri]);
    this.outlet?.tell(uris, none);
  }

  private offer(uris: readonly string[]): void {
    for (const uri of uris) {
      const open = this.openFile(uri);
      if (open !== undefined) this.handover.offer(open);
    }
  }

  private async catchUp(uri: string, whole: boolean): Promise<void> {
    const home = this.homes.homeOf(uri);
    await (whole ? home?.filled : home?.begun)?.reached;
    home?.flush();
  }

  private house(uri: string): void {
    const shelter = this.homes.shelter(uri);
    for (const home of this.homes.holding(uri)) home.edit(uri);
    if (shelter !== undefined && this.started) this.letRun(shelter.fill());
  }

  private *follow(home: Home, gone: ReadonlySet<string>, present: readonly string[], rules: boolean): Steps<void> {
    if (gone.size > 0) home.reading.gone(gone);
    if (rules) yield* home.reading.readAgain();
    for (const uri of present) {
      if (this.homes.holding(uri).includes(home)) home.reading.follow(uri);
      yield;
    }
    home.schedule();
  }

  /** Lets something run on its own. What fails in it must not stop the server. */
  private letRun(task: Promise<void>): void {
    task.catch((error: unknown) => this.log.error(`Headroom failed: ${detailsOf(error)}`));
  }
}

/** Whether only stretches of a text changed. */
function isStretch(params: unknown): boolean {
  const changes = field(params, "contentChanges");
  return Array.isArray(changes) && changes.every((change) => field(change, "range") !== undefined);
}
