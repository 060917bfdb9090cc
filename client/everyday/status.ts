import { commands, type Disposable, languages, StatusBarAlignment, type TextDocument, window } from "vscode";
import { type ForUri, type Role, roleOf, stackChanged } from "../../server/editor/preview/messages.ts";
import type { LanguageServer } from "../language-server.ts";
import { roleCommand, roleSentence, roleText } from "./role-text.ts";

/** Long enough for a burst of changes to be asked about once. */
const pause = 150;

/** What the file that is looked at is in its stack, in the status bar; and whether a preview can start from it, for menus. */
export class Status implements Disposable {
  private readonly server: LanguageServer;
  private readonly item = window.createStatusBarItem("headroom.role", StatusBarAlignment.Left, 0);
  private readonly watching: readonly Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private document: TextDocument | undefined;
  private asked = 0;

  constructor(server: LanguageServer) {
    this.server = server;
    this.item.name = "Headroom: Role of the File";
    this.watching = [
      this.item,
      window.onDidChangeActiveTextEditor(() => this.soon()),
      window.onDidChangeVisibleTextEditors(() => this.soon()),
      languages.onDidChangeDiagnostics(({ uris }) => {
        const shown = this.document?.uri.toString();
        if (uris.some((uri) => uri.toString() === shown)) this.soon();
      }),
      server.onStarted(() => this.soon()),
    ];
    server.hear(stackChanged, () => this.soon());
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asked += 1;
    for (const one of this.watching) one.dispose();
  }

  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.look();
    }, pause);
  }

  private async look(): Promise<void> {
    this.document = this.looked();
    this.asked += 1;
    const { asked, document } = this;
    const role = document?.languageId === "yaml" ? await this.role({ uri: document.uri.toString() }) : undefined;
    if (asked === this.asked) this.show(role);
  }

  /** A page beside the text takes the keyboard, and the text is still what is looked at. */
  private looked(): TextDocument | undefined {
    if (window.activeTextEditor !== undefined) return window.activeTextEditor.document;
    return window.visibleTextEditors.find(({ document }) => document === this.document)?.document;
  }

  /** A server that is starting, or that is too old, says nothing, and nothing shows. */
  private async role(params: ForUri): Promise<Role | undefined> {
    try {
      return await this.server.ask<Role>(roleOf, params);
    } catch {
      return undefined;
    }
  }

  private show(role: Role | undefined): void {
    commands.executeCommand("setContext", "headroom.canForecast", role?.canForecast === true);
    if (role === undefined || role.title === "") {
      this.item.hide();
      return;
    }
    this.item.text = roleText(role);
    this.item.tooltip = roleSentence(role);
    this.item.accessibilityInformation = { label: roleSentence(role) };
    this.item.command = roleCommand(role);
    this.item.show();
  }
}
