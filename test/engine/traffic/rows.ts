import { type ArrivalSource, type Arrivals, newChunk } from "../../../server/engine/traffic/arrivals.ts";

/** So many arrivals, whenever they come. */
export function rowsOf(source: ArrivalSource, count: number): Arrivals {
  const chunk = newChunk(count);
  const filled = source.fill(chunk, Number.POSITIVE_INFINITY);
  if (filled !== count) throw new Error(`only ${filled} arrivals came`);
  return chunk;
}
