/** What a document claims: of a thing in its place, one value. Two claims of one thing with two values are a conflict. */
import type { TextRange } from '../util/textRange';
import { CHOICES, SETTINGS } from './choices';
import { placeOf, titleScope } from './claimPlace';
import type { ReadGuidance } from './model';
import { isAgainst, type Statement, statementsOf } from './statements';

export interface Claim {
  /** The same for two claims that are about the same thing, in the same place. */
  readonly about: string;
  /** As a person calls it; undefined: the words speak for themselves. */
  readonly what?: string;
  readonly value: string;
  readonly range: TextRange;
}

type Found = Omit<Claim, 'range'> & {
  readonly range?: TextRange;
  /** What stands before the colon is what it is about. */
  readonly isSetting?: true;
};

/** One a thing: of what a document says several things, it says nothing here. */
export function claimsOf({ guidance, text }: Pick<ReadGuidance, 'guidance' | 'text'>): readonly Claim[] {
  const title = titleScope(guidance.name, text);
  const values = new Map<string, Claim>();
  const several = new Set<string>();
  for (const statement of statementsOf(text))
    for (const { isSetting, ...found } of claimsIn(statement, text)) {
      const { under, label } = statement;
      const where = [...title, ...under, ...(isSetting || label === undefined ? [] : [label])];
      const about = `${found.about} @ ${placeOf(where, found.about)}`;
      const before = values.get(about);
      if (before && before.value !== found.value) several.add(about);
      if (!before) values.set(about, { range: statement.range, ...found, about });
    }
  return [...values.values()].filter(({ about }) => !several.has(about));
}

function claimsIn(statement: Statement, text: string): readonly Found[] {
  // What stands below “Never” is said the other way round.
  if (isAgainst(statement)) return [];
  const { words } = statement;
  return [...keyed(statement, text), ...told(words), ...chosen(words), ...counted(words)];
}

/** Does one exclude the other? What is only more exact does not. */
export function contradict(a: string, b: string): boolean {
  const [first, second] = [a.split(' '), b.split(' ')];
  return !first.every((word) => second.includes(word)) && !second.every((word) => first.includes(word));
}

const KEYED = /^(?:\*\*|__)?([A-Za-z][A-Za-z ]{2,24}?)(?:\*\*|__)?:(?:\*\*|__)?[ \t]+([^\r\n]+)$/;
const LONGEST_VALUE = 40;
const NO_VALUE = /\b(?:and|or|not|never|if|when|where|unless|except|instead|rather|legacy)\b/;

/** `**Package manager**: pnpm` */
function keyed({ range }: Statement, text: string): readonly Found[] {
  const [, key = '', written = ''] = KEYED.exec(text.slice(range.start, range.end)) ?? [];
  const what = SETTINGS.get(key.trim().toLowerCase());
  const value = settingIn(written);
  if (what === undefined || value === undefined) return [];
  return [
    {
      isSetting: true,
      about: what,
      what,
      value,
      range: { start: range.end - written.length, end: range.end },
    },
  ];
}

/** Letter case, marks, remarks and units do not count. Undefined for what is more than a value. */
function settingIn(written: string): string | undefined {
  const bare = inOneForm(written.replace(/[`*_"'“”]/g, '').toLowerCase())
    .replace(/[ \t]*\([^)]*\)/g, '')
    .replace(/[.;,]+$/, '')
    .replace(/ (?:characters?|chars|columns)$/, '')
    .trim();
  const isMore = bare.includes(' ') && NO_VALUE.test(bare);
  return bare === '' || bare.length > LONGEST_VALUE || isMore || /[,;/|&+]/.test(bare) ? undefined : bare;
}

/** `two-space indents` and `2 spaces` are the same. */
function inOneForm(words: string): string {
  const digits: Readonly<Record<string, string>> = { two: '2', three: '3', four: '4', eight: '8' };
  return words
    .replace(/\b(two|three|four|eight)(?=[ -]spaces?\b)/g, (word) => digits[word] ?? word)
    .replace(/\b(\d)[ -]spaces?\b(?: (?:indentation|indents?))?/g, '$1 spaces');
}

const NOBODY = '(?:(?:please|you|we|agents?|developers?|(?:the |all )?code|(?:this|the) project) )?';
const AGAINST = new RegExp(
  `^${NOBODY}(?:(?:must|should|shall) (?:not|never)|never|do not|don't|mustn't|shouldn't|cannot|avoid|no|refrain from) (.+)$`,
);
const FOR = new RegExp(
  `^${NOBODY}(?:(?:must|should|shall) (?:always )?|always |do |make sure to |be sure to |prefer (?:to )?)?(.+)$`,
);
const SOMETHING = /^(.{3,60}?) (?:must|should|shall)( not| never)? (.+)$/;
const IS_NOBODY = new RegExp(`^${NOBODY}$`);
const NOUN_FOLLOWS = /(?:^| )(?:avoid|no|refrain from|prefer) (?!to )/;
const INSTEAD = /^(.+?),? (?:not|instead of|rather than|over) (?:using )?([^,]+)$/;

/** `Never use default exports`: what is to be done, and what is not. */
function told(words: string): readonly Found[] {
  const against = AGAINST.exec(words)?.[1];
  if (against !== undefined) return [does(act(against, words), 'no')];
  const [, thing, not, rest = ''] = SOMETHING.exec(words) ?? [];
  if (thing !== undefined && !IS_NOBODY.test(`${thing} `))
    return [does(`${plain(thing)} : ${plain(rest)}`, not === undefined ? 'yes' : 'no')];
  const wanted = act(FOR.exec(words)?.[1] ?? '', words);
  const [, one, other] = INSTEAD.exec(wanted) ?? [];
  if (one === undefined || other === undefined || !wanted.startsWith('us ')) return [does(wanted, 'yes')];
  return [does(one, 'yes'), does(`us ${other}`, 'no')];
}

const does = (what: string, value: 'yes' | 'no'): Found => ({ about: `do: ${what}`, value });

/** `using tabs`, `use tabs`, and `tabs` where one avoids them, are the same. */
function act(phrase: string, words: string): string {
  const [first = '', ...rest] = plain(phrase).split(' ');
  const isNoun = NOUN_FOLLOWS.test(words) && !/ing$/.test(first);
  return isNoun ? ['us', first, ...rest].join(' ') : [stem(first), ...rest].join(' ');
}

function stem(verb: string): string {
  return verb
    .replace(/(?<=..)(?:ing|es|s)$/, '')
    .replace(/e$/, '')
    .replace(/([b-df-hj-np-tv-z])\1$/, '$1');
}

function plain(phrase: string): string {
  return inOneForm(phrase)
    .replace(/\b(?:the|a|an|any|our|your) /g, '')
    .trim();
}

const CHOOSES = /^(?:us|writ|indent (?:with|using|by)|format (?:code )?with|lint with|test with) (.+)$/;

/** `Use tabs`, where spaces are what else one could use. */
function chosen(words: string): readonly Found[] {
  if (AGAINST.test(words)) return [];
  const wanted = act(FOR.exec(words)?.[1] ?? '', words);
  const [, object] = CHOOSES.exec(INSTEAD.exec(wanted)?.[1] ?? wanted) ?? [];
  if (object === undefined) return [];
  return CHOICES.flatMap(({ what, of, purpose }) => {
    const value = of.find((each) => `${object} `.startsWith(`${each} `));
    if (value === undefined) return [];
    const rest = object.slice(value.length).trim();
    const isWhole = rest === '' || purpose?.test(rest) === true;
    const isUnclear = rest === '' && CHOICES.some((other) => other.what !== what && other.of.includes(value));
    return isUnclear
      ? []
      : [{ about: isWhole ? what : `${what} ${rest}`, what: isWhole ? what : `${what} ${rest}`, value }];
  });
}

const BOUND =
  /\b(?:must|should|shall|always|never|max(?:imum)?|min(?:imum)?|at (?:most|least)|no more than|up to|under|below|limit|keep|within)\b|[<>≤≥]/;
const NUMBER = /(?<![\w.#§-])\d+(?:[.,]\d+)*(?![\w.-]*\w)/g;
const NUMBERED = /\b(?:step|phase|task|section|requirement|example|line|rule|chapter|figure|item|level) #/;

/** `Functions must be under 50 lines` */
function counted(words: string): readonly Found[] {
  const numbers = [...words.matchAll(NUMBER)];
  const [number] = numbers;
  if (!number || numbers.length > 1 || !BOUND.test(words)) return [];
  const about = plain(words.replace(NUMBER, '#'));
  if (about.split(' ').length < 4 || NUMBERED.test(about)) return [];
  return [{ about: `number: ${about}`, value: number[0] }];
}
