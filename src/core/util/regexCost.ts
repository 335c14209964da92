/**
 * How long a regular expression can take at the worst. JavaScript's engine goes back and tries again, so that a pattern of
 * a repository, or of a model, could hold up the editor: what may take exponential time is refused, and what may take
 * polynomial time is only given subjects that are short enough for it.
 */
import { createSigns } from './signs';

/**
 * `wild`: parts of any length that can share one stretch of the subject, each of which multiplies the time by its length;
 * `ways`: how often it chooses beside that, as among alternatives.
 */
export type RegexCost = { readonly wild: number; readonly ways: number } | { readonly why: string };

/** Parts of any length, at the most. */
const MAX_WILD = 6;
/** Steps that one test may take: some tens of milliseconds. */
const STEPS = 5e7;

export const NESTED =
  'It repeats what is itself of varying length, as in (a+)+, which can take for ever. Write it without the outer repetition.';
/** Characters: an expression that may look at no more is of no use. */
const SHORTEST = 50;
const TOO_MANY = 'It can be read in too many ways (| or ?), which can take for ever. Write it with fewer.';
const TOO_WILD = `It has more than ${MAX_WILD} parts of any length (* or +) that can take the same text, which can take for ever. Write it with fewer.`;

/** @param source What `RegExp` takes already. */
export function regexCost(source: string): RegexCost {
  const reader = createReader(source);
  const whole = reader.alternatives();
  if (reader.nested) return { why: NESTED };
  const wild = Math.max(...whole.alternatives.map((each) => wildFrom(each, reader.all)));
  if (wild > MAX_WILD) return { why: TOO_WILD };
  return longestFor(wild, whole.ways) < SHORTEST ? { why: TOO_MANY } : { wild, ways: whole.ways };
}

/** The longest subject that is tested within the time. */
export function longestFor(wild: number, ways = 1): number {
  const steps = (STEPS / ways) * factorial(wild);
  return Math.min(100_000, Math.floor(wild === 0 ? steps : steps ** (1 / wild)));
}

/** The most steps that a test of a subject of this length takes. */
export function stepsFor(length: number, wild: number, ways: number): number {
  return (ways * length ** wild) / factorial(wild);
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** Where nothing ties it to the beginning, it is tried from every place: as if anything stood before it. */
function wildFrom(parts: readonly Part[], all: bigint): number {
  const isTied = parts[0]?.character === '^';
  const any: Part = { character: '.', takes: all, least: 0, repeats: { ...ONCE, endless: true } };
  return wildIn(isTied ? untilSure(parts) : [any, ...untilSure(parts)]);
}

/** Without the end that cannot fail any more: nothing is tried again for it. */
function untilSure(parts: readonly Part[]): readonly Part[] {
  const last = parts.at(-1);
  if (last?.character === undefined || last.takes === 0n || last.tellsBack) return parts;
  if (last.least === 0) return untilSure(parts.slice(0, -1));
  return last.least === 1 ? [...parts.slice(0, -1), { ...last, repeats: ONCE }] : parts;
}

interface Part {
  /** One character: a literal, an escape, a class, a dot. */
  readonly character?: string;
  readonly group?: Body;
  /** The characters that can be in what it takes, and how many it takes at the least. */
  readonly takes: bigint;
  readonly least: number;
  /** It says again what a group has taken, of any length. */
  readonly tellsBack?: boolean;
  readonly repeats: Repeats;
}

interface Repeats {
  /** Of another length than one time the same. */
  readonly varies: boolean;
  /** How many lengths it may have; 1 where that is any. */
  readonly ways: number;
  readonly many: boolean;
  readonly endless: boolean;
  readonly least: number;
}

interface Body {
  readonly alternatives: readonly (readonly Part[])[];
  readonly wild: number;
  readonly ways: number;
  readonly varies: boolean;
  readonly takes: bigint;
  readonly least: number;
}

const ONCE: Repeats = { varies: false, ways: 1, many: false, endless: false, least: 1 };
const SIGNS: Readonly<Record<string, Repeats>> = {
  '?': { varies: true, ways: 2, many: false, endless: false, least: 0 },
  '*': { varies: true, ways: 1, many: true, endless: true, least: 0 },
  '+': { varies: true, ways: 1, many: true, endless: true, least: 1 },
};
/** More often than this counts as any number of times. */
const OFTEN = 16;

function createReader(source: string) {
  const signs = createSigns(source);
  let at = 0;
  let nested = false;

  function alternatives(): Body {
    const all: (readonly Part[])[] = [];
    do all.push(sequence());
    while (take('|'));
    const parts = all.flat();
    return {
      alternatives: all,
      // One after the other is tried: the worst decides, and each adds its own ways.
      wild: Math.max(...all.map(wildIn)),
      ways: all.reduce((sum, each) => sum + each.reduce((product, part) => product * waysOf(part), 1), 0),
      varies: parts.some(({ repeats, group }) => repeats.varies || group?.varies === true),
      takes: parts.reduce((sum, part) => sum | part.takes, 0n),
      least: Math.min(...all.map((each) => each.reduce((sum, part) => sum + part.least, 0))),
    };
  }

  function sequence(): readonly Part[] {
    const parts: Part[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const part = next();
      if (part.group && part.repeats.many && !isSafeToRepeat(part.group)) nested = true;
      parts.push(part);
    }
    return parts;
  }

  function next(): Part {
    if (take('(')) {
      const head = /^\?(?:[:=!]|<[=!]|<[^>]*>|[a-z-]+:)/.exec(source.slice(at));
      at += head?.[0].length ?? 0;
      const group = alternatives();
      take(')');
      const times = repeats();
      // What looks ahead or back takes nothing.
      const least = /[=!]$/.test(head?.[0] ?? '') ? 0 : group.least * times.least;
      return { group, repeats: times, takes: group.takes, least };
    }
    const start = at;
    if (take('[')) skipClass();
    else if (take('\\')) skipEscape();
    else at++;
    const character = source.slice(start, at);
    if (/^(?:\^|\$|\\[bB])$/.test(character)) return { character, repeats: ONCE, takes: 0n, least: 0 };
    const tellsBack = /^\\[1-9k]/.test(character);
    const times = repeats();
    const least = tellsBack ? 0 : times.least;
    return { character, repeats: times, takes: signs.takenBy(character), least, tellsBack };
  }

  function skipClass(): void {
    while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
    at++;
  }

  function skipEscape(): void {
    const long = /^(?:u\{[^}]*\}|u[0-9a-f]{4}|x[0-9a-f]{2}|[pP]\{[^}]*\}|k<[^>]*>|c[a-z]|\d+)/i.exec(
      source.slice(at),
    );
    at += long?.[0].length ?? 1;
  }

  function repeats(): Repeats {
    const found = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/.exec(source.slice(at));
    if (!found) return ONCE;
    at += found[0].length;
    const [text, low = '', comma, high = ''] = found;
    const sign = SIGNS[text[0] ?? ''];
    if (sign) return sign;
    const most = comma === undefined ? Number(low) : high === '' ? Number.POSITIVE_INFINITY : Number(high);
    const varies = most !== Number(low);
    const endless = most > OFTEN && varies;
    return {
      varies,
      ways: endless ? 1 : most - Number(low) + 1,
      many: most > 1,
      endless,
      least: Number(low),
    };
  }

  function take(character: string): boolean {
    if (source[at] !== character) return false;
    at++;
    return true;
  }

  return {
    alternatives,
    all: signs.all,
    get nested() {
      return nested;
    },
  };
}

/** The most that one stretch of a subject can be shared among. */
function wildIn(parts: readonly Part[]): number {
  const wild = parts.flatMap((part, at) => (wildOf(part) > 0 ? [at] : []));
  if (wild.length > 10 * MAX_WILD) return wild.length;
  const most: number[] = [];
  for (const [index, at] of wild.entries()) {
    const before = most.filter((_, other) => canShare(parts, wild[other] ?? 0, at));
    most[index] = wildOf(parts[at] as Part) + Math.max(0, ...before);
  }
  return Math.max(0, ...most);
}

/** Is there a text that both could take, and all that has to be between them? */
function canShare(parts: readonly Part[], from: number, to: number): boolean {
  const common = (parts[from]?.takes ?? 0n) & (parts[to]?.takes ?? 0n);
  const isPassed = ({ least, takes }: Part) => least === 0 || (takes & common) !== 0n;
  return common !== 0n && parts.slice(from + 1, to).every(isPassed);
}

function wildOf({ repeats, group, tellsBack }: Part): number {
  return (repeats.endless ? 1 : 0) + (group?.wild ?? 0) + (tellsBack ? 1 : 0);
}

function waysOf({ repeats, group }: Part): number {
  return repeats.ways * (group?.ways ?? 1);
}

/** Can a repetition of it be read in one way only? */
function isSafeToRepeat({ alternatives, varies }: Body): boolean {
  const [only = [], ...others] = alternatives;
  if (others.length > 0) {
    const firsts = alternatives.map(([first]) => first?.character ?? '');
    return !varies && firsts.every(isLiteral) && new Set(firsts).size === firsts.length;
  }
  if (!varies) return true;
  // ([^/]+/)*: each round ends, or begins, where a sign is that no other part of it takes.
  const varying = only.filter(({ repeats, group }) => repeats.varies || group !== undefined);
  const [part] = varying;
  if (varying.length !== 1 || part?.character === undefined) return false;
  const class_ = part.character;
  return [only[0], only.at(-1)].some(
    (edge) =>
      edge?.character !== undefined &&
      edge.repeats === ONCE &&
      isLiteral(edge.character) &&
      !new RegExp(`^(?:${class_})$`).test(edge.character.replace(/^\\/, '')),
  );
}

/** A sign that stands for itself. */
function isLiteral(character: string): boolean {
  return /^(?:[^\\[.^$]|\\[^a-zA-Z0-9])$/.test(character);
}
