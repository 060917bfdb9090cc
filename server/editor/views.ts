import type {
  CodeLens,
  CodeLensParams,
  InlayHint,
  InlayHintParams,
  TextDocumentIdentifier,
} from "vscode-languageserver/node";
import { Graph } from "../graph/graph.ts";
import { settingsFor } from "../graph/settings-for.ts";
import type { TextFile } from "../text/file.ts";
import { inlayHints } from "./hints/hints.ts";
import type { Surroundings } from "./lenses/lens.ts";
import { codeLenses, resolveLens, uriOfLens } from "./lenses/lenses.ts";
import type { Options } from "./options.ts";
import type { Session } from "./session.ts";
import { normalUri } from "./uris.ts";

/** What is shown beside the text without being asked for each time: lenses, hints, the role of a file, the stack. */
export class Views {
  private readonly session: Session;
  private readonly options: () => Options;

  constructor(session: Session, options: () => Options) {
    this.session = session;
    this.options = options;
  }

  async codeLenses({ textDocument }: CodeLensParams): Promise<CodeLens[] | null> {
    const { lenses, preview } = this.options();
    if (!lenses) return null;
    const uri = normalUri(textDocument.uri);
    return this.with(textDocument, (file, surroundings) =>
      codeLenses(file, surroundings, uri, preview ? (target) => [textDocument.uri, target] : undefined),
    );
  }

  async resolveLens(lens: CodeLens): Promise<CodeLens> {
    const uri = uriOfLens(lens);
    if (uri === undefined) return lens;
    return (await this.with({ uri }, (file, surroundings) => resolveLens(lens, file, surroundings))) ?? lens;
  }

  async inlayHints({ textDocument, range }: InlayHintParams): Promise<InlayHint[] | null> {
    if (!this.options().hints) return null;
    return this.with(textDocument, (file, surroundings) => inlayHints(file, range, surroundings));
  }

  private async with<Answer>(
    { uri }: TextDocumentIdentifier,
    question: (file: TextFile, surroundings: Surroundings) => Answer,
  ): Promise<Answer | null> {
    const normal = normalUri(uri);
    const file = await this.session.fileOf(normal);
    const folder = this.session.homeOf(normal)?.folder;
    if (file === undefined || folder === undefined) return null;
    const { workspace } = folder;
    const settings: Surroundings["settings"] = ({ path }) => settingsFor(workspace, path);
    return question(file, { graph: new Graph(workspace), workspace, settings });
  }
}
