import type { PublishDiagnosticsParams } from "vscode-languageserver/node";
import { nothing } from "./diagnostics.ts";
import type { Outlet, Session } from "./session.ts";

interface Published {
  readonly id: string;
  readonly version: number | undefined;
}

/** Sends reports as they change, for clients that do not ask for them. */
export class Push implements Outlet {
  private readonly session: Session;
  private readonly publish: (params: PublishDiagnosticsParams) => void;
  private readonly ofWorkspace: () => boolean;
  private readonly published = new Map<string, Published>();

  constructor(session: Session, publish: (params: PublishDiagnosticsParams) => void, ofWorkspace: () => boolean) {
    this.session = session;
    this.publish = publish;
    this.ofWorkspace = ofWorkspace;
  }

  tell(uris: readonly string[]): void {
    for (const uri of this.session.openFirst(uris)) this.tellOne(uri);
  }

  /** After a change of what is to be told. */
  tellAll(): void {
    this.tell([...new Set([...this.session.uris(), ...this.published.keys()])]);
  }

  private tellOne(uri: string): void {
    const { session } = this;
    const buffer = session.buffers.get(uri);
    const report = buffer !== undefined || this.ofWorkspace() ? session.lastReportOf(uri) : undefined;
    const { id, diagnostics } = report ?? nothing;
    const last = this.published.get(uri);
    const silent = diagnostics.length === 0 && (buffer === undefined || !session.isComplete(uri));
    if (last === undefined ? silent : last.id === id && last.version === buffer?.version) return;
    const version = buffer?.version;
    this.publish({ uri: session.buffers.spelling(uri), ...(version !== undefined && { version }), diagnostics });
    if (silent) this.published.delete(uri);
    else this.published.set(uri, { id, version });
  }
}
