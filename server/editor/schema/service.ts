import { type ClientCapabilities, type CompletionItem, type Hover, MarkupContent } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { LanguageService } from "yaml-language-server/lib/esm/languageservice/yamlLanguageService.js";
import type { Document } from "../../text/document.ts";
import { Lines, type Range } from "../../text/lines.ts";
import { listOf, loadSchema, type Schema, schemaOf, schemaOfItem } from "./catalogue.ts";
import { focused } from "./focus.ts";
import type { Place } from "./place.ts";
import { isTame } from "./tame.ts";

/** A range of a document's own text. */
export interface InDocument {
  readonly start: number;
  readonly end: number;
}

/** What schemas say at a place. */
export interface Schemas {
  complete(place: Place): Promise<readonly CompletionItem[]>;
  hover(place: Place): Promise<{ text: string; range: InDocument | undefined } | undefined>;
}

/**
 * Completion and hover from our own schemas. The service behind them is loaded with the first question, one for each
 * schema, and gets nothing from anywhere: what a document says of its schema is hidden from it, and whatever it asks
 * for is refused. It sees one document at a time, in that document's own positions.
 */
export class SchemaService implements Schemas {
  private readonly clientCapabilities: ClientCapabilities;
  private readonly services = new Map<string, Promise<LanguageService | undefined>>();
  private version = 0;

  constructor(clientCapabilities: ClientCapabilities) {
    this.clientCapabilities = clientCapabilities;
  }

  async complete(place: Place): Promise<readonly CompletionItem[]> {
    const list = await this.ask(place, (service, document, position) => service.doComplete(document, position, false));
    return list?.items ?? [];
  }

  async hover(place: Place): Promise<{ text: string; range: InDocument | undefined } | undefined> {
    const hover: Hover | null = await this.ask(place, (service, document, position) =>
      service.doHover(document, position),
    );
    const text = hover !== null && MarkupContent.is(hover.contents) ? hover.contents.value : "";
    return text === "" ? undefined : { text, range: hover?.range && rangeIn(place.doc, hover.range) };
  }

  private async ask<Answer>(
    { doc, offset }: Place,
    question: (
      service: LanguageService,
      document: TextDocument,
      position: Range["start"],
    ) => Promise<Answer | null | undefined>,
  ): Promise<Answer | null> {
    if (!isTame(doc)) return null;
    const item = schemaOfItem(doc, offset);
    const name = item ?? schemaOf(doc);
    if (name === undefined) return null;
    const key = item === undefined ? name : `${name} in a list`;
    const known = this.services.get(key) ?? start(name, item !== undefined, this.clientCapabilities);
    this.services.set(key, known);
    const service = await known;
    if (service === undefined) return null;
    // One name for all documents, and always another version: the service never forgets a document by itself.
    const document = TextDocument.create(`headroom:/${name}.yaml`, "yaml", ++this.version, shown(doc, offset));
    return (await question(service, document, new Lines(doc.text).positionAt(offset))) ?? null;
  }
}

/** A stretch of a document, from where the service says it is. */
export function rangeIn(doc: Document, { start, end }: Range): InDocument {
  const lines = new Lines(doc.text);
  return { start: lines.offsetAt(start), end: lines.offsetAt(end) };
}

/**
 * `$schema` in a comment or as a key would choose another schema; a word of the same length does not. Lines stay where
 * they are, but all end in the one way that the service understands.
 */
function shown(doc: Document, offset: number): string {
  return focused(doc, offset).replaceAll("$schema", "_schema").replaceAll("\r\n", "\n");
}

async function start(
  name: string,
  listed: boolean,
  clientCapabilities: ClientCapabilities,
): Promise<LanguageService | undefined> {
  const schema = await loadSchema(name);
  if (schema === undefined) return undefined;
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
    schemas: [
      { uri: `headroom:/${name}.schema.json`, fileMatch: ["*"], schema: listed ? listOf(bare(schema)) : bare(schema) },
    ],
  });
  return service;
}

/** Without the names of other schemas, which the service would look for, and its title, which it puts above every key. */
function bare({ $schema: _, $id: __, title: ___, ...schema }: Schema): Schema {
  return schema;
}
