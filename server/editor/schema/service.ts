import {
  type ClientCapabilities,
  type CompletionItem,
  type Hover,
  MarkupContent,
  TextEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { LanguageService } from "yaml-language-server/lib/esm/languageservice/yamlLanguageService.js";
import type { Document } from "../../text/document.ts";
import type { Position, Range } from "../../text/lines.ts";
import { listOf, schemaOf, schemaOfItem } from "./catalogue.ts";
import { type Focus, focused } from "./focus.ts";
import { loadSchema, type Schema } from "./load-schema.ts";
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
    const found = await this.ask(place, (service, document, position) => service.doComplete(document, position, false));
    return (found?.answer.items ?? []).map((item) => {
      const { textEdit } = item;
      if (found === undefined || !TextEdit.is(textEdit)) return item;
      return { ...item, textEdit: { ...textEdit, range: found.focus.outward(textEdit.range) } };
    });
  }

  async hover(place: Place): Promise<{ text: string; range: InDocument | undefined } | undefined> {
    const found = await this.ask<Hover>(place, (service, document, position) => service.doHover(document, position));
    if (found === undefined) return undefined;
    const { contents, range } = found.answer;
    const text = MarkupContent.is(contents) ? contents.value : "";
    return text === "" ? undefined : { text, range: range && rangeIn(place.doc, found.focus.outward(range)) };
  }

  /** The answer, and what the service saw of the document to give it. */
  private async ask<Answer>(
    { doc, offset }: Place,
    question: (service: LanguageService, document: TextDocument, position: Position) => Promise<Answer | null>,
  ): Promise<{ answer: Answer; focus: Focus } | undefined> {
    if (!isTame(doc)) return undefined;
    const item = schemaOfItem(doc, offset);
    const name = item ?? schemaOf(doc);
    if (name === undefined) return undefined;
    const key = item === undefined ? name : `${name} in a list`;
    const known = this.services.get(key) ?? start(name, item !== undefined, this.clientCapabilities);
    this.services.set(key, known);
    const service = await known;
    if (service === undefined) return undefined;
    const focus = focused(doc, offset);
    // One name for all documents, and always another version: the service never forgets a document by itself.
    const document = TextDocument.create(`headroom:/${name}.yaml`, "yaml", ++this.version, shown(focus.text));
    const answer = await question(service, document, focus.inward(doc.lines.positionAt(offset)));
    return answer === null ? undefined : { answer, focus };
  }
}

/** A stretch of a document, from where the service says it is. */
export function rangeIn({ lines }: Document, { start, end }: Range): InDocument {
  return { start: lines.offsetAt(start), end: lines.offsetAt(end) };
}

/**
 * `$schema` in a comment or as a key would choose another schema; a word of the same length does not. Lines stay where
 * they are, but all end in the one way that the service understands.
 */
function shown(text: string): string {
  return text.replaceAll("$schema", "_schema").replaceAll("\r\n", "\n");
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
