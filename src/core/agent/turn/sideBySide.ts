/** How many that may run side by side do so at once. */
const MOST = 8;

/**
 * Runs all, in order. Neighbours that may run side by side do; every other waits for those before it, and those after
 * it wait for it. When one fails, those beside it come to their end and nothing after them begins.
 */
export async function inBatches<T>(
  items: readonly T[],
  isBeside: (item: T) => boolean,
  run: (item: T) => Promise<void>,
): Promise<void> {
  for (const batch of batchesOf(items, isBeside)) {
    const results = await Promise.allSettled(batch.map(run));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

function batchesOf<T>(items: readonly T[], isBeside: (item: T) => boolean): readonly (readonly T[])[] {
  const batches: T[][] = [];
  for (const item of items) {
    const last = batches.at(-1);
    const joins = last && last.length < MOST && isBeside(item) && last.every(isBeside);
    if (joins) last.push(item);
    else batches.push([item]);
  }
  return batches;
}
