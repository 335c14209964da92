/** Finds the system that a criterion is about: the words between its conditions and its modal verb. */
import type { TextRange } from '../util/textRange';
import { trimCharacters } from '../util/trimCharacters';

export interface Subject {
  /** Empty where there is none. */
  readonly article: TextRange;
  readonly name: TextRange;
  /** Where article and name begin; what is before belongs to the conditions. */
  readonly start: number;
}

const ARTICLE = /^(?:the|an?|all|each|every|no)(?![\p{L}\p{N}_-])/iu;
const AFTER_COMMA = /[,;:]\s*(?=(?:the|an?)\s)/gi;
const LONGEST = 8;
const INTRODUCTION =
  /^\s*(?:for|in|on|at|by|to|with|within|from|under|per|after|before|upon|during|once|until|unless|given|as)\s/i;
/** What cannot begin a subject, nothing at all included. */
const NO_SUBJECT = new RegExp(String.raw`^\s*(?:$|(?:and|or)\s)|${INTRODUCTION.source}`, 'i');

/**
 * The subject of a sentence whose conditions end with THEN, or that has none.
 * @param region From the THEN or the sentence's start up to the modal verb.
 */
export function subjectAlone(masked: string, region: TextRange): Subject | undefined {
  const words = masked.slice(region.start, region.end);
  const article = lastMatch(words, AFTER_COMMA);
  const start = article === undefined || isList(words, article) ? startAfterIntroduction(words) : article;
  return subjectFrom(masked, { start: region.start + start, end: region.end });
}

/** `A lock, a bell, or a lamp SHALL`: the article within it begins no other subject. */
function isList(words: string, from: number): boolean {
  return ARTICLE.test(words.trimStart()) && /,\s*(?:and|or)\s/i.test(words.slice(from));
}

/** `For a draft, Editor_View SHALL`: a list of systems has its commas, too, but begins with the first of them. */
function startAfterIntroduction(words: string): number {
  const introduced = INTRODUCTION.test(words);
  if (!introduced && wordCount(words) <= LONGEST) return 0;
  const capital = lastCapitalThe(words);
  if (capital !== undefined) return capital;
  const comma = words.lastIndexOf(',');
  const rest = words.slice(comma + 1);
  return comma !== -1 && wordCount(rest) <= LONGEST && !NO_SUBJECT.test(rest) ? comma + 1 : 0;
}

/**
 * The subject that follows a condition without THEN: `WHEN …, THE System`.
 * @param region From the condition's keyword up to the modal verb.
 * @param loose Whether to guess where neither comma nor a capital THE says where the condition ends.
 */
export function subjectAfterCondition(
  masked: string,
  region: TextRange,
  loose: boolean,
): Subject | undefined {
  const words = masked.slice(region.start, region.end);
  const capital = lastCapitalThe(words) ?? -1;
  const comma = words.lastIndexOf(',');
  if (capital > comma) return subjectFrom(masked, { start: region.start + capital, end: region.end });
  if (comma !== -1) {
    const rest = words.slice(comma + 1).trim();
    const continues = /^(?:and|or)\b/i.test(rest);
    if (!continues && (wordCount(rest) <= LONGEST || ARTICLE.test(rest))) {
      return subjectFrom(masked, { start: region.start + comma + 1, end: region.end });
    }
  }
  const start = capital !== -1 ? capital : loose ? guessStart(words) : undefined;
  return start === undefined
    ? undefined
    : subjectFrom(masked, { start: region.start + start, end: region.end });
}

/** `WHEN a user logs in the system SHALL`, `WHEN a user logs in Auth_Service SHALL`. */
function guessStart(words: string): number | undefined {
  const the = lastMatch(words, /\s(?=the\s)/g);
  if (the !== undefined && wordCount(words.slice(the)) <= 4 && words.slice(0, the).trim() !== '') return the;
  const tail = /\s[A-Z][\w-]*(?:\s+[A-Z][\w-]*){0,4}\s*$/.exec(words.slice(-120));
  if (tail === null) return undefined;
  const start = Math.max(0, words.length - 120) + tail.index;
  return words.slice(0, start).trim() === '' ? undefined : start;
}

/** In a long text all in capitals, THE marks nothing. */
function lastCapitalThe(words: string): number | undefined {
  if (words.length >= 40 && !/[a-z]/.test(words)) return undefined;
  for (let at = words.lastIndexOf('THE'); at !== -1; at = at === 0 ? -1 : words.lastIndexOf('THE', at - 1))
    if (/^THE\s/.test(words.slice(at, at + 4)) && !/[\p{L}\p{N}_]$/u.test(words.slice(0, at).slice(-2)))
      return at;
  return undefined;
}

function lastMatch(words: string, pattern: RegExp): number | undefined {
  if (words.search(pattern) === -1) return undefined;
  let last: number | undefined;
  for (const match of words.matchAll(pattern)) last = match.index + match[0].length;
  return last;
}

/** How many words, as separated by blanks. */
export function wordCount(words: string): number {
  const trimmed = words.trim();
  return trimmed === '' ? 0 : trimmed.split(/\s+/).length;
}

function subjectFrom(masked: string, region: TextRange): Subject | undefined {
  const { start, end } = trimCharacters(masked, region, ' ,;:');
  const article = ARTICLE.exec(masked.slice(start, end))?.[0].length ?? 0;
  const name = trimCharacters(masked, { start: start + article, end }, ' ,;:');
  return name.start === name.end ? undefined : { article: { start, end: start + article }, name, start };
}
