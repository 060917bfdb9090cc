import type { Location, LocationLink } from "vscode-languageserver/node";
import { Graph } from "../../graph/graph.ts";
import { isFile, type Target } from "../../graph/references/reference.ts";
import { type Mention, mentionAt } from "../../graph/references.ts";
import type { Workspace } from "../../graph/workspace.ts";
import type { TextFile } from "../../text/file.ts";
import type { Position, Range } from "../../text/lines.ts";
import type { Span } from "../../text/node.ts";
import type { Folder } from "../folder.ts";
import type { Session } from "../session.ts";
import { normalUri } from "../uris.ts";

/** A file as a question about it sees it, with everything that it is linked with. */
export class View {
  readonly file: TextFile;
  readonly graph: Graph;
  private readonly folder: Folder;
  private readonly spelling: (uri: string) => string;

  constructor(folder: Folder, file: TextFile, spelling: (uri: string) => string) {
    this.folder = folder;
    this.file = file;
    this.spelling = spelling;
    this.graph = new Graph(folder.workspace);
  }

  get workspace(): Workspace {
    return this.folder.workspace;
  }

  mentionAt(position: Position): Mention | undefined {
    return mentionAt(this.graph, this.workspace.objectsIn(this.file), this.file.offsetAt(position));
  }

  /** As the client spells it. */
  uriOf(path: string): string {
    return this.spelling(this.folder.uriOf(path));
  }

  locate(span: Span): Location {
    const { file } = span.doc;
    return { uri: this.uriOf(file.path), range: file.rangeOf(span) };
  }

  locationOf(target: Target): Location {
    return isFile(target) ? { uri: this.uriOf(target.path), range: fileStart } : this.locate(target.name);
  }

  /** With what stands around the name, for clients that show it. */
  linkTo(target: Target, origin: Span): LocationLink {
    const { uri, range } = this.locationOf(target);
    const whole = isFile(target) || target.meaning.type !== "object" ? range : this.locate(target.object).range;
    return {
      originSelectionRange: this.file.rangeOf(origin),
      targetUri: uri,
      targetRange: holds(whole, range) ? whole : range,
      targetSelectionRange: range,
    };
  }
}

const fileStart: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The view of a document, once all is read that it may be linked with; `alone`: what stands in it is enough. */
export async function viewOf(session: Session, documentUri: string, alone = false): Promise<View | undefined> {
  const uri = normalUri(documentUri);
  const home = session.homeOf(uri);
  await (alone ? home?.begun : home?.complete)?.reached;
  home?.flush();
  const path = home?.folder.pathOf(uri);
  const file = path === undefined ? undefined : home?.folder.workspace.files.get(path);
  if (home === undefined || file === undefined) return undefined;
  return new View(home.folder, file, (spelled) => session.buffers.spelling(spelled));
}

export function holds(outer: Range, inner: Range): boolean {
  return !isBefore(inner.start, outer.start) && !isBefore(outer.end, inner.end);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
