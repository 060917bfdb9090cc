import { suppressionsOf } from "../../findings/suppression.ts";
import { settingsFor } from "../../graph/settings-for.ts";
import type { Workspace } from "../../graph/workspace.ts";
import { isSpokenFor } from "../../rules/schema/spoken-for.ts";
import { isToldInFull, problemsOf } from "../../schemas/problems.ts";
import type { Document } from "../../text/document.ts";
import type { TextFile } from "../../text/file.ts";
import { childrenOf, type Node } from "../../text/node.ts";
import { resolve, scalarAt } from "../../text/read.ts";
import { isTame } from "../schema/tame.ts";
import { leftRules } from "./left.ts";

/** The words by which a service that knows only schemas tells documents apart. */
export interface Head {
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
}

export interface HandedOver {
  readonly documents: ReadonlySet<Document>;
  /** The schema for each head, in the order of the file. */
  readonly schemas: readonly { readonly head: Head; readonly schema: string }[];
}

const nothing: HandedOver = { documents: new Set(), schemas: [] };

/**
 * The documents of a file that a service may judge that knows nothing but the schemas and asks once for a whole file:
 * all that begin with the same words, or none of them.
 */
export function handedOver(file: TextFile, workspace: Workspace): HandedOver {
  if (!mayBeJudged(file.path, workspace)) return nothing;
  const groups = new Map<string, { head: Head; schemas: (string | undefined)[]; documents: Document[] }>();
  for (const doc of file.documents) {
    if (doc.root === undefined) continue;
    const head = headOf(doc);
    const key = JSON.stringify([head.apiVersion, head.kind]);
    const group = groups.get(key) ?? { head, schemas: [], documents: [] };
    groups.set(key, group);
    group.schemas.push(schemaFor(doc, workspace));
    group.documents.push(doc);
  }
  const whole = [...groups.values()].filter(({ schemas }) => schemas.every((schema) => schema === schemas[0]));
  const known = whole.flatMap(({ head, schemas: [schema], documents }) =>
    schema === undefined ? [] : { head, schema, documents },
  );
  return {
    documents: new Set(known.flatMap(({ documents }) => documents)),
    schemas: known.map(({ head, schema }) => ({ head, schema })),
  };
}

/** Not a patch, of which a schema says that half is missing, nor where the user wants these rules otherwise. */
function mayBeJudged(path: string, workspace: Workspace): boolean {
  const settings = settingsFor(workspace, path);
  if (workspace.layout.isPatch(path) || settings.ignores(path)) return false;
  return [...leftRules].every((rule) => settings.severity(rule, path) === undefined);
}

function headOf({ root }: Document): Head {
  const map = resolve(root);
  const word = (key: string) => (map?.type === "map" ? scalarAt(map, key)?.text : undefined);
  return { apiVersion: word("apiVersion"), kind: word("kind") };
}

/** The schema of a document of which another service would say no more than we do. */
function schemaFor(doc: Document, workspace: Workspace): string | undefined {
  // The items of a list are objects too, but not the document.
  const object = workspace.objectsOf(doc).find(({ root }) => root === resolve(doc.root));
  const schema = object?.kind.schema;
  if (object === undefined || schema === undefined) return undefined;
  if (!isPlain(doc)) return undefined;
  if (!isToldInFull(object) || problemsOf(object).some((problem) => isSpokenFor(object, problem))) return undefined;
  return schema;
}

const plain = new WeakMap<Document, boolean>();

/** Whether there is nothing in a document that another service would understand in another way. */
function isPlain(doc: Document): boolean {
  const known = plain.get(doc) ?? (isTame(doc) && !namesSchema(doc) && !holdsNull(doc) && !isSilenced(doc));
  plain.set(doc, known);
  return known;
}

/** Whether a document chooses its schema by itself. */
function namesSchema({ text }: Document): boolean {
  return /^#\s+yaml-language-server\s*:.*\$schema|^["']?\$schema["']?\s*:|^#\s*\$schema\s*:/m.test(text);
}

/** A null that somebody wrote: the API server and Helm take it for a key that is not there, a schema does not. */
function holdsNull({ root }: Document): boolean {
  const open: Node[] = root === undefined ? [] : [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "scalar" && node.style === "plain" && /^(?:null|Null|NULL|~)$/.test(node.text)) return true;
    open.push(...childrenOf(node));
  }
  return false;
}

function isSilenced(doc: Document): boolean {
  return suppressionsOf(doc).some(({ rules }) => rules.some(({ id }) => leftRules.has(id)));
}
