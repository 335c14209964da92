/** A command line → what must be allowed for it to run, and what speaks against any rule that would. */
import { climbs, joinPath, relativePath } from '../../util/path';
import { protectedName } from '../places/protectedPlaces';
import type { Call, Need } from './model';
import { type ParsedCommand, parseCommand, type SimpleCommand } from './parseCommand';
import { isSink, type Places, pathInside, placesOf } from './places';
import { ANY_READ, ANY_WRITE, touchesOnlyNamed } from './reach';
import { spell } from './shellWords';
import { programName, wrapperReason } from './wrappers';

export interface AnalysedCommand extends Call {
  readonly places: Places;
}

/** How deep a command in a command's argument is looked for; for rules that deny. */
const MAX_DEPTH = 3;
const MAX_ALIKE = 400;

/** @param root the workspace folder; where it has a drive letter, commands go to a shell that is not read here */
export function analyseCommand(command: string, root: string): AnalysedCommand {
  if (/^[a-zA-Z]:/.test(root)) return unreadCommand(command, root);
  const parsed = parseCommand(command);
  const places = placesOf(parsed, root);
  const redirects = parsed.redirects.filter(({ word }) => !isSink(word));
  const files = redirects.flatMap(({ word, writes }) => {
    const path = pathInside(word, root);
    return path === undefined ? [] : [fileNeed(writes ? 'fs_write' : 'fs_read', path, root)];
  });
  const shell = parsed.commands.map(shellNeed);
  const unclear =
    parsed.unclear ??
    parsed.commands.map(({ words }) => wrapperReason(words)).find(Boolean) ??
    (parsed.loops && places.moves.length > 0 ? 'It changes the folder in a loop.' : undefined);
  // Of a line that cannot be read, the whole is one more command: some rule may deny it.
  const whole = unclear === undefined ? [] : [wholeNeed(command, shell.length)];
  const named = places.paths.filter(({ path }) => !climbs(path));
  const mentions = named.flatMap(({ path }) => [
    fileNeed('fs_read', path, root),
    fileNeed('fs_write', path, root),
  ]);
  return {
    needs: [...distinct(shell), ...files, ...whole.flat()],
    mentions,
    unnamed: unclear === undefined && parsed.commands.every(touchesOnlyNamed) ? [] : [ANY_READ, ANY_WRITE],
    unclear,
    guarded: places.guarded,
    places,
  };
}

/** PowerShell and cmd have grammars of their own: the whole line is one thing to allow, and what it names is guessed. */
function unreadCommand(command: string, root: string): AnalysedCommand {
  const hit = protectedName(command.replace(/\\/g, '/'));
  const guarded =
    hit === undefined
      ? placesOf(parseCommand(command), root).guarded
      : `It names ${hit}, which only you change.`;
  return {
    needs: wholeNeed(command, 0),
    mentions: [],
    unnamed: [ANY_READ, ANY_WRITE],
    unclear: 'Commands of PowerShell and cmd are not read here, so each is asked with its whole text.',
    guarded,
    places: { paths: [], moves: [], guarded },
  };
}

export function fileNeed(capability: 'fs_read' | 'fs_write', path: string, root: string): Need {
  const whole = joinPath(root, path);
  return { capability, text: relativePath(root, whole) ?? path, same: [whole], alike: [] };
}

function wholeNeed(command: string, others: number): readonly Need[] {
  const words = command.trim().split(/\s+/);
  const tails = words.slice(0, MAX_ALIKE).map((_, index) => words.slice(index).join(' '));
  return others > 0 ? [] : [{ capability: 'shell', text: command.trim(), same: [], alike: tails }];
}

function shellNeed(command: SimpleCommand): Need {
  return {
    capability: 'shell',
    text: spell(command.words),
    same: [],
    alike: [...alike(command, 0)].slice(0, MAX_ALIKE),
  };
}

/** Other spellings of the same, and what runs inside it: from each word on, and in words that are programs. */
function* alike({ words }: SimpleCommand, depth: number): Generator<string> {
  const values = words.map(({ value }) => value);
  for (let from = 0; from < values.length && (from === 0 || wrapperReason(words)); from++) {
    const [name = '', ...rest] = values.slice(from);
    yield [name, ...rest].join(' ');
    yield [programName(name), ...rest].join(' ');
  }
  if (depth >= MAX_DEPTH) return;
  for (const { value } of words.slice(1)) {
    if (!/\s/.test(value) || value.length > 2000) continue;
    const inner: ParsedCommand = parseCommand(value);
    for (const command of inner.commands) yield* alike(command, depth + 1);
  }
}

function distinct(needs: readonly Need[]): readonly Need[] {
  const texts = needs.map(({ text }) => text);
  return needs.filter(({ text }, index) => texts.indexOf(text) === index);
}
