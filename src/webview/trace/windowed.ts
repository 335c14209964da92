/** Which rows of a long list are drawn. Pure. */
export interface Window {
  readonly first: number;
  /** Not drawn any more. */
  readonly end: number;
}

/** More than are seen, so that scrolling shows no blanks. */
const SPARE = 12;

export function windowOf(count: number, rowHeight: number, top: number, height: number): Window {
  const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + SPARE);
  return { first: Math.min(first, end), end };
}

/** Where to scroll so that a row is seen whole; undefined where it is. */
export function scrollFor(index: number, rowHeight: number, top: number, height: number): number | undefined {
  const start = index * rowHeight;
  if (start < top) return start;
  if (start + rowHeight > top + height) return start + rowHeight - height;
  return undefined;
}
