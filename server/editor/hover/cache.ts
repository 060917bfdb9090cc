import { cacheMemory } from "../../graph/cache-memory.ts";
import { cachesOf } from "../../graph/cache-of.ts";
import { isWorkload } from "../../graph/scale-target.ts";
import { nearest } from "../../graph/scope.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { bytesOf, formatBytes } from "../../text/values/quantity.ts";
import type { Scope } from "../completion/candidate.ts";
import { code } from "./markdown.ts";

const sizes = /(?:^|\.)(?:max_local_cpu_size|buffer_size)$/;
/** Workloads that are asked whether they read a file. */
const most = 200;

/** The memory that a cache takes in the pods that read its configuration. */
export function cacheHeld({ cursor, graph, workspace }: Scope): string[] {
  const { object, path } = cursor;
  if (!sizes.test(path)) return [];
  const outer = object.doc.carrier === undefined ? undefined : workspace.objectsOf(object.doc.carrier.node.doc)[0];
  const known = ["Deployment", "StatefulSet", "LeaderWorkerSet"].flatMap((kind) => graph.lookup(`api/${kind}`));
  const near = nearest(graph, outer ?? object, known)
    .filter(isWorkload)
    .slice(0, most);
  return near.flatMap((workload) => held(workload, { cursor, graph, workspace }));
}

function held(workload: StackObject<Workload>, { cursor, graph }: Scope): string[] {
  return cachesOf(graph, workload).flatMap((cache) => {
    // The document was perhaps read again since: its place is what tells it.
    if (cache.config?.doc.carrier?.node !== cursor.object.doc.carrier?.node) return [];
    const memory = cacheMemory(workload, cache);
    if (memory === undefined) return [];
    const ranks = memory.ranks === 1 ? "" : `${memory.ranks} ranks x ${formatBytes(memory.size)} = `;
    const limit = cache.container.limit("memory");
    const of = limit === undefined ? "" : ` of its limit of ${formatBytes(bytesOf(limit.value))}`;
    const verb = memory.form === "pinned" ? "pins" : "may take";
    return [
      `${code(workload.name?.value ?? workload.kind.title)} ${verb} ${ranks}${formatBytes(memory.held)} of memory in container ${code(cache.container.name?.value ?? "?")}${of}.`,
    ];
  });
}
