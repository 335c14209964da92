/** What a command says: results on standard output, everything about them on standard error. */
import type { Environment } from './command';
import { printable } from './printable';

export interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue';
/** The text in a style, or as it is where colours are not wanted. */
export type Paint = (style: Style, text: string) => string;

export interface Output {
  write(text: string): void;
  line(text?: string): void;
  /** The value on one line. */
  json(value: unknown): void;
  /** To standard error. */
  say(text: string): void;
  /** Why it did not work; to standard error. */
  fail(reason: string): void;
  /** For standard output. */
  readonly paint: Paint;
}

export interface OutputOptions {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Environment;
}

const CODES: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
};

/** Colours only on a terminal, and never where `NO_COLOR` is set (no-color.org). */
export function createOutput({ stdout, stderr, env }: OutputOptions): Output {
  const paint = painter(stdout, env);
  const paintError = painter(stderr, env);
  return {
    paint,
    write: (text) => void stdout.write(text),
    line: (text = '') => void stdout.write(`${text}\n`),
    json: (value) => void stdout.write(`${JSON.stringify(value)}\n`),
    say: (text) => void stderr.write(`${printable(text)}\n`),
    fail: (reason) => void stderr.write(`${paintError('red', 'earshot:')} ${printable(reason)}\n`),
  };
}

function painter(stream: Stream, env: Environment): Paint {
  if (!stream.isTTY || env.NO_COLOR || env.TERM === 'dumb') return (_, text) => text;
  return (style, text) => {
    const [on, off] = CODES[style];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}
