/** Which rows of a long list are drawn, where heads and rows are of different heights. Pure. */
export interface Window {
  readonly first: number;
  /** Not drawn any more. */
  readonly end: number;
}

/** More than are seen, so that scrolling shows no blanks. */
const SPARE = 12;

/** Where each row begins, and after the last one where the list ends. In pixels. */
export type Tops = readonly number[];

export function topsOf(heights: readonly number[]): Tops {
  const tops = [0];
  for (const [index, height] of heights.entries()) tops.push((tops[index] ?? 0) + height);
  return tops;
}

export function windowOf(tops: Tops, top: number, height: number): Window {
  const count = tops.length - 1;
  const first = Math.max(0, lastAt(tops, top) - SPARE);
  const end = Math.min(count, lastAt(tops, top + height) + 1 + SPARE);
  return { first: Math.min(first, end), end };
}

/** The last row that begins at a place or before. */
function lastAt(tops: Tops, place: number): number {
  let [from, to] = [0, tops.length - 1];
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    if ((tops[middle] ?? 0) <= place) from = middle;
    else to = middle - 1;
  }
  return from;
}

/** Where to scroll so that a row is seen whole; undefined where it is. */
export function scrollFor(index: number, tops: Tops, top: number, height: number): number | undefined {
  const [start = 0, end = start] = tops.slice(index, index + 2);
  if (start < top) return start;
  if (end > top + height) return end - height;
  return undefined;
}
