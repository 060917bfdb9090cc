import { cacheMemory } from "../../graph/cache-memory.ts";
import { bytesOf, formatBytes } from "../../text/values/quantity.ts";
import type { Scope } from "../completion/candidate.ts";
import { readersOf } from "./cache-settings.ts";
import { code } from "./markdown.ts";

const sizes = /(?:^|\.)(?:max_local_cpu_size|buffer_size)$/;

/** The memory that a cache takes in the pods that read its configuration. */
export function cacheHeld(scope: Scope): string[] {
  if (!sizes.test(scope.cursor.path)) return [];
  return readersOf(scope.cursor.object, scope).flatMap(({ workload, cache }) => {
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
