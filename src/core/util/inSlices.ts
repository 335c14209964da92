/** At once; thousands that are begun in one go keep whoever waits from being served. */
const SIZE = 200;

/** Does something with the disk for each of many, a slice after the other, so that others come to their turn in between. */
export async function inSlices<T, R>(all: readonly T[], act: (one: T) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (let start = 0; start < all.length; start += SIZE)
    done.push(...(await Promise.all(all.slice(start, start + SIZE).map(act))));
  return done;
}
