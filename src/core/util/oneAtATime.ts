/**
 * An act that asks: done again while it is under way, it does nothing. A key can be pressed faster than a question appears,
 * and nobody wants the same question twice.
 */
export function oneAtATime<A extends readonly unknown[]>(
  act: (...args: A) => Promise<void>,
): (...args: A) => Promise<void> {
  let isUnderWay = false;
  return async (...args) => {
    if (isUnderWay) return;
    isUnderWay = true;
    try {
      await act(...args);
    } finally {
      isUnderWay = false;
    }
  };
}
