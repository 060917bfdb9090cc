/** What our client and our server say to each other beyond the protocol. Only VS Code has another YAML service to tell of. */

/** Client to server, a notification with a `YamlExtension`: which work is done elsewhere from now on. */
export const yamlExtensionChanged = "headroom/yamlExtension";

/** What another YAML service in the same editor answers for. */
export interface YamlExtension {
  /** Outline, folding and growing selections of plain documents. */
  readonly structure: boolean;
  /** Completion and hover from the schemas that it is handed. */
  readonly completion: boolean;
  readonly hover: boolean;
}

/** Client to server, a notification with a `ForFile`: the other service judges an open file by our schemas. */
export const checkedElsewhere = "headroom/checkedElsewhere";

export interface ForFile {
  readonly uri: string;
}

/** Server to client, a notification with a `SchemasFor`: whether there are schemas to hand over for an open file. */
export const schemasChanged = "headroom/schemas";

export interface SchemasFor extends ForFile {
  readonly has: boolean;
}

/** Client to server, a request with a `SchemaUri`, answered by the text of that schema. */
export const schemaText = "headroom/schemaText";

export interface SchemaUri {
  readonly schema: string;
}

export const schemaScheme = "headroom";

/** Stands in the title of every schema that is handed over: by it the findings made with it are known. */
export const schemaMark = "(Headroom)";

const ofFile = `${schemaScheme}://file/`;
const ofKind = `${schemaScheme}://kind/`;
/** Without it the name of a YAML file would end the URI, and its schema would be read as YAML. */
const end = "/schema.json";

/** The URI of everything that the documents of a file may follow. */
export function schemaUriOfFile(uri: string): string {
  return ofFile + encodeURIComponent(uri) + end;
}

export function schemaUriOfKind(name: string): string {
  return ofKind + name + end;
}

/** What a schema URI of ours speaks of. Absent for every other text. */
export function readSchemaUri(schema: string): { readonly file: string } | { readonly kind: string } | undefined {
  if (!schema.endsWith(end)) return undefined;
  const name = (prefix: string) => schema.slice(prefix.length, -end.length);
  if (schema.startsWith(ofKind)) return { kind: name(ofKind) };
  if (!schema.startsWith(ofFile)) return undefined;
  try {
    return { file: decodeURIComponent(name(ofFile)) };
  } catch {
    return undefined;
  }
}
