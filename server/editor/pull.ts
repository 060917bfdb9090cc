import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  type PreviousResultId,
  type UnchangedDocumentDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import { nothing, type Report } from "./diagnostics.ts";
import type { Outlet, Session } from "./session.ts";
import { normalUri } from "./uris.ts";

/** Answers clients that ask for reports, and calls them when something changed that they do not know of. */
export class Pull implements Outlet {
  private readonly session: Session;
  /** Calls the client to ask again; not every client can be called. */
  private readonly refresh: (() => Promise<void>) | undefined;
  private readonly ofWorkspace: () => boolean;
  /** The ids of all reports that say something. */
  private readonly known = new Map<string, string>();
  private calling = false;
  private again = false;

  constructor(session: Session, refresh: (() => Promise<void>) | undefined, ofWorkspace: () => boolean) {
    this.session = session;
    this.refresh = refresh;
    this.ofWorkspace = ofWorkspace;
  }

  /** An edited document the client asks for by itself. */
  tell(uris: readonly string[], edited: ReadonlySet<string>): void {
    let others = false;
    for (const uri of uris) {
      const { id } = this.session.lastReportOf(uri) ?? nothing;
      if ((this.known.get(uri) ?? nothing.id) === id) continue;
      if (id === nothing.id) this.known.delete(uri);
      else this.known.set(uri, id);
      if (!edited.has(uri)) others = true;
    }
    if (others) this.call();
  }

  tellAll(): void {
    this.call();
  }

  async document(uri: string, previous: string | undefined): Promise<DocumentDiagnosticReport> {
    const onlyOnce = this.refresh === undefined;
    return answer(await this.session.reportOf(normalUri(uri), onlyOnce), previous);
  }

  workspace(previous: readonly PreviousResultId[]): WorkspaceDocumentDiagnosticReport[] {
    const { session } = this;
    session.flush();
    const asked = new Map(previous.map(({ uri, value }) => [normalUri(uri), { uri, value }]));
    const uris = [...new Set([...this.known.keys(), ...asked.keys()])].filter((uri) => session.isComplete(uri));
    return uris.flatMap((uri) => {
      const before = asked.get(uri);
      const report = (this.tells(uri) ? session.lastReportOf(uri) : undefined) ?? nothing;
      if (before === undefined && report.diagnostics.length === 0) return [];
      const spelled = before?.uri ?? session.buffers.spelling(uri);
      return [{ uri: spelled, version: session.buffers.get(uri)?.version ?? null, ...answer(report, before?.value) }];
    });
  }

  private tells(uri: string): boolean {
    return this.ofWorkspace() || this.session.buffers.get(uri) !== undefined;
  }

  /** One call at a time: a client answers each of them by asking for everything. */
  private call(): void {
    this.again = this.calling;
    if (this.calling || this.refresh === undefined) return;
    this.calling = true;
    const done = () => {
      this.calling = false;
      if (this.again) this.call();
    };
    this.refresh().then(done, done);
  }
}

function answer(
  { id, diagnostics }: Report,
  previous: string | undefined,
): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport {
  return id === previous
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id }
    : { kind: DocumentDiagnosticReportKind.Full, resultId: id, items: diagnostics };
}
