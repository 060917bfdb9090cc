import type {
  ClientCapabilities,
  CompletionList,
  FoldingRange,
  FoldingRangeParams,
  Hover,
  SelectionRange,
  SelectionRangeParams,
  TextDocumentPositionParams,
} from "vscode-languageserver/node";
import type { Workspace } from "../graph/workspace.ts";
import type { TextFile } from "../text/file.ts";
import { complete } from "./completion/complete.ts";
import { Insertion } from "./completion/items.ts";
import { foldingRanges } from "./folding.ts";
import { hover } from "./hover/hover.ts";
import { SchemaService, type Schemas } from "./schema/service.ts";
import { selectionRange } from "./selection.ts";
import type { Session } from "./session.ts";
import { normalUri } from "./uris.ts";
import { fieldAt } from "./wire.ts";

/** What helps to write and to read a document: completion, hover, folding, growing selections. */
export class Language {
  private readonly session: Session;
  private readonly schemas: SchemaService;
  private readonly insertion: Insertion;
  private readonly foldLimit: number;

  constructor(session: Session, capabilities: ClientCapabilities) {
    this.session = session;
    this.schemas = new SchemaService(capabilities);
    this.insertion = new Insertion(capabilities);
    const limit = fieldAt(capabilities, "textDocument", "foldingRange", "rangeLimit");
    this.foldLimit = typeof limit === "number" ? limit : 5_000;
  }

  async complete({ textDocument, position }: TextDocumentPositionParams): Promise<CompletionList | null> {
    const { session, insertion } = this;
    const uri = normalUri(textDocument.uri);
    // Whether another service answers for a document is known of whole files.
    const file = session.handover.completes ? await session.textOf(uri) : await session.draftOf(uri, position);
    const workspace = session.homeOf(uri)?.folder.workspace;
    if (file === undefined || workspace === undefined) return null;
    return complete(file, position, workspace, this.schemasFor(uri), insertion);
  }

  hover(params: TextDocumentPositionParams): Promise<Hover | null> {
    return this.with(params, (file, workspace, uri) => hover(file, params.position, workspace, this.schemasFor(uri)));
  }

  foldingRanges(params: FoldingRangeParams): Promise<FoldingRange[] | null> {
    return this.with(params, (file) => foldingRanges(file, this.foldLimit, this.session.handover.structure));
  }

  selectionRanges(params: SelectionRangeParams): Promise<SelectionRange[] | null> {
    const innerOnly = this.session.handover.structure;
    return this.with(params, (file) => params.positions.map((position) => selectionRange(file, position, innerOnly)));
  }

  /** The schemas, silent about documents for which another service answers. */
  private schemasFor(uri: string): Schemas {
    const { schemas, session } = this;
    const open = session.openFile(uri);
    if (open === undefined) return schemas;
    return {
      complete: async (place) =>
        session.handover.answers("completion", place.doc, open) ? [] : schemas.complete(place),
      hover: async (place) => (session.handover.answers("hover", place.doc, open) ? undefined : schemas.hover(place)),
    };
  }

  private async with<Answer>(
    { textDocument }: { textDocument: { uri: string } },
    question: (file: TextFile, workspace: Workspace, uri: string) => Answer | Promise<Answer>,
  ): Promise<Answer | null> {
    const uri = normalUri(textDocument.uri);
    const file = await this.session.textOf(uri);
    const folder = this.session.homeOf(uri)?.folder;
    return file === undefined || folder === undefined ? null : question(file, folder.workspace, uri);
  }
}
