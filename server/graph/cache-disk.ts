import { innerText } from "../text/inner-text.ts";
import type { Node, Span } from "../text/node.ts";
import { outwardEnd } from "../text/projection.ts";
import { numberAt, resolve } from "../text/read.ts";
import { type Cache, isNested } from "./cache-of.ts";

/** A directory of the disk tier: an absolute path in the container, and where it is written. */
export interface CacheDirectory {
  readonly path: string;
  readonly at: Span;
}

export function cacheDirectories(cache: Cache): readonly CacheDirectory[] {
  if (isNested(cache.config)) {
    const path = cache.config.view.diskPath;
    return path === undefined ? [] : directoriesIn(path.node);
  }
  // Without a size LMCache makes no disk tier, whatever the path.
  const size = cache.setting("max_local_disk_size");
  const path = cache.setting("local_disk");
  if (typeof size === "string" || typeof path === "string" || !((numberAt(size.node)?.value ?? 0) > 0)) return [];
  return directoriesIn(path.node);
}

/** One path or several behind commas, each with or without `file://` (`_parse_local_disk`). */
function directoriesIn(at: Node): CacheDirectory[] {
  const node = resolve(at);
  if (node?.type !== "scalar") return [];
  const parts = [...node.text.matchAll(/[^,\s](?:[^,]*[^,\s])?/g)];
  const projection = parts.length > 1 ? innerText(node)?.projection : undefined;
  return parts.flatMap(({ 0: part, index }) => {
    const path = part.replace(/^file:\/\//, "");
    if (!path.startsWith("/")) return [];
    if (projection === undefined) return [{ path, at: node }];
    const start = projection.outward(index);
    return [{ path, at: { doc: node.doc, start, end: outwardEnd(projection, index, index + part.length) } }];
  });
}
