import type { RawFix } from "../../findings/raw-finding.ts";
import { type CacheMemory, GiB } from "../../graph/cache-memory.ts";
import type { Cache } from "../../graph/cache-of.ts";
import { setEntry, setScalar } from "../../text/edits.ts";
import { resolve } from "../../text/read.ts";
import { bytesOf, quantityText } from "../../text/values/quantity.ts";

const MiB = 1024n ** 2n;

/** The most memory that a machine in a cloud has (32 TiB). Beyond it the size is the mistake, not the limit. */
const largestMachine = 32n * 1024n * GiB;

/** The next round limit with room to work. A request above it would be refused, so it is never below that. */
export function roomyLimit({ container }: Cache, { form, held, room }: CacheMemory): bigint | undefined {
  const needed = held + room;
  const step = form === "nested" ? roundStep(held) : 4n * GiB;
  const round = ((needed + step - 1n) / step) * step;
  const request = container.request("memory");
  const requested = request === undefined ? 0n : bytesOf(request.value);
  const limit = requested > round ? requested : round;
  return limit > largestMachine ? undefined : limit;
}

/** The largest round size that the present limit has room for, as its author would write it: `9Gi`, or 9 for GiB. */
export function fittingSize(allowed: bigint, { form, ranks, room }: CacheMemory): string | undefined {
  if (form === "nested") {
    const size = (allowed * 10n) / 11n;
    const step = roundStep(size);
    return size < step ? undefined : quantityText(size - (size % step));
  }
  const gib = (allowed - room) / (GiB * BigInt(ranks));
  return gib < 1n ? undefined : String(gib);
}

function roundStep(size: bigint): bigint {
  return size >= 20n * GiB ? 5n * GiB : size >= 2n * GiB ? GiB : 128n * MiB;
}

/** Raises the limit, and the request with it where both are the same. */
export function raiseLimit({ container }: Cache, limit: bigint | undefined): RawFix[] {
  if (limit === undefined) return [];
  const text = quantityText(limit);
  const present = container.limit("memory");
  const request = container.request("memory");
  const equal = present !== undefined && request?.value.nano === present.value.nano && request.node !== present.node;
  const nodes = [present?.node, equal ? request?.node : undefined].map(resolve);
  const edits = nodes.flatMap((node) => (node?.type === "scalar" ? [setScalar(node, text)] : []));
  return edits.length === 0 ? [] : [{ title: `Raise the memory limit to ${text}`, safe: false, edits }];
}

/** `Raise the limit to 165Gi or set buffer_size to 9Gi.` */
export function mendWords({ key }: CacheMemory, limit: bigint | undefined, size: string | undefined): string {
  const ways = [
    limit === undefined ? [] : `raise the limit to ${quantityText(limit)}`,
    size === undefined ? [] : `set ${key} to ${size}`,
  ].flat();
  const words = ways.length === 0 ? `lower ${key}` : ways.join(" or ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

export function lowerCache({ config }: Cache, { key, written }: CacheMemory, size: string | undefined): RawFix[] {
  const node = resolve(written?.node);
  if (size === undefined) return [];
  const title = `Set ${key} to ${size}`;
  if (node?.type === "scalar") return [{ title, safe: false, edits: [setScalar(node, size)] }];
  return config === undefined ? [] : [{ title, safe: false, edits: [setEntry(config.root, key, size)] }];
}
