import {
  type ClientCapabilities,
  type CompletionList,
  type Hover,
  MarkupContent,
  type Position,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { LanguageService } from "yaml-language-server/lib/esm/languageservice/yamlLanguageService.js";
import { configFileName } from "../config/settings.ts";
import type { TextFile } from "../text/file.ts";
import { childrenOf, type Node } from "../text/node.ts";

/** A schema and the files that it is for. */
interface SchemaOf {
  readonly name: string;
  readonly load: () => Promise<unknown>;
  readonly isFor: (file: TextFile) => boolean;
}

const schemas: readonly SchemaOf[] = [
  {
    name: "headroom-config",
    load: async () => (await import("../../schemas/headroom-config.schema.json")).default,
    isFor: ({ path }) => path.split("/").at(-1) === configFileName,
  },
];

/** Characters. The service looks at each key once for each other; ours have a few dozen, a hostile one many more. */
const longest = 32 * 1024;

/**
 * Completion and hover from our own schemas. The service behind it is loaded with the first question, and gets nothing
 * from anywhere: what a document says of its schema is hidden from it, and whatever it asks for is refused.
 */
export class SchemaService {
  private readonly clientCapabilities: ClientCapabilities;
  private readonly services = new Map<SchemaOf, Promise<LanguageService>>();
  private version = 0;

  constructor(clientCapabilities: ClientCapabilities) {
    this.clientCapabilities = clientCapabilities;
  }

  complete(file: TextFile, position: Position): Promise<CompletionList | null> {
    return this.ask(file, (service, document) => service.doComplete(document, position, false));
  }

  async hover(file: TextFile, position: Position): Promise<Hover | null> {
    const hover = await this.ask(file, (service, document) => service.doHover(document, position));
    const isEmpty = hover === null || (MarkupContent.is(hover.contents) && hover.contents.value === "");
    return isEmpty ? null : hover;
  }

  private async ask<Answer>(
    file: TextFile,
    question: (service: LanguageService, document: TextDocument) => Promise<Answer | null>,
  ): Promise<Answer | null> {
    const schema = schemas.find(({ isFor }) => isFor(file));
    if (schema === undefined || !isTame(file)) return null;
    const known = this.services.get(schema) ?? start(schema, this.clientCapabilities);
    this.services.set(schema, known);
    // One name for all documents, and always another version: the service never forgets a document by itself.
    const document = TextDocument.create(`headroom:/${schema.name}.yaml`, "yaml", ++this.version, blind(file.text));
    return question(await known, document);
  }
}

/**
 * The service walks down without counting, and follows aliases wherever they lead. A stack that overflows in it can
 * end the whole process, so it is shown only what is within our own limits and holds no alias.
 */
function isTame({ text, documents }: TextFile): boolean {
  const isWithinLimits = documents.every(
    ({ problems, template }) => template === undefined && problems.every(({ type }) => type !== "limit"),
  );
  return (
    text.length <= longest && isWithinLimits && !documents.some(({ root }) => root !== undefined && holdsAlias(root))
  );
}

function holdsAlias(root: Node): boolean {
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "alias") return true;
    open.push(...childrenOf(node));
  }
  return false;
}

/** `$schema` in a comment or as a key would choose another schema; a word of the same length does not. */
function blind(text: string): string {
  return text.replaceAll("$schema", "_schema");
}

async function start(schema: SchemaOf, clientCapabilities: ClientCapabilities): Promise<LanguageService> {
  const { getLanguageService } = await import("yaml-language-server/lib/esm/languageservice/yamlLanguageService.js");
  const service = getLanguageService({
    schemaRequestService: (uri) => Promise.reject(new Error(`Headroom fetches nothing: ${uri}`)),
    workspaceContext: { resolveRelativePath: (path) => path },
    clientCapabilities: clientCapabilities as never,
  });
  service.configure({
    completion: true,
    hover: true,
    hoverSchemaSource: false,
    validate: false,
    schemas: [{ uri: `headroom:/${schema.name}.schema.json`, fileMatch: ["*"], schema: await schema.load() }],
  });
  return service;
}
