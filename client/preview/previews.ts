import {
  type Disposable,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  type WebviewPanelSerializer,
  window,
  workspace,
} from "vscode";
import { type ForecastStale, forecastStale } from "../../server/editor/preview/messages.ts";
import type { LanguageServer } from "../language-server.ts";
import { spelled } from "../uris.ts";
import type { PageState } from "./messages.ts";
import { PreviewPanel, viewType } from "./panel.ts";
import { firstQuestion } from "./settings.ts";
import { readState } from "./state.ts";

/** The pages that are open, one for a stack. */
export class Previews implements Disposable, WebviewPanelSerializer<unknown> {
  private readonly server: LanguageServer;
  private readonly extension: Uri;
  private readonly open = new Set<PreviewPanel>();
  private readonly registered: Disposable;

  constructor(server: LanguageServer, extension: Uri) {
    this.server = server;
    this.extension = extension;
    this.registered = window.registerWebviewPanelSerializer(viewType, this);
    server.hear<ForecastStale>(forecastStale, ({ uri }) => {
      for (const preview of this.open) if (spelled(preview.state.uri) === spelled(uri)) preview.outdate();
    });
  }

  /** The page that was looked at last, or else the only way to one. */
  get active(): PreviewPanel | undefined {
    const all = [...this.open];
    return all.find(({ panel }) => panel.active) ?? all.find(({ panel }) => panel.visible);
  }

  /** Shows the page of a file's stack beside its text. */
  async show(uri: Uri, target: string | undefined): Promise<PreviewPanel> {
    await showText(uri);
    const there = [...this.open].find((preview) => preview.covers(uri.toString()));
    if (there === undefined) return this.create(uri, target);
    there.panel.reveal(undefined, true);
    if (target !== undefined && target !== there.state.question.target) there.ask({ target });
    return there;
  }

  async deserializeWebviewPanel(panel: WebviewPanel, kept: unknown): Promise<void> {
    const state = readState(kept, firstQuestion(undefined));
    if (state === undefined) panel.dispose();
    else this.add(new PreviewPanel(panel, this.server, this.extension, state));
  }

  dispose(): void {
    this.registered.dispose();
    for (const preview of this.open) preview.dispose();
  }

  private create(uri: Uri, target: string | undefined): PreviewPanel {
    const question = { ...firstQuestion(uri), ...(target === undefined ? {} : { target }) };
    const state: PageState = { uri: uri.toString(), question, tab: "timelines" };
    const where = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const panel = window.createWebviewPanel(viewType, "Preview", where, { enableScripts: true });
    return this.add(new PreviewPanel(panel, this.server, this.extension, state));
  }

  private add(preview: PreviewPanel): PreviewPanel {
    this.open.add(preview);
    preview.onGone(() => this.open.delete(preview));
    return preview;
  }
}

/** A page stands beside its text: from the explorer and the palette the text may not be there yet. */
async function showText(uri: Uri): Promise<void> {
  const isThere = window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());
  if (!isThere) await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
}
