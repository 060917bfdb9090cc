/**
 * Stands in for Red Hat's YAML extension: its public API over the very service that is inside of it, without its server,
 * its schema store and its telemetry. What it asks of a contributor and when is as in its src/schema-extension-api.ts.
 */
import {
  CompletionList,
  type ExtensionContext,
  languages,
  Position,
  Range,
  type TextDocument as VscodeDocument,
  workspace,
} from "vscode";
import { TextDocument } from "vscode-languageserver-textdocument";
import { getLanguageService } from "yaml-language-server/lib/esm/languageservice/yamlLanguageService.js";

interface Contributor {
  readonly requestSchema: (resource: string) => string | undefined;
  readonly requestSchemaContent: (uri: string) => string | Promise<string>;
}

const contributors = new Map<string, Contributor>();
/** How long the extension waits after a change. */
const pause = 200;

const nothing = () => Promise.resolve();
const service = getLanguageService({
  schemaRequestService: async (uri) => {
    const contributor = contributors.get(uri.slice(0, uri.indexOf(":")));
    if (contributor === undefined) throw new Error(`no contributor for ${uri}`);
    return contributor.requestSchemaContent(uri);
  },
  workspaceContext: { resolveRelativePath: (path: string) => path },
  clientCapabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } } as never,
  telemetry: { send: nothing, sendError: nothing, sendTrack: nothing } as never,
});

export function activate({ subscriptions }: ExtensionContext) {
  service.configure({ completion: true, hover: true, validate: true, schemas: [] });
  service.registerCustomSchemaProvider(async (resource: string) => {
    return [...contributors.values()].flatMap(({ requestSchema }) => requestSchema(resource) ?? []) as never;
  });
  const found = languages.createDiagnosticCollection("YAML");
  const validate = async (document: VscodeDocument) => {
    if (document.languageId !== "yaml") return;
    await new Promise((resolve) => setTimeout(resolve, pause));
    const { version } = document;
    const diagnostics = await service.doValidation(copyOf(document), false);
    if (document.isClosed || document.version !== version) return;
    const inVscode = diagnostics.map(({ range, message, source }) => ({
      range: rangeOf(range),
      message,
      source,
      severity: 0,
    }));
    found.set(document.uri, inVscode as never);
  };
  subscriptions.push(
    found,
    workspace.onDidOpenTextDocument(validate),
    workspace.onDidChangeTextDocument(({ document }) => validate(document)),
    workspace.onDidCloseTextDocument(({ uri }) => found.delete(uri)),
    languages.registerCompletionItemProvider("yaml", {
      async provideCompletionItems(document, position) {
        const { items } = await service.doComplete(copyOf(document), position, false);
        return new CompletionList(items.map(({ label }) => ({ label, detail: "of the YAML extension" })));
      },
    }),
    languages.registerHoverProvider("yaml", {
      async provideHover(document, position) {
        const hover = await service.doHover(copyOf(document), position);
        return hover === null ? null : { contents: [(hover.contents as { value: string }).value] };
      },
    }),
  );
  for (const document of workspace.textDocuments) void validate(document);
  return {
    registerContributor(
      scheme: string,
      requestSchema: Contributor["requestSchema"],
      requestSchemaContent: Contributor["requestSchemaContent"],
    ) {
      if (contributors.has(scheme)) return false;
      contributors.set(scheme, { requestSchema, requestSchemaContent });
      return true;
    },
  };
}

function copyOf(document: VscodeDocument): TextDocument {
  return TextDocument.create(document.uri.toString(), "yaml", document.version, document.getText());
}

function rangeOf({
  start,
  end,
}: {
  start: { line: number; character: number };
  end: { line: number; character: number };
}): Range {
  return new Range(new Position(start.line, start.character), new Position(end.line, end.character));
}
