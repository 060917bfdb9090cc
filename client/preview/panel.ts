import { randomBytes } from "node:crypto";
import { type Disposable, EventEmitter, Uri, type WebviewPanel, window, workspace } from "vscode";
import {
  type Compared,
  type Forecast,
  type ForecastParams,
  forecast,
  type Topology,
  topology,
} from "../../server/editor/preview/messages.ts";
import type { Place } from "../../server/forecast/picture.ts";
import type { Question } from "../../server/forecast/question.ts";
import type { LanguageServer } from "../language-server.ts";
import { nameOf, spelled } from "../uris.ts";
import { chooseAgainst } from "./against.ts";
import { asked, cancelledBy } from "./asking.ts";
import { Conversation } from "./conversation.ts";
import { pageHtml } from "./html.ts";
import type { FromPage, PageState, ToPage } from "./messages.ts";
import { readPageMessage } from "./page-message.ts";
import { placesAt, placesOf } from "./places.ts";
import { save } from "./save.ts";
import { selectPlace, writeNumber } from "./text.ts";
import { chooseTraffic } from "./traffic.ts";

export const viewType = "headroom.preview";

/** One page about one stack, beside its text. */
export class PreviewPanel implements Disposable {
  readonly panel: WebviewPanel;
  private readonly server: LanguageServer;
  private readonly conversation: Conversation;
  private readonly watching: readonly Disposable[];
  private readonly gone = new EventEmitter<void>();
  private readonly came = new EventEmitter<void>();
  private readonly extension: Uri;
  private topology: Topology | undefined;
  private shownCursor = "[]";
  private isGone = false;

  readonly onGone = this.gone.event;

  constructor(panel: WebviewPanel, server: LanguageServer, extension: Uri, state: PageState) {
    this.panel = panel;
    this.server = server;
    this.extension = extension;
    const tell = (message: ToPage) => this.tell(message);
    const request = { forecast: this.forecast.bind(this), tell, after };
    this.conversation = new Conversation(request, state);
    this.watching = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.hear(message)),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.conversation.leave();
      }),
      panel.onDidDispose(() => this.dispose()),
      window.onDidChangeTextEditorSelection(() => this.tellCursor()),
      server.onStarted(() => this.conversation.outdate()),
      workspace.onDidGrantWorkspaceTrust(() => this.conversation.outdate()),
    ];
    panel.title = this.title;
    panel.iconPath = icons(extension);
    const roots = ["dist", "media"].map((folder) => Uri.joinPath(extension, folder));
    panel.webview.options = { enableScripts: true, localResourceRoots: roots };
    const inside = (...path: string[]) => panel.webview.asWebviewUri(Uri.joinPath(extension, ...path)).toString();
    panel.webview.html = pageHtml({
      nonce: randomBytes(16).toString("base64"),
      cspSource: panel.webview.cspSource,
      script: inside("dist", "preview.js"),
      style: inside("dist", "preview.css"),
      topology: inside("dist", "topology.js"),
    });
  }

  get state(): PageState {
    return this.conversation.state;
  }

  /** Whether a file belongs to what this page shows. */
  covers(uri: string): boolean {
    const wanted = spelled(uri);
    const files = this.conversation.forecast?.files ?? [];
    return [this.state.uri, ...files].some((one) => spelled(one) === wanted) || this.paths().has(wanted);
  }

  ask(change: Partial<Question>): void {
    this.conversation.ask({ ...this.state.question, ...change }, this.state.against);
  }

  /** What this page shows is made of something else now. */
  outdate(): void {
    this.conversation.outdate();
    if (this.topology !== undefined && this.panel.visible) void this.tellTopology();
  }

  async chooseAgainst(): Promise<void> {
    const choice = await chooseAgainst(Uri.parse(this.state.uri), this.state.against);
    if (choice !== undefined && !this.isGone) this.conversation.ask(this.state.question, choice.against);
  }

  /** Has the page say its forecast for a pull request, as soon as it has one. */
  async copyMarkdown(): Promise<void> {
    if (this.conversation.forecast?.picture === undefined) await once(this.came.event);
    if (!this.isGone) this.tell({ type: "copyMarkdown" });
  }

  dispose(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.conversation.end();
    for (const one of this.watching) one.dispose();
    this.panel.dispose();
    this.gone.fire();
    this.gone.dispose();
    this.came.dispose();
  }

  private get title(): string {
    const { question, uri } = this.state;
    return `Preview ${question.target ?? nameOf(Uri.parse(uri))}`;
  }

  private async forecast(params: ForecastParams, signal: AbortSignal): Promise<Forecast> {
    const { token, dispose } = cancelledBy(signal);
    const { against, ...alone } = params;
    const isRefused = against?.kind === "git" && !workspace.isTrusted;
    try {
      const answer = await this.server.ask<Forecast>(forecast, isRefused ? alone : params, token);
      return isRefused
        ? { ...asked(answer, "a forecast"), against: untrusted(against.ref) }
        : asked(answer, "a forecast");
    } finally {
      dispose();
    }
  }

  private tell(message: ToPage): void {
    if (this.isGone) return;
    this.panel.webview.postMessage(message);
    if (message.type !== "forecast") return;
    this.panel.title = this.title;
    this.came.fire();
    this.tellCursor();
  }

  private hear(said: unknown): void {
    const message = readPageMessage(said, this.state.question);
    if (message !== undefined) this.answer(message).catch((error: Error) => window.showErrorMessage(error.message));
  }

  private async answer(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        this.shownCursor = "[]";
        return this.conversation.arrive(this.title, message.state?.tab);
      case "ask":
        return this.conversation.ask(message.question, message.against);
      case "reveal":
        return this.knows(message.place) ? selectPlace(message.place, this.panel) : undefined;
      case "write":
        return this.knows(message.place) ? writeNumber(this.server, message.place, message.value) : undefined;
      case "topology":
        return this.tellTopology();
      case "chooseAgainst":
        return this.chooseAgainst();
      case "chooseTraffic": {
        const traffic = await chooseTraffic(Uri.parse(this.state.uri));
        return traffic === undefined ? undefined : this.ask({ traffic });
      }
      case "export":
        return save(message, Uri.parse(this.state.uri), this.extension);
    }
  }

  private async tellTopology(): Promise<void> {
    try {
      const params = { uri: this.state.uri };
      this.topology = asked(await this.server.ask<Topology>(topology, params), "a topology");
      this.tell({ type: "topology", topology: this.topology });
    } catch (error) {
      this.tell({ type: "failed", sentence: (error as Error).message });
    }
  }

  /** Which of the numbers shown the cursor stands at; said when it is another one. */
  private tellCursor(): void {
    const editor = window.visibleTextEditors.find(({ document }) => this.covers(document.uri.toString()));
    const active = window.activeTextEditor ?? editor;
    if (!this.panel.visible || active === undefined) return;
    const uri = active.document.uri.toString();
    const here = placesOf(this.conversation.forecast).filter(({ path }) => spelled(path) === uri);
    const { start, end } = active.selection;
    const places = placesAt(here, { start, end });
    const now = JSON.stringify(places);
    if (now === this.shownCursor) return;
    this.shownCursor = now;
    this.tell({ type: "cursor", places });
  }

  /** A page is led to no other files than those it was told of. */
  private knows({ path }: Place): boolean {
    return this.paths().has(spelled(path));
  }

  private paths(): ReadonlySet<string> {
    const places = [...placesOf(this.conversation.forecast), ...(this.topology?.nodes ?? [])];
    return new Set(places.map(({ path }) => spelled(path)));
  }
}

export function icons(extension: Uri): { readonly light: Uri; readonly dark: Uri } {
  const icon = (theme: string) => Uri.joinPath(extension, "media", `preview-${theme}.svg`);
  return { light: icon("light"), dark: icon("dark") };
}

/** git is somebody else's program run in somebody else's folder: not before that folder is trusted. */
function untrusted(ref: string): Compared {
  return { name: ref, mistake: "Nothing is compared with git in a folder that is not trusted." };
}

function after(milliseconds: number, task: () => void): () => void {
  const timer = setTimeout(task, milliseconds);
  return () => clearTimeout(timer);
}

function once(event: (listener: () => void) => Disposable): Promise<void> {
  return new Promise((resolve) => {
    const listening = event(() => {
      listening.dispose();
      resolve();
    });
  });
}
