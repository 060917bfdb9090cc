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
import type { ForUri, Role, StackNode, Topology } from "./preview/messages.ts";
import { noRole, roleOfFile } from "./role/role.ts";
import type { Session } from "./session.ts";
import { stacksIn } from "./stack/stacks.ts";
import { stackTree } from "./stack/tree.ts";
import { Throttle } from "./throttle.ts";
import { noTopology, topologyOfFile } from "./topology.ts";
import { normalUri } from "./uris.ts";

/** What is shown beside the text without being asked for each time: lenses, hints, the role of a file, the stack. */
export class Views {
  private readonly session: Session;
  private readonly options: () => Options;
  private readonly news: Throttle;

  /** `news`: tells the client that what it shows may be another by now. */
  constructor(session: Session, options: () => Options, news: () => void) {
    this.session = session;
    this.options = options;
    this.news = new Throttle(news);
  }

  /** Files were judged anew. */
  changed(): void {
    this.news.touch();
  }

  stop(): void {
    this.news.stop();
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

  async role({ uri }: ForUri): Promise<Role> {
    const { diagnostics } = await this.session.reportOf(normalUri(uri), false);
    return (await this.with({ uri }, (file, surroundings) => roleOfFile(file, surroundings, diagnostics))) ?? noRole;
  }

  async topology({ uri }: ForUri): Promise<Topology> {
    const normal = normalUri(uri);
    await this.session.reportOf(normal, true);
    const folder = this.session.homeOf(normal)?.folder;
    return folder === undefined ? noTopology : topologyOfFile(folder, normal);
  }

  /** Of all folders, as far as they are read. */
  stackTree(): StackNode[] {
    this.session.flush();
    return this.session.folders().flatMap((folder) => stackTree(stacksIn(folder)));
  }

  private async with<Answer>(
    { uri }: TextDocumentIdentifier,
    question: (file: TextFile, surroundings: Surroundings) => Answer,
  ): Promise<Answer | null> {
    const normal = normalUri(uri);
    const file = await this.session.textOf(normal);
    const folder = this.session.homeOf(normal)?.folder;
    if (file === undefined || folder === undefined) return null;
    const { workspace } = folder;
    const settings: Surroundings["settings"] = ({ path }) => settingsFor(workspace, path);
    return question(file, { graph: new Graph(workspace), workspace, settings });
  }
}
