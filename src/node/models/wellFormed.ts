/** Halves of characters, as they are left where a text was cut. */
const HALVES = /\p{Surrogate}/gu;

/** The same with no half of a character in any of its texts: the service takes one for broken JSON, and so every later request with it. */
export function wellFormed<T>(value: T): T {
  return repair(value) as T;
}

function repair(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(HALVES, '\uFFFD');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(repair);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [repair(key), repair(each)]));
}
