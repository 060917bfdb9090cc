import { stackAround } from "../../forecast/stack-scope.ts";
import type { Session } from "../session.ts";

/** More panels than anybody has open; nobody tells when one is closed. */
const mostShown = 20;

/** The forecasts that somebody looks at, and the files that they are made of. */
export class Shown {
  private readonly session: Session;
  private readonly tell: (uri: string) => void;
  /** URIs of the files by that of the file that was asked about. */
  private readonly stacks = new Map<string, ReadonlySet<string>>();

  constructor(session: Session, tell: (uri: string) => void) {
    this.session = session;
    this.tell = tell;
  }

  /** What is answered next has seen all changes so far. */
  forget(uri: string): void {
    this.stacks.delete(uri);
  }

  show(uri: string, files: Iterable<string>): void {
    const [oldest] = this.stacks.size >= mostShown ? this.stacks.keys() : [];
    if (oldest !== undefined) this.stacks.delete(oldest);
    this.stacks.set(uri, new Set([uri, ...files]));
  }

  /** Each is told of once; who still looks at it asks again. */
  changed(uris: readonly string[]): void {
    for (const [shown, files] of this.stacks) {
      if (!uris.some((uri) => files.has(uri)) && !this.grew(shown, files, uris)) continue;
      this.stacks.delete(shown);
      this.tell(shown);
    }
  }

  /** A file that came may belong to the stack. */
  private grew(shown: string, files: ReadonlySet<string>, uris: readonly string[]): boolean {
    const folder = this.session.homeOf(shown)?.folder;
    const path = folder?.pathOf(shown);
    if (folder === undefined || path === undefined || !uris.some((uri) => folder.holds(uri))) return false;
    return [...stackAround(folder.workspace, path)].some((one) => !files.has(folder.uriOf(one)));
  }
}
