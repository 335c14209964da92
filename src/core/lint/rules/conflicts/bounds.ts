/** Numbers with their units and directions: `at most 5 seconds` is everything up to 5,000 ms. */

export interface Bound {
  /** `ms`, `bytes`, `%`, or the noun that is counted. */
  readonly unit: string;
  readonly low: number;
  readonly high: number;
}

const UNITS: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  ms: ['ms', 1],
  millisecond: ['ms', 1],
  s: ['ms', 1000],
  sec: ['ms', 1000],
  second: ['ms', 1000],
  min: ['ms', 60_000],
  minute: ['ms', 60_000],
  h: ['ms', 3_600_000],
  hour: ['ms', 3_600_000],
  day: ['ms', 86_400_000],
  week: ['ms', 604_800_000],
  b: ['bytes', 1],
  byte: ['bytes', 1],
  kb: ['bytes', 1e3],
  mb: ['bytes', 1e6],
  gb: ['bytes', 1e9],
  tb: ['bytes', 1e12],
  kib: ['bytes', 1024],
  mib: ['bytes', 1024 ** 2],
  gib: ['bytes', 1024 ** 3],
  '%': ['%', 1],
  percent: ['%', 1],
};
const MOST =
  /\b(?:at\s+most|no\s+more\s+than|not\s+more\s+than|within|up\s+to|less\s+than|fewer\s+than|under|below|a?\s*maximum\s+of|max)\s*$/i;
const LEAST =
  /\b(?:at\s+least|no\s+(?:less|fewer)\s+than|not\s+less\s+than|more\s+than|over|above|exceeding|a?\s*minimum\s+of|min)\s*$/i;
const NUMBER =
  /(?<![\p{L}\p{N}_.,-])(\d{1,12}(?:[.,]\d{1,6})?)(?:\s*(?:-|–|to|and)\s*(\d{1,12}(?:[.,]\d{1,6})?))?\s*-?(%|[\p{L}]+)?/gu;

/** The bounds of a response in order, and its words without them. */
export function readBounds(text: string): { readonly bounds: readonly Bound[]; readonly rest: string } {
  const bounds: Bound[] = [];
  let rest = '';
  let copied = 0;
  for (const match of text.matchAll(NUMBER)) {
    const before = text.slice(Math.max(copied, match.index - 24), match.index);
    const relation = (MOST.exec(before) ?? LEAST.exec(before))?.[0] ?? '';
    rest += text.slice(copied, match.index - relation.length);
    const [whole, from = '', to, word = ''] = match;
    const bound = boundOf(number(from), to === undefined ? undefined : number(to), word, before);
    bounds.push(bound);
    // A noun that is counted is part of what the response is about.
    rest += unitOf(word) === undefined ? ` ${word}` : ' ';
    copied = match.index + whole.length;
  }
  return { bounds, rest: rest + text.slice(copied) };
}

/** Can no value satisfy both? Compared in order, as far as both go, where they count the same. */
export function areDisjoint(a: readonly Bound[], b: readonly Bound[]): boolean {
  return a.some((left, index) => {
    const right = b[index];
    return (
      right !== undefined && left.unit === right.unit && (left.high < right.low || right.high < left.low)
    );
  });
}

export function areSame(a: readonly Bound[], b: readonly Bound[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ unit, low, high }, index) => {
      const other = b[index];
      return other !== undefined && other.unit === unit && other.low === low && other.high === high;
    })
  );
}

function boundOf(from: number, to: number | undefined, word: string, before: string): Bound {
  const [unit, factor] = unitOf(word) ?? [word.toLowerCase(), 1];
  if (to !== undefined) return { unit, low: from * factor, high: to * factor };
  if (MOST.test(before)) return { unit, low: Number.NEGATIVE_INFINITY, high: from * factor };
  if (LEAST.test(before)) return { unit, low: from * factor, high: Number.POSITIVE_INFINITY };
  return { unit, low: from * factor, high: from * factor };
}

function unitOf(word: string): readonly [unit: string, factor: number] | undefined {
  const key = word.toLowerCase();
  return UNITS[key] ?? UNITS[key.replace(/s$/, '')];
}

function number(written: string): number {
  // `1,000` is a thousand, `1,5` one and a half.
  return Number(/^\d{1,3},\d{3}$/.test(written) ? written.replace(',', '') : written.replace(',', '.'));
}
