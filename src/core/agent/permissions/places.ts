/** The places that a command's words may name, whatever its programs take them for: too many rather than too few. */
import { climbs, isInside, joinPath, normalizePath, relativePath } from '../../util/path';
import { protectedName, protectedPart } from '../places/protectedPlaces';
import type { ParsedCommand } from './parseCommand';
import type { ShellWord } from './shellWords';

export interface Places {
  /** Relative to the workspace folder, or to what `cd` made of it; may have wildcards where `glob`. */
  readonly paths: readonly { readonly path: string; readonly glob: boolean }[];
  /** Folders that `cd` goes to, in order. */
  readonly moves: readonly string[];
  /** What is protected, in words. */
  readonly guarded: string | undefined;
}

const SINKS = new Set(['/dev/null', '/dev/stdin', '/dev/stdout', '/dev/stderr']);
const PRINTS = new Set(['echo', 'printf', 'true', 'false', ':', 'exit']);

export function placesOf({ commands, redirects }: ParsedCommand, root: string): Places {
  const paths: { path: string; glob: boolean }[] = [];
  const moves: string[] = [];
  let guarded: string | undefined;
  const name = (word: ShellWord): void => {
    guarded ??= guardedName(word);
    for (const piece of piecesOf(word.value)) {
      const away = leavesLexically(piece, root);
      if (away) guarded ??= `${piece} is outside the workspace folder.`;
      const path = isAbsolute(piece) ? relativePath(root, normalizePath(piece)) : piece;
      // What climbs may come back in from where `cd` went.
      if (path && (!away || climbs(path))) paths.push({ path, glob: word.glob });
    }
  };
  for (const { words } of commands) {
    const [first, ...rest] = words;
    if (first?.value === 'cd') {
      const [to, more] = rest;
      if (!to || more || to.value.startsWith('-') || to.glob)
        guarded ??= 'Where cd goes to is not written out.';
      else moves.push(to.value);
    }
    guarded ??= first && guardedName(first);
    for (const word of namingWords(words)) name(word);
  }
  for (const { word } of redirects) name(word);
  return { paths, moves, guarded };
}

/** Of a program without a folder no file of the workspace is run, and what is printed names none, unless the shell looks for it. */
function namingWords([first, ...rest]: readonly ShellWord[]): readonly ShellWord[] {
  const isLookedFor = ({ glob, home }: ShellWord) => glob || home;
  const isPrinted = PRINTS.has(first?.value ?? '');
  const program = first && (isLookedFor(first) || /[\\/]/.test(first.value)) ? [first] : [];
  return [...program, ...rest.filter((word) => !isPrinted || isLookedFor(word))];
}

/** Redirections to these are none. */
export function isSink({ value }: ShellWord): boolean {
  return SINKS.has(value);
}

/** The path of a word in the workspace; undefined where it leaves it. */
export function pathInside({ value, home }: ShellWord, root: string): string | undefined {
  if (home || leavesLexically(value, root)) return undefined;
  return relativePath(root, isAbsolute(value) ? normalizePath(value) : joinPath(root, value));
}

function guardedName({ value, glob, home }: ShellWord): string | undefined {
  if (home) return `${value} is outside the workspace folder.`;
  const hit = protectedName(value) ?? piecesOf(value).map(protectedPart).find(Boolean);
  if (hit) return `It names ${hit}, which only you change.`;
  // Wildcards leave names with a dot alone unless they begin with one.
  if (glob && /(?:^|\/)\.[^/]*[*?[]/.test(value)) return `${value} may stand for .git and its like.`;
  return undefined;
}

/** A word, what stands after its option letters, and what stands between its separators. */
function piecesOf(value: string): readonly string[] {
  // An address is no path, unless it is a file's.
  const text = value.replace(/\b(?!file:)[a-z][a-z\d+.-]+:\/\/[^\s,;]*/gi, '');
  const parts = [text, ...text.split(/[\s=:,;@'"()<>|&]+/)];
  const pieces = parts.flatMap((part) =>
    part.startsWith('-') ? [part.replace(/^-+[a-zA-Z]*/, ''), part.replace(/^-+[a-zA-Z]/, '')] : [part],
  );
  return [...new Set(pieces)].filter((piece) => piece !== '');
}

function leavesLexically(piece: string, root: string): boolean {
  if (SINKS.has(piece)) return false;
  if (piece.startsWith('~')) return true;
  if (isAbsolute(piece)) return !isInside(root, normalizePath(piece));
  return climbs(piece);
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-zA-Z]:[\\/]/.test(path);
}
