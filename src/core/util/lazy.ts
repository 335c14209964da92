/** A value computed at its first use and kept. */
export interface Lazy<T> {
  (): T;
  /** The value, if it was computed already. */
  known(): T | undefined;
}

export function lazy<T>(compute: () => T): Lazy<T> {
  let value: { readonly it: T } | undefined;
  const get = () => {
    value ??= { it: compute() };
    return value.it;
  };
  return Object.assign(get, { known: () => value?.it });
}
