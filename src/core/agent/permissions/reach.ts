/** What a command reads and writes beside what it names: nothing, or nobody knows what. */
import type { Need } from './model';
import type { SimpleCommand } from './parseCommand';

const READERS = new Set(
  'cat head tail wc ls stat pwd cd echo printf basename dirname true false : exit'.split(' '),
);

/** Does it read what it names, at the most, and write nothing? A long option may name a list of files. */
export function touchesOnlyNamed({ words }: SimpleCommand): boolean {
  const [first, ...rest] = words.map(({ value }) => value);
  return READERS.has(first ?? '') && !rest.some((word) => /^--./.test(word));
}

/** Stands for each file that is not named, in a folder or not: only a rule about all of them holds for it. */
export const ANY_READ: Need = { capability: 'fs_read', text: '\0/\0', same: [], alike: ['\0'] };
export const ANY_WRITE: Need = { ...ANY_READ, capability: 'fs_write' };

export function isAnyFile({ text }: Need): boolean {
  return text === ANY_READ.text;
}
