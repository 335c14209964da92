/** A model's answer in parts, and the document that it makes of one: nothing changes but what was asked about. */
import { joinParts, type Part, partOf, partsOfText } from '../../spec/merge/parts';
import type { DocumentKind } from '../../spec/model';
import { attribute } from '../prompts/material';
import { addPart } from './addedParts';
import type { Slice } from './reach';

export interface PartAnswer {
  /** Of the part; `new` for one that is added. */
  readonly id: string;
  readonly text: string;
}

/** Undefined where the answer holds neither a part nor the word that none changes, or where it is cut off. */
export function readPartAnswers(answer: string): readonly PartAnswer[] | undefined {
  const whole = /<part id="([^"\n]*)">[ \t]*\n?([\s\S]*?)\n?[ \t]*<\/part>/g;
  const parts = [...answer.matchAll(whole)].map(([, id = '', text = '']) => ({ id, text }));
  if (/<part id="/.test(answer.replace(whole, ''))) return undefined;
  return parts.length > 0 || /<none\s*\/>/.test(answer) ? parts : undefined;
}

export interface Composed {
  readonly text: string;
  /** What of the answer was left out, for a person to read. */
  readonly notes: readonly string[];
}

/**
 * @param slices The parts that may be changed.
 * @param adds May tasks (of a design: properties) be added?
 */
export function applyAnswers(
  kind: DocumentKind,
  text: string,
  slices: readonly Slice[],
  answers: readonly PartAnswer[],
  adds: boolean,
): Composed {
  let parts = partsOfText(kind, text);
  const names = new Set(parts.map(({ id }) => id));
  const notes: string[] = [];
  const done = new Set<string>();
  for (const { id, text: words } of answers) {
    // As the request spells it: a name of the document’s may hold what no attribute can.
    const index = slices.find(({ key }) => key === id || attribute(key) === id)?.index;
    const unwanted = id === 'new' ? newWords(adds) : partWords(id, index, names, done);
    const next = unwanted === undefined ? withAnswer(kind, parts, index, words) : undefined;
    if (next === undefined)
      notes.push(unwanted ?? `The model’s words for “${id}” are not that part alone, so they were left out.`);
    parts = next ?? parts;
    done.add(id);
  }
  return { text: joinParts(parts, text), notes };
}

function newWords(adds: boolean): string | undefined {
  return adds
    ? undefined
    : 'The model also wrote something new: left out, because nothing new was asked for.';
}

/** Why an answer for a part is not wanted. */
function partWords(
  id: string,
  index: number | undefined,
  names: ReadonlySet<string>,
  done: ReadonlySet<string>,
): string | undefined {
  if (index === undefined) {
    const why = names.has(id) ? 'no link leads to it' : 'there is no such part';
    return `The model also answered for “${id}”: left out, because ${why}.`;
  }
  return done.has(id) ? `The model answered twice for “${id}”: the second was left out.` : undefined;
}

function withAnswer(
  kind: DocumentKind,
  parts: readonly Part[],
  index: number | undefined,
  words: string,
): readonly Part[] | undefined {
  return index === undefined ? addPart(kind, parts, words) : replacePart(kind, parts, index, words);
}

/** Undefined where the words are more or less than one part of that name. */
function replacePart(
  kind: DocumentKind,
  parts: readonly Part[],
  index: number,
  words: string,
): readonly Part[] | undefined {
  const old = parts[index];
  if (old === undefined) return undefined;
  const given = partOf(old.id, indented(words, `${old.number}${old.words}`));
  if (given.words === old.words) return parts;
  // What was done was done in other words: no evidence speaks for these.
  const number = old.number.replace(/\[[xX~-]\]/, '[ ]');
  const next = parts.map((part, at) => (at === index ? { ...old, number, words: given.words } : part));
  const ids = (list: readonly Part[]) => list.map(({ id }) => id).join('\n');
  return ids(partsOfText(kind, joinParts(next, '\n'))) === ids(parts) ? next : undefined;
}

/** As deep as what it takes the place of: models drop the blanks before a sub-task. */
function indented(words: string, like: string): string {
  const text = words.replace(/\r\n?/g, '\n').replace(/^\n+/, '').trimEnd();
  const own = /^ */.exec(text)?.[0] ?? '';
  const wanted = /^ */.exec(like)?.[0] ?? '';
  if (own === wanted) return text;
  return text
    .split('\n')
    .map((line) => (line.startsWith(own) ? (line === '' ? line : wanted + line.slice(own.length)) : line))
    .join('\n');
}
