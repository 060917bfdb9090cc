/** Below so many it is quicker to sort. */
const few = 8192;

/**
 * The smallest values that so many shares of the first `count` do not exceed (nearest rank), exactly. The values are not negative and
 * may be infinite; they are reordered. Floats of one sign stand in the order of their bits, so that two counts of half of
 * the bits each find a rank among millions without sorting them.
 */
export function ranked(values: Float32Array, count: number, shares: readonly number[]): number[] {
  const all = values.subarray(0, count);
  const ranks = shares.map((share) => Math.max(0, Math.ceil(share * count) - 1));
  if (count <= few) {
    all.sort();
    return ranks.map((rank) => all[rank] as number);
  }
  const bits = new Uint32Array(values.buffer, values.byteOffset, count);
  const upper = new Uint32Array(1 << 16);
  for (const word of bits) upper[word >>> 16] = (upper[word >>> 16] as number) + 1;
  return ranks.map((rank) => rankIn(bits, upper, rank));
}

function rankIn(bits: Uint32Array, upper: Uint32Array, rank: number): number {
  const { at: high, before } = place(upper, rank);
  const lower = new Uint32Array(1 << 16);
  for (const word of bits) if (word >>> 16 === high) lower[word & 0xffff] = (lower[word & 0xffff] as number) + 1;
  const { at: low } = place(lower, rank - before);
  return new Float32Array(Uint32Array.of(high * 2 ** 16 + low).buffer)[0] as number;
}

/** In which count the rank falls, and how many stand before it. */
function place(counts: Uint32Array, rank: number): { readonly at: number; readonly before: number } {
  let before = 0;
  let at = 0;
  while (before + (counts[at] as number) <= rank) before += counts[at++] as number;
  return { at, before };
}
