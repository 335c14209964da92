/**
 * A criterion as what can be compared by its words: who, under which guard, does or does not do what to what, within
 * which bounds. Two criteria of one bucket speak about the same.
 */
import type { Criterion } from '../../../ears/model';
import type { Requirement, RequirementsDocument } from '../../../spec/model';
import { foldName } from '../../foldName';
import { type Bound, readBounds } from './bounds';

export interface Frame {
  readonly criterion: Criterion;
  readonly requirement: Requirement;
  readonly verb: string;
  readonly negative: boolean;
  /** What is done to what, in its order: “ask a to rate b” is not “ask b to rate a”. */
  readonly said: string;
  readonly bounds: readonly Bound[];
}

const GUARDS = new Set(['where', 'while', 'when', 'if', 'quantifier', 'text']);
const STOP = new Set(
  'a an the of to in on at for from by with and or is are was were be been has have had that this these its it as into onto their all any each every then shall'.split(
    ' ',
  ),
);
const WORD = /[\p{L}\p{N}_]+(?:[.'-][\p{L}\p{N}_]+)*/gu;
const NUMBERS = /\d+/g;
const ADVERB = /^(?:also|then|only|still|always|immediately|automatically|\w+ly)$/;

const known = new WeakMap<RequirementsDocument, readonly (readonly Frame[])[]>();

/** The criteria that speak about the same, in buckets of at least two. */
export function bucketsOf(
  document: RequirementsDocument,
  requirements: readonly Requirement[],
): readonly (readonly Frame[])[] {
  let result = known.get(document);
  if (result === undefined) {
    result = readBuckets(requirements);
    known.set(document, result);
  }
  return result;
}

function readBuckets(requirements: readonly Requirement[]): readonly (readonly Frame[])[] {
  const buckets = new Map<string, Frame[]>();
  // Reading a frame is dear, so first those are left out that share system and numbers with no other criterion, then
  // those that share the words of their guards with none.
  const all = requirements.flatMap((requirement) =>
    requirement.criteria.map((criterion) => ({ requirement, criterion })),
  );
  const alike = sharing(sharing(all, systemAndNumbers), guardHash);
  for (const { requirement, criterion } of alike) {
    const read = readFrame(criterion, requirement);
    if (read === undefined) continue;
    const bucket = buckets.get(read.key);
    if (bucket === undefined) buckets.set(read.key, [read.frame]);
    else bucket.push(read.frame);
  }
  return [...buckets.values()].filter((bucket) => bucket.length > 1);
}

interface Placed {
  readonly requirement: Requirement;
  readonly criterion: Criterion;
}

/** Those that share something with another, in their order. */
function sharing(placed: readonly Placed[], of: (criterion: Criterion) => unknown): readonly Placed[] {
  const keys = placed.map(({ criterion }) => of(criterion));
  const once = new Set<unknown>();
  const more = new Set<unknown>();
  for (const key of keys) (once.has(key) ? more : once).add(key);
  return placed.filter((_, index) => more.has(keys[index]));
}

/** The system, and the numbers of the guards in any order. */
function systemAndNumbers({ clauses }: Criterion): string {
  let key = '';
  let numbers: string[] | undefined;
  for (const { role, text } of clauses) {
    if (role === 'system') key = foldName(text);
    const own = GUARDS.has(role) ? text.match(NUMBERS) : null;
    if (own !== null) numbers = numbers === undefined ? own : [...numbers, ...own];
  }
  return numbers === undefined ? key : `${key} ${numbers.sort().join(' ')}`;
}

/** The same for guards of the same words, in any order; now and then for others, too. Without any allocation. */
function guardHash({ clauses }: Criterion): number {
  let sum = 0;
  for (const { role, text } of clauses) if (GUARDS.has(role)) sum = (sum + hashOfWords(text)) | 0;
  return sum;
}

function hashOfWords(text: string): number {
  let sum = 0;
  let word = 0;
  let length = 0;
  let first = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) | 32 : 32;
    if (!isWordCode(code)) {
      // Short words are left out, numbers are not.
      if (length > 3 || isDigitCode(first)) sum = (sum + Math.imul(word + (first << 16), 0x9e3779b1)) | 0;
      word = length = first = 0;
      continue;
    }
    if (length++ === 0) first = code;
    // A plural's ending counts nothing.
    if (code !== 115) word = Math.imul(word, 31) + code;
  }
  return sum;
}

function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || isDigitCode(code) || code > 127;
}

function readFrame(
  criterion: Criterion,
  requirement: Requirement,
): { readonly key: string; readonly frame: Frame } | undefined {
  const { clauses } = criterion;
  const response = clauses.find(({ role }) => role === 'response');
  const system = clauses.find(({ role }) => role === 'system');
  if (response === undefined || system === undefined || response.text === '') return undefined;
  const guard = clauses
    .filter(({ role }) => GUARDS.has(role))
    .map(({ role, text }) => `${role === 'if' ? 'when' : role} ${wordsOf(text).sort().join(' ')}`);
  const text = response.text.replace(/^never\b/i, '');
  const words = wordsOf(text);
  const verbAt = words.findIndex((word) => !ADVERB.test(word));
  const verb = words[verbAt];
  if (verb === undefined) return undefined;
  const bounds = readBounds(text);
  const object = wordsOf(bounds.rest).filter((word) => word !== verb && !ADVERB.test(word));
  const negative = /\bnot$/i.test(response.keyword) || /^never\b/i.test(response.text);
  return {
    key: `${foldName(system.text)}|${guard.join(';')}|${[...new Set(object)].sort().join(' ')}`,
    frame: { criterion, requirement, verb, negative, said: object.join(' '), bounds: bounds.bounds },
  };
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(WORD) ?? [])
    .filter((word) => !STOP.has(word))
    .map((word) => (word.length > 3 ? word.replace(/(?<=[^s])s$/, '') : word));
}

/** The first two of a bucket, in order, that something holds for; each later one is told of once. */
export function clashes(
  buckets: readonly (readonly Frame[])[],
  clash: (earlier: Frame, later: Frame) => boolean,
): readonly (readonly [earlier: Frame, later: Frame])[] {
  return buckets.flatMap((bucket) =>
    bucket.flatMap((later, index) => {
      const earlier = bucket.slice(0, index).find((other) => clash(other, later));
      return earlier === undefined ? [] : [[earlier, later] as const];
    }),
  );
}
