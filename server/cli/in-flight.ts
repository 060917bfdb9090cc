/** Files that are written at a time: far below the 256 descriptors that macOS allows a process by default. */
export const filesInFlight = 64;

/** Does the work for every item, for at most so many at a time. The results stand in the order of the items. */
export async function inFlight<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const lane = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  return results;
}
