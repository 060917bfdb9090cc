import { type Cache, cachesOf, isNested } from "../../graph/cache-of.ts";
import { isWorkload } from "../../graph/scale-target.ts";
import { nearest } from "../../graph/scope.ts";
import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import type { Node } from "../../text/node.ts";
import { scalarAt } from "../../text/read.ts";
import type { Scope } from "../completion/candidate.ts";
import { beside } from "../completion/cursor.ts";
import { loadSchema } from "../schema/load-schema.ts";
import { code } from "./markdown.ts";

/** Workloads that are asked whether they read a file. */
const most = 200;

/** The caches whose configuration a document is, with the workloads that run them. */
export function readersOf(
  object: StackObject,
  { graph, workspace }: Pick<Scope, "graph" | "workspace">,
): { workload: StackObject<Workload>; cache: Cache }[] {
  const { doc } = object;
  const outer = doc.carrier === undefined ? undefined : workspace.objectsOf(doc.carrier.node.doc)[0];
  const known = ["Deployment", "StatefulSet", "LeaderWorkerSet"].flatMap((kind) => graph.lookup(`api/${kind}`));
  const near = nearest(graph, outer ?? object, known)
    .filter(isWorkload)
    .slice(0, most);
  return near.flatMap((workload) =>
    cachesOf(graph, workload).flatMap((cache) => {
      // The document was perhaps read again since: its place is what tells it.
      return cache.config?.doc.carrier?.node === doc.carrier?.node ? [{ workload, cache }] : [];
    }),
  );
}

/** A key of LMCache's file that a variable of the pod outranks (lmcache/v1/config_base.py). */
export function setByVariable(scope: Scope): string[] {
  const { object, path } = scope.cursor;
  if (object.kind.id !== lmcacheConfig.id || object.doc.carrier === undefined || !/^\w+$/.test(path)) return [];
  return readersOf(object, scope).flatMap(({ workload, cache }) => {
    const setting = cache.setting(path);
    const container = code(cache.container.name?.value ?? "?");
    const who = `${container} of ${code(workload.name?.value ?? workload.kind.title)}`;
    const variable = code(variableFor(path));
    if (setting === "unknown") return [`In ${who} ${variable} outranks it, with a value that these files do not tell.`];
    if (setting === "default" || setting.node.doc.carrier?.node === object.doc.carrier?.node) return [];
    return [`In ${who} ${variable} outranks it: ${code(setting.value)} (${placeOf(setting.node)}).`];
  });
}

/** A variable of a pod, and what it outranks in the file that the same container reads. */
export async function variableOfCache({ cursor, graph }: Scope): Promise<string[]> {
  const name = /(?:^|\.)env\[\]\.(?:name|value)$/.test(cursor.path) ? beside(cursor, "name") : undefined;
  const key = /^LMCACHE_([A-Z0-9_]+)$/.exec(name ?? "")?.[1]?.toLowerCase();
  if (key === undefined) return [];
  const said = await toldBySchema(key);
  const { object } = cursor;
  const cache = isWorkload(object)
    ? cachesOf(graph, object).find(({ container }) =>
        cursor.holders.some(({ start }) => start === container.root.start),
      )
    : undefined;
  const config = isNested(cache?.config) ? undefined : cache?.config;
  const inFile = config === undefined ? undefined : scalarAt(config.root, key);
  return inFile === undefined ? said : [...said, `Outranks ${code(inFile.text)} in ${placeOf(inFile)}.`];
}

/** What the schema of the file says of the key; the two have the same settings. */
async function toldBySchema(key: string): Promise<string[]> {
  const schema = await loadSchema(lmcacheConfig.schema ?? "");
  const properties = schema?.["properties"] as Record<string, { description?: string }> | undefined;
  const description =
    properties !== undefined && Object.hasOwn(properties, key) ? properties[key]?.description : undefined;
  return description === undefined ? [] : [description];
}

function variableFor(key: string): string {
  return `LMCACHE_${key.toUpperCase()}`;
}

function placeOf(node: Node): string {
  const { file } = node.doc;
  return code(`${file.path}:${file.rangeOf(node).start.line + 1}`);
}
