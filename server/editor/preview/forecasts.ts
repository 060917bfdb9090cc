import type { CancellationToken, WorkspaceEdit } from "vscode-languageserver/node";
import { readQuestion } from "../../forecast/read-question.ts";
import type { Found } from "../../scenario/found.ts";
import type { WorkspaceFiles } from "../disk.ts";
import type { Session } from "../session.ts";
import { normalUri, uriBelow } from "../uris.ts";
import { field } from "../wire.ts";
import { workspaceEdit } from "../workspace-edit.ts";
import { Others } from "./against.ts";
import { filesAround } from "./around.ts";
import { answered, type Inquiry, newDesk } from "./inquiry.ts";
import type { Forecast } from "./messages.ts";
import { Shown } from "./shown.ts";
import { inThread } from "./thread.ts";
import { trafficText } from "./traffic-text.ts";
import { readRange, writeNumber } from "./write-value.ts";

export interface Surroundings {
  readonly session: Session;
  readonly disk: WorkspaceFiles;
  /** The bundle that runs here, of which threads are made. */
  readonly script: string;
  /** The forecast of a file that somebody looks at is no longer what it was. */
  readonly stale: (uri: string) => void;
}

/** A fluid of a longer time keeps the editor waiting; it goes to a thread as well. */
const longestHere = 86_400;

/** Answers what a stack would do, from the texts as they are in the editor. */
export class Forecasts {
  private readonly surroundings: Surroundings;
  private readonly others: Others;
  private readonly shown: Shown;
  private readonly desk = newDesk();

  constructor(surroundings: Surroundings) {
    const { session, disk, stale } = surroundings;
    this.surroundings = surroundings;
    this.others = new Others(disk);
    this.shown = new Shown(session, (uri) => stale(session.buffers.spelling(uri)));
  }

  async answer(params: unknown, token: CancellationToken): Promise<Forecast> {
    const inquiry = await this.inquiry(params);
    if ("mistake" in inquiry) return { targets: [], mistake: inquiry.mistake };
    const { exact, duration } = inquiry.question;
    if (exact || duration > longestHere) return inThread(this.surroundings.script, inquiry, token);
    return answered(inquiry, this.desk);
  }

  /** The edit that writes a number where another one stands; null where it cannot be written. */
  async write(params: unknown, versioned: boolean): Promise<WorkspaceEdit | null> {
    const { session } = this.surroundings;
    const [uri, range, value] = [field(params, "uri"), readRange(field(params, "range")), field(params, "value")];
    if (typeof uri !== "string" || range === undefined || typeof value !== "number") return null;
    const file = await session.textOf(normalUri(uri));
    const edit = file && writeNumber(file, range, value);
    return edit === undefined ? null : workspaceEdit([{ ...edit, uri: normalUri(uri) }], session.buffers, versioned);
  }

  /** Somebody types in an open file. */
  typed(uri: string): void {
    this.shown.typed(uri);
  }

  /** Files are other ones than before. */
  changed(uris: readonly string[]): void {
    this.shown.changed(uris);
  }

  /** Files were written on disk. */
  written(uris: readonly string[]): void {
    this.shown.written(uris);
  }

  private async inquiry(params: unknown): Promise<Found<Inquiry>> {
    const { session, disk } = this.surroundings;
    const question = readQuestion(field(params, "question"));
    if ("mistake" in question) return question;
    const asked = field(params, "uri");
    if (typeof asked !== "string") return { mistake: "No file is asked about." };
    const uri = normalUri(asked);
    await session.homeOf(uri)?.complete.reached;
    const since = this.shown.begin(uri);
    // A forecast needs texts and no findings.
    await session.textOf(uri);
    const folder = session.homeOf(uri)?.folder;
    const path = folder?.pathOf(uri);
    if (folder === undefined || path === undefined) return { mistake: "The file is not known here." };
    const ground = { workspace: folder.workspace, base: folder.uriOf("") };
    const uriOf = (one: string) => uriBelow(ground.base, one);
    const texts = new Map([[uri, folder.textFile(uri)?.text]]);
    const files = filesAround(ground, path, disk);
    if ("mistake" in files) {
      this.shown.show(uri, { texts, saved: false }, since);
      return files;
    }
    for (const [one, text] of files.texts) texts.set(uriOf(one), text);
    const traffic = trafficText(question.traffic.name, files, session.buffers, disk);
    if (traffic.uri !== undefined) texts.set(traffic.uri, session.textNow(traffic.uri));
    const asksAgainst = field(params, "against");
    const against = await this.others.find(asksAgainst, files, ground);
    const compared = against === undefined || "mistake" in against.files ? [] : against.files.texts;
    // As they are in the folder: what is saved, or in a commit, is no text that somebody types.
    for (const [one] of compared) if (!texts.has(uriOf(one))) texts.set(uriOf(one), session.textNow(uriOf(one)));
    this.shown.show(uri, { texts, saved: field(asksAgainst, "kind") === "saved" }, since);
    if ("mistake" in traffic) return { mistake: traffic.mistake };
    return { question, files, trafficText: traffic.text, ...(against === undefined ? {} : { against }) };
  }
}
