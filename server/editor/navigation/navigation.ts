import type {
  DefinitionParams,
  DocumentLink,
  DocumentLinkParams,
  DocumentSymbol,
  DocumentSymbolParams,
  Location,
  LocationLink,
  PrepareRenameParams,
  PrepareRenameResult,
  ReferenceParams,
  RenameParams,
  SymbolInformation,
  WorkspaceEdit,
  WorkspaceSymbol,
  WorkspaceSymbolParams,
} from "vscode-languageserver/node";
import type { Session } from "../session.ts";
import { directoryUri } from "../uris.ts";
import { workspaceEdit } from "../workspace-edit.ts";
import { definition } from "./definition.ts";
import { documentLinks } from "./document-links.ts";
import { references } from "./references.ts";
import { prepareRename, rename } from "./rename.ts";
import { documentSymbols, type Known, workspaceSymbols } from "./symbols.ts";
import { viewOf } from "./view.ts";

export interface NavigationAbilities {
  readonly documentChanges: boolean;
  readonly definitionLinks: boolean;
  readonly symbolTrees: boolean;
}

/** Ways through the files along the names in them. */
export class Navigation {
  private readonly session: Session;
  private readonly abilities: NavigationAbilities;
  private readonly folders: () => readonly string[];

  constructor(session: Session, abilities: NavigationAbilities, folders: () => readonly string[]) {
    this.session = session;
    this.abilities = abilities;
    this.folders = folders;
  }

  async definition({ textDocument, position }: DefinitionParams): Promise<Location[] | LocationLink[] | null> {
    const view = await viewOf(this.session, textDocument.uri);
    return view === undefined ? null : definition(view, position, this.abilities.definitionLinks);
  }

  async references({ textDocument, position, context }: ReferenceParams): Promise<Location[] | null> {
    const view = await viewOf(this.session, textDocument.uri);
    return view === undefined ? null : references(view, position, context?.includeDeclaration ?? false);
  }

  async prepareRename({ textDocument, position }: PrepareRenameParams): Promise<PrepareRenameResult | null> {
    const view = await viewOf(this.session, textDocument.uri);
    return view === undefined ? null : prepareRename(view, position);
  }

  async rename({ textDocument, position, newName }: RenameParams): Promise<WorkspaceEdit | null> {
    const view = await viewOf(this.session, textDocument.uri);
    if (view === undefined) return null;
    return workspaceEdit(rename(view, position, newName), this.session.buffers, this.abilities.documentChanges);
  }

  async documentLinks({ textDocument }: DocumentLinkParams): Promise<DocumentLink[] | null> {
    const view = await viewOf(this.session, textDocument.uri);
    return view === undefined ? null : documentLinks(view);
  }

  async documentSymbols({
    textDocument,
  }: DocumentSymbolParams): Promise<DocumentSymbol[] | SymbolInformation[] | null> {
    const view = await viewOf(this.session, textDocument.uri, true);
    const innerOnly = this.session.handover.structure;
    return view === undefined ? null : documentSymbols(view, this.abilities.symbolTrees, innerOnly);
  }

  async workspaceSymbols({ query }: WorkspaceSymbolParams): Promise<WorkspaceSymbol[]> {
    const { session } = this;
    await Promise.all(this.folders().map((uri) => session.homeOf(directoryUri(uri))?.complete.reached));
    session.flush();
    return workspaceSymbols(this.known(), query);
  }

  /** Each file once, in the home in which it is told. */
  private known(): Known[] {
    const { session } = this;
    const folders = new Map<ReturnType<Session["homeOf"]>, string[]>();
    for (const uri of session.uris()) {
      const home = session.homeOf(uri);
      const path = home?.folder.pathOf(uri);
      if (path === undefined) continue;
      const paths = folders.get(home) ?? [];
      paths.push(path);
      folders.set(home, paths);
    }
    return [...folders].flatMap(([home, paths]) => {
      if (home === undefined) return [];
      const { folder } = home;
      return [
        {
          workspace: folder.workspace,
          paths,
          locate: (span) => ({
            uri: session.buffers.spelling(folder.uriOf(span.doc.file.path)),
            range: span.doc.file.rangeOf(span),
          }),
        },
      ];
    });
  }
}
