import type { MapNode } from "../../text/node.ts";
import { at, quantityAt, stringAt } from "../../text/read.ts";
import { isTemplated } from "../../text/template.ts";
import { numberOf } from "../../text/values/quantity.ts";

const policies = new Set(["LRU", "LFU", "FIFO", "MRU", "COST_AWARE"]);
/** Servers whose name is a scheme of `remote_url`. */
const remotes = new Set(["redis", "rediss", "valkey", "lm", "infinistore", "mooncakestore"]);

/** The nested dialect in LMCache's own keys, sizes divided by the ranks. Absent where something is filled in later. */
export function flatForm(root: MapNode, ranks: number): string | undefined {
  if (isTemplated(root.doc.text.slice(root.start, root.end)) || root.doc.text.includes("$")) return undefined;
  const lines = [...cpuLines(root, ranks), ...diskLines(root, ranks), ...remoteLines(root)];
  return lines.length === 0 ? undefined : lines.join("\n");
}

function cpuLines(root: MapNode, ranks: number): string[] {
  const on = isOn(root, "cpu");
  const size = gibOf(root, ["storage", "cpu", "buffer_size"], ranks);
  const policy = stringAt(root, "storage", "cpu", "eviction_policy")?.value.toUpperCase();
  return [
    ...(on === undefined ? [] : [`local_cpu: ${on}`]),
    ...(size === undefined || on === false ? [] : [`max_local_cpu_size: ${size}`]),
    ...(policy !== undefined && policies.has(policy) ? [`cache_policy: ${policy}`] : []),
  ];
}

function diskLines(root: MapNode, ranks: number): string[] {
  const path = stringAt(root, "storage", "disk", "path")?.value;
  const size = gibOf(root, ["storage", "disk", "max_size"], ranks);
  if (isOn(root, "disk") === false || path === undefined || size === undefined || !/^\/[\w./-]+$/.test(path)) return [];
  return [`local_disk: file://${path.endsWith("/") ? path : `${path}/`}`, `max_local_disk_size: ${size}`];
}

function remoteLines(root: MapNode): string[] {
  const backend = stringAt(root, "storage", "remote", "backend")?.value.toLowerCase() ?? "";
  const endpoint = stringAt(root, "storage", "remote", "endpoint")?.value ?? "";
  if (isOn(root, "remote") === false || !remotes.has(backend) || !/^[\w.-]+:\d+$/.test(endpoint)) return [];
  return [`remote_url: redis://${endpoint}`.replace("redis", backend)];
}

function isOn(root: MapNode, tier: string): boolean | undefined {
  if (at(root, "storage", tier, "enabled") === undefined) return undefined;
  return /^(?:true|yes|on|1)$/i.test(stringAt(root, "storage", tier, "enabled")?.value ?? "");
}

/** GiB for each rank, cut to hundredths so that the ranks together stay within what was written. */
function gibOf(root: MapNode, path: string[], ranks: number): string | undefined {
  const written = quantityAt(root, ...path);
  if (written === undefined) return undefined;
  const gib = numberOf(written.value) / 1024 ** 3 / ranks;
  const cut = Math.floor(gib * 100) / 100;
  return cut > 0 ? String(cut) : undefined;
}
