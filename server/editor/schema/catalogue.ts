import { configFileName } from "../../config/settings.ts";
import type { Kind } from "../../kinds/kind.ts";
import { Recogniser } from "../../kinds/recognise.ts";
import { kinds } from "../../kinds/registry.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Document } from "../../text/document.ts";
import { scalarAt, seqAt } from "../../text/read.ts";
import type { Schema } from "./load-schema.ts";

/** Kinds that do not say it themselves. */
const byKind: Readonly<Record<string, string>> = {
  "cache-blend-engine": "cache-blend-engine",
  "epp-config": "endpoint-picker-config",
  "headroom-config": "headroom-config",
  "lmcache-config": "lmcache-config",
  "lmcache-coordinator": "lmcache-coordinator",
  "lmcache-engine": "lmcache-engine",
  "lmcache-nested": "lmcache-nested",
  "variant-autoscaling": "variant-autoscaling",
  "wva-accelerator-cost": "wva-accelerator-cost",
  "wva-queueing-entry": "wva-queueing-entry",
  "wva-saturation": "config-map",
  "wva-saturation-entry": "wva-saturation-entry",
  "wva-scale-to-zero-entry": "wva-scale-to-zero-entry",
  "wva-service-class": "wva-service-class",
  "wva-values": "wva-values",
};

function schemaOfKind({ id, schema }: Kind): string | undefined {
  return schema ?? byKind[id];
}

/** Schemas of API objects, by group and kind. */
const byApi = new Map(
  kinds.flatMap((kind) => {
    const { recognise } = kind;
    const schema = schemaOfKind(kind);
    return "group" in recognise && schema !== undefined ? [[`${recognise.group}/${recognise.kind}`, schema]] : [];
  }),
);

const recogniser = new Recogniser(kinds);

/** Whether a text may be a document of a known kind. */
export const { sniff } = recogniser;

/** What a document is, known or read just now. */
export function objectsIn(doc: Document): readonly StackObject[] {
  return recogniser.objectsOf(doc);
}

/** The schema of a document that is one object; for text that is only being written, what its head or place says. */
export function schemaOf(doc: Document): string | undefined {
  if (isList(doc)) return undefined;
  return schemaOfObject(objectsIn(doc)[0]) ?? headOf(doc) ?? neighboursOf(doc);
}

/** The schema of the item of a `List` that an offset is in, or behind. */
export function schemaOfItem(doc: Document, offset: number): string | undefined {
  if (!isList(doc)) return undefined;
  return schemaOfObject(objectsIn(doc).findLast(({ start }) => start <= offset));
}

function isList({ root }: Document): boolean {
  return scalarAt(root, "kind")?.text.endsWith("List") === true && seqAt(root, "items") !== undefined;
}

/** A list of which every item follows a schema. What the schema calls its own parts stays at the root. */
export function listOf({ $defs, definitions, ...item }: Schema): Schema {
  const items = { type: "array", items: item };
  return { type: "object", properties: { apiVersion: {}, kind: {}, metadata: {}, items }, $defs, definitions };
}

function schemaOfObject(object: StackObject | undefined): string | undefined {
  return object === undefined ? undefined : schemaOfKind(object.kind);
}

const head = (key: string) => new RegExp(`^${key}:[ \\t]+["']?([\\w./-]+)`, "m");
const [apiVersionLine, kindLine] = [head("apiVersion"), head("kind")];

/** Text that is broken so that nothing of its head is in the tree. */
function headOf({ text }: Document): string | undefined {
  const [apiVersion, kind] = [apiVersionLine.exec(text)?.[1], kindLine.exec(text)?.[1]];
  if (apiVersion === undefined || kind === undefined) return undefined;
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return byApi.get(`${group}/${kind}`);
}

const byName: readonly (readonly [RegExp, string])[] = [
  [/lmcache/i, "lmcache-config"],
  [/(?:capacity|saturation)-scaling-config$/, "wva-saturation-entry"],
  [/queueing-model-config$/, "wva-queueing-entry"],
  [/scale-to-zero-config$/, "wva-scale-to-zero-entry"],
];

/** What the other data of the same ConfigMap is, or what its name and the key's name say. */
function neighboursOf({ carrier, file }: Document): string | undefined {
  if (carrier === undefined) return file.path.split("/").at(-1) === configFileName ? "headroom-config" : undefined;
  const outer = carrier.node.doc;
  for (const other of outer.embedded) {
    const found = other.carrier?.node === carrier.node ? undefined : schemaOfObject(objectsIn(other)[0]);
    if (found !== undefined) return found;
  }
  const names = [carrier.name, objectsIn(outer)[0]?.name?.value ?? ""];
  return byName.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1];
}
