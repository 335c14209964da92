/**
 * The new value, with every part that did not change replaced by the old object. Each message from the host
 * is a fresh copy of everything; after this, `===` says again what changed, and memoised parts stay as they are.
 */
export function reuse<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (Array.isArray(previous) && Array.isArray(next)) return reuseArray(previous, next) as T;
  if (isPlain(previous) && isPlain(next)) return reuseRecord(previous, next) as T;
  return next;
}

function reuseArray(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const merged = next.map((item, index) => reuse(previous[index], item));
  return merged.length === previous.length && merged.every((item, i) => item === previous[i])
    ? previous
    : merged;
}

type Plain = Readonly<Record<string, unknown>>;

function reuseRecord(previous: Plain, next: Plain): Plain {
  const keys = Object.keys(next);
  const merged = Object.fromEntries(keys.map((key) => [key, reuse(previous[key], next[key])]));
  const same =
    keys.length === Object.keys(previous).length &&
    keys.every((key) => key in previous && merged[key] === previous[key]);
  return same ? previous : merged;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
