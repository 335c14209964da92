/** The words of a shell command: what each one is, as far as that is written there. */
import type { CommandArgument, Word, WordPart } from 'unbash';

export interface ShellWord {
  /** What the program gets, where `known`; else as it is written. */
  readonly value: string;
  /** Nothing of it is found out only when it runs. */
  readonly known: boolean;
  /** Stands for the files that match it. */
  readonly glob: boolean;
  /** Begins with a tilde that is not quoted. */
  readonly home: boolean;
}

export function shellWord(word: CommandArgument): ShellWord {
  const home = /^~|[=:]~/.test(word.text);
  // `declare a=b` and its like.
  if (word.type === 'Assignment') return { value: word.text, known: false, glob: false, home };
  const parts = word.parts ?? [];
  const known = parts.every(isKnown);
  return {
    value: known ? word.value : word.text,
    known,
    glob: parts.some(({ type }) => type === 'Glob'),
    home,
  };
}

function isKnown(part: WordPart): boolean {
  switch (part.type) {
    case 'Literal':
    case 'Glob':
    case 'SingleQuoted':
      return true;
    case 'DoubleQuoted':
      return part.parts.every(isKnown);
    default:
      return isCount(part);
  }
}

/** `$?` and its like: a number, whatever happens. */
function isCount(part: WordPart): boolean {
  return part.type === 'SimpleExpansion' && /^\$[?#$!]$/.test(part.text);
}

/** Does a word hold the value of a variable? */
export function readsVariable(word: Word): boolean {
  const reads = (part: WordPart): boolean =>
    part.type === 'DoubleQuoted'
      ? part.parts.some(reads)
      : (part.type === 'SimpleExpansion' && !isCount(part)) || part.type === 'ParameterExpansion';
  return (word.parts ?? []).some(reads);
}

/** The plainest spelling of a simple command: one blank between words, quotes only where they are needed. */
export function spell(words: readonly ShellWord[]): string {
  return words.map(({ value, known, glob }) => (known && !glob ? quote(value) : value)).join(' ');
}

function quote(value: string): string {
  if (/^[\p{L}\p{N}_@%+=:,./~^-]+$/u.test(value)) return value;
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
