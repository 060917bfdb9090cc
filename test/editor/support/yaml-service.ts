import type { Diagnostic } from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { getLanguageService, type LanguageService } from "yaml-language-server";
import { schemaOfFile, schemaOfKind } from "../../../server/editor/handover/content.ts";
import { handedOver } from "../../../server/editor/handover/documents.ts";
import { readSchemaUri, schemaUriOfFile } from "../../../server/editor/messages.ts";
import type { Workspace } from "../../../server/graph/workspace.ts";
import { atCursor } from "./client.ts";

/**
 * The service inside Red Hat's YAML extension, which asks us for schemas in the way of its API: first for the URI of the
 * schema of a file, then for what stands there. It is given nothing else.
 */
export class YamlService {
  private readonly service: LanguageService;
  private workspace: Workspace | undefined;
  private version = 0;

  constructor() {
    const nothing = () => Promise.resolve();
    this.service = getLanguageService({
      schemaRequestService: (uri) => this.answer(uri),
      workspaceContext: { resolveRelativePath: (path) => path },
      clientCapabilities: {
        textDocument: { completion: { completionItem: { snippetSupport: true } } },
      } as never,
      telemetry: { send: nothing, sendError: nothing, sendTrack: nothing },
    });
    this.service.configure({ completion: true, hover: true, validate: true, schemas: [] });
    this.service.registerCustomSchemaProvider((uri) => Promise.resolve([schemaUriOfFile(uri)] as never));
  }

  findings(path: string, text: string, workspace: Workspace): Promise<Diagnostic[]> {
    return this.service.doValidation(this.read(path, text, workspace), false);
  }

  /** What it proposes at `‸`. */
  async labels(marked: string, workspaceOf: (text: string) => Workspace): Promise<string[]> {
    const { text, position } = atCursor(marked.replace("‸", "|"));
    const document = this.read("manifest.yaml", text, workspaceOf(text));
    const { items } = await this.service.doComplete(document, position, false);
    return items.map(({ label }) => label);
  }

  async hovered(marked: string, workspaceOf: (text: string) => Workspace): Promise<string> {
    const { text, position } = atCursor(marked.replace("‸", "|"));
    const hover = await this.service.doHover(this.read("manifest.yaml", text, workspaceOf(text)), position);
    return hover === null ? "" : (hover.contents as { value: string }).value;
  }

  private read(path: string, text: string, workspace: Workspace): TextDocument {
    this.workspace = workspace;
    return TextDocument.create(`file:///stack/${path}`, "yaml", ++this.version, text);
  }

  private async answer(uri: string): Promise<string> {
    const read = readSchemaUri(uri);
    if (read === undefined) throw new Error(`${uri} is none of our schemas`);
    if ("kind" in read) return JSON.stringify(await schemaOfKind(read.kind));
    const file = this.workspace?.files.get(read.file.replace("file:///stack/", ""));
    if (file === undefined || this.workspace === undefined) throw new Error(`${read.file} is not open`);
    return JSON.stringify(schemaOfFile(handedOver(file, this.workspace)));
  }
}
