/**
 * How long a regular expression can take at the worst. JavaScript's engine goes back and tries again, so that a pattern of
 * a repository could hold up the editor: what may take exponential time is refused, and what may take polynomial time is
 * only given subjects that are short enough for it.
 */

/**
 * `wild`: parts that can be of any length, each of which multiplies the time by that of the subject; `ways`: how often it
 * chooses beside that, as among alternatives.
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
const TOO_WILD = `It has more than ${MAX_WILD} parts of any length (* or +), which can take for ever. Write it with fewer.`;

/** @param source What `RegExp` takes already. */
export function regexCost(source: string): RegexCost {
  const reader = createReader(source);
  const whole = reader.alternatives();
  if (reader.nested) return { why: NESTED };
  // Where nothing ties it to the beginning, it is tried from every place.
  const wild = whole.wild + (source.startsWith('^') ? 0 : 1);
  if (wild > MAX_WILD) return { why: TOO_WILD };
  return longestFor(wild, whole.ways) < SHORTEST ? { why: TOO_MANY } : { wild, ways: whole.ways };
}

/** The longest subject that is tested within the time. */
export function longestFor(wild: number, ways = 1): number {
  let factorial = 1;
  for (let n = 2; n <= wild; n++) factorial *= n;
  const steps = (STEPS / ways) * factorial;
  return Math.min(100_000, Math.floor(wild === 0 ? steps : steps ** (1 / wild)));
}

interface Part {
  /** One character: a literal, an escape, a class, a dot. */
  readonly character?: string;
  readonly group?: Body;
  readonly repeats: Repeats;
}

interface Repeats {
  /** Of another length than one time the same. */
  readonly varies: boolean;
  /** How many lengths it may have; 1 where that is any. */
  readonly ways: number;
  readonly many: boolean;
  readonly endless: boolean;
}

interface Body {
  readonly alternatives: readonly (readonly Part[])[];
  readonly wild: number;
  readonly ways: number;
  readonly varies: boolean;
}

const ONCE: Repeats = { varies: false, ways: 1, many: false, endless: false };
/** More often than this counts as any number of times. */
const OFTEN = 16;

function createReader(source: string) {
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
      wild: Math.max(...all.map((each) => each.reduce((sum, part) => sum + wildOf(part), 0))),
      ways: all.reduce((sum, each) => sum + each.reduce((product, part) => product * waysOf(part), 1), 0),
      varies: parts.some(({ repeats, group }) => repeats.varies || group?.varies === true),
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
      return { group, repeats: repeats() };
    }
    const start = at;
    if (take('[')) skipClass();
    else if (take('\\')) skipEscape();
    else at++;
    const character = source.slice(start, at);
    return { character, repeats: /^(?:\^|\$|\\[bB])$/.test(character) ? ONCE : repeats() };
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
    if (text.startsWith('?')) return { varies: true, ways: 2, many: false, endless: false };
    if (!text.startsWith('{')) return { varies: true, ways: 1, many: true, endless: true };
    const most = comma === undefined ? Number(low) : high === '' ? Number.POSITIVE_INFINITY : Number(high);
    const varies = most !== Number(low);
    const endless = most > OFTEN && varies;
    return { varies, ways: endless ? 1 : most - Number(low) + 1, many: most > 1, endless };
  }

  function take(character: string): boolean {
    if (source[at] !== character) return false;
    at++;
    return true;
  }

  return {
    alternatives,
    get nested() {
      return nested;
    },
  };
}

function wildOf({ repeats, group }: Part): number {
  return (repeats.endless ? 1 : 0) + (group?.wild ?? 0);
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
