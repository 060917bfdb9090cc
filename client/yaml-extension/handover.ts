import { type Disposable, extensions, languages, type Uri, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import {
  checkedElsewhere,
  type ForFile,
  schemaMark,
  type YamlExtension,
  yamlExtensionChanged,
} from "../../server/editor/messages.ts";
import { yamlApi } from "./api.ts";
import { Contributor } from "./contributor.ts";
import { doneHere, workOfYamlExtension } from "./work.ts";

/** Keeps the work of Red Hat's YAML extension and ours apart, whenever it comes or goes. */
export class Handover implements Disposable {
  private readonly contributor = new Contributor();
  private readonly watching: readonly Disposable[];
  private server: LanguageClient | undefined;
  private work: YamlExtension = doneHere;

  constructor() {
    this.watching = [
      extensions.onDidChange(() => this.look()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("headroom.yamlExtension") || event.affectsConfiguration("yaml")) this.look();
      }),
      languages.onDidChangeDiagnostics(({ uris }) => {
        for (const uri of uris) this.tellWhetherChecked(uri);
      }),
    ];
    this.look();
  }

  /** Takes another server, before it starts. */
  follow(server: LanguageClient): void {
    this.server = server;
    this.contributor.follow(server, (uri) => {
      const document = workspace.textDocuments.find((one) => one.uri.toString() === uri);
      if (document !== undefined) this.tellWhetherChecked(document.uri);
    });
    server.onDidChangeState(() => {
      this.contributor.forget();
      if (server.isRunning()) this.tellWork();
    });
  }

  dispose(): void {
    for (const one of this.watching) one.dispose();
  }

  private async look(): Promise<void> {
    const api = workOfYamlExtension().structure ? await yamlApi() : undefined;
    const wanted = workOfYamlExtension();
    const work = api !== undefined && this.contributor.register(api) ? wanted : doneHere;
    if (JSON.stringify(work) === JSON.stringify(this.work)) return;
    this.work = work;
    this.contributor.forget();
    this.tellWork();
  }

  private tellWork(): void {
    this.tell(yamlExtensionChanged, this.work);
  }

  /** The server leaves findings to the extension only where it is seen to make them by our schemas. */
  private tellWhetherChecked(uri: Uri): void {
    const params: ForFile = { uri: uri.toString() };
    if (!this.contributor.has(params.uri)) return;
    if (languages.getDiagnostics(uri).some(({ source }) => source?.includes(schemaMark)))
      this.tell(checkedElsewhere, params);
  }

  /** A server that is not running hears of it when it does. */
  private tell(message: string, params: object): void {
    if (this.server?.isRunning() !== true) return;
    this.server.sendNotification(message, params).catch(() => {});
  }
}
