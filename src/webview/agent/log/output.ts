/** What a command printed, as text to read. Pure. */

// Colours, cursor moves and window titles are for terminals.
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are made of them
const ESCAPES = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** Lines without escape sequences; where a line was overwritten, what it said last. */
export function outputLines(output: string): readonly string[] {
  const text = output.replace(ESCAPES, '').replaceAll('\r\n', '\n').trimEnd();
  if (text === '') return [];
  return text.split('\n').map((line) => line.replace(/\r+$/, '').split('\r').at(-1) ?? '');
}

export const TAIL_LINES = 8;

export interface Tail {
  readonly lines: readonly string[];
  /** Lines before them that are left out. */
  readonly hidden: number;
}

/** The last lines, or all when there are hardly more. */
export function tailOf(lines: readonly string[], whole: boolean): Tail {
  if (whole || lines.length <= TAIL_LINES + 1) return { lines, hidden: 0 };
  return { lines: lines.slice(-TAIL_LINES), hidden: lines.length - TAIL_LINES };
}

// Controls, zero-width characters, and those that turn the direction of what follows.
const HIDDEN = /[^\P{C}\n\t]/gu;

/** Text that is to be agreed to, with nothing hidden in it: what cannot be seen is written as its code. */
export function nothingHidden(text: string): string {
  return text.replace(HIDDEN, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}
