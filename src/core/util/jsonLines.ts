/** One JSON value a line: how logs and records are kept, so that appends are atomic and branches merge. */

/** Values of the lines that are whole; a torn or foreign line is left out and counted. */
export function parseJsonLines(text: string): {
  readonly values: readonly unknown[];
  readonly damaged: number;
} {
  const values: unknown[] = [];
  let damaged = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    try {
      values.push(JSON.parse(line));
    } catch {
      damaged++;
    }
  }
  return { values, damaged };
}
