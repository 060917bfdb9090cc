/** Files open at a time: far below the 256 that macOS allows a process by default. */
const lanes = 32;

/** Does the work for every item, for a bounded number of them at a time. */
export async function inLanes<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
}
