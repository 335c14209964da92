import type { Fix } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import { type CriterionContext, type CriterionRule, matchesIn } from '../../rule';
import { rewrite } from '../rewrite';

const VAGUE =
  /\b(?:appropriate(?:ly)?|adequate(?:ly)?|efficient(?:ly)?|graceful(?:ly)?|intuitive(?:ly)?|user-friendly|seamless(?:ly)?|robust(?:ly)?|fast|quickly|smooth(?:ly)?|optimal(?:ly)?|sufficient(?:ly)?|suitabl[ey]|acceptabl[ey]|reasonabl[ey]|properly|meaningful(?:ly)?|as needed)\b/gi;
/** What everybody understands alike: who has sufficient funds or rights is known, and images with a meaning are WCAG's. */
const TERM_OF_ART =
  /^(?:graceful\s+(?:[\w-]+\s+)?(?:shutdown|termination|exit|restart|stop|close|closure|disconnect(?:ion)?)|gracefully\s+(?:fall(?:s|ing)?\s?back|degrad(?:es?|ing))\s+(?:to|on)|sufficient\s+(?:[a-z]+[\s_]+)?(?:permissions?|privileges?|rights|funds|balance|credits?|stock|inventory|quota)|meaningful\s+images?)\b/i;
/** `smooth 60 fps`, `appropriate timeout (30 s)`, `appropriate codes: 401, 403`, `appropriate … as defined in`, `… for the selected`. */
const MADE_PRECISE =
  /^\s+\d|^[^.,;:()]{0,50}?(?:\(|:|\b(?:based on|according to|as (?:defined|specified|described|listed)|with (?:a )?default|matching|such as|per|\d{3}(?:,| or| and) \d{3}|(?:at|within|under|below|at least|at most|less than|more than) \d[\w.,]*|for the (?:detected|selected|chosen|current|requested|given|configured|specified))\b)/i;
/** `fail fast`, `fall back to the cache gracefully`. */
const SAID_BEFORE =
  /\bfail(?:s|ing)?\s+$|\b(?:fall(?:s|ing)?\s?back|degrad(?:es?|ing))\s+(?:to|on)\s[^,;:.]{1,60}$/i;
/** How something is done is told by what must not happen: `seamless reconnection without data loss`. */
const MANNER = /^(?:graceful|seamless|smooth)/i;
const WITHOUT = /^[^.,;:()]{0,50}?\bwithout\s/i;

/** “Where appropriate” is an escape clause, and that rule speaks of it. */
const ESCAPE = /\b(?:if|when|where|whenever|wherever|as)\s+(?:it\s+is\s+)?$/i;

/**
 * INCOSE R7: words that everybody understands differently. A plain word list is right in two cases of five on
 * real documents, so what is quoted, a name, part of a compound, or made precise at once is left alone.
 */
export const vagueTerm: CriterionRule = {
  scope: 'criterion',
  id: 'vague-term',
  code: 'Q01',
  title: 'Vague term',
  levels: { recommended: 'warning', 'incose-full': 'warning' },
  why: 'Everybody understands “fast” and “appropriate” differently, so nobody can test them.',
  bad: 'THE Search SHALL answer quickly',
  good: 'THE Search SHALL answer within 200 ms',
  source: 'INCOSE GtWR R7',
  check: (context) => {
    const terms = matchesIn(context, VAGUE).filter(
      ({ index, length, words }) => !isExcused(context, index, length, words),
    );
    return terms.map(({ words, range, index, length }) => ({
      message: `“${words}” cannot be tested. Say what is meant: a number with its unit, a list, or a rule.`,
      range,
      fixes: [madePrecise(context.visible, range, index, length)],
    }));
  },
};

const SPEED = /^(?:fast|quickly)$/i;
const STATIVE = /\b(?:be|is|are|stay|remain|feel)\s+$/i;
/** What is told fast is told to its end. */
const CLOSED = /^\s*(?:[.,;:)]|$|(?:and|or|to|when|if|while|from|in|on|at)\b)/i;
const ADVERB = /(?:ly|fast|as needed)$/i;
/** The rest of what an adjective belongs to: `appropriate error message`, before `to the user`. */
const NOUN =
  /^(?:\s+(?!(?:to|in|on|for|with|when|at|by|from|of|that|which|and|or|if|while|where|as|so|is|are|shall|than|the|an?|without|before|after|until|during|using|via)\b)[\p{L}\p{N}_'’/-]+){1,3}/iu;

/** A place for the number or the rule: in the word's stead where it tells a time, else in parentheses behind what it is about. */
function madePrecise(visible: string, range: TextRange, index: number, length: number): Fix {
  const words = visible.slice(index, index + length);
  const after = visible.slice(index + length);
  const isSpeed = SPEED.test(words);
  if (isSpeed && CLOSED.test(after) && !STATIVE.test(visible.slice(0, index)))
    return rewrite('Say how soon: within TBD ms', false, [
      { range, newText: `${/^[A-Z]/.test(words) ? 'W' : 'w'}ithin TBD ms` },
    ]);
  const noun = ADVERB.test(words) ? '' : (NOUN.exec(after)?.[0] ?? '');
  const at = range.end + (noun.length < LONGEST_NOUN ? noun.length : 0);
  const newText = isSpeed ? ' (within TBD ms)' : ' (TBD)';
  return rewrite(`Say what that is: “${newText.trim()}” behind it`, false, [
    { range: { start: at, end: at }, newText },
  ]);
}

/** Further behind, it would not be seen to belong to the word. */
const LONGEST_NOUN = 50;

function isExcused(
  { visible, document: { glossary } }: CriterionContext,
  index: number,
  length: number,
  words: string,
): boolean {
  const end = index + length;
  if (/^[A-Z][a-z]/.test(words) && visible.slice(0, index).trim() !== '') return true;
  if (/[-_]$/.test(visible.slice(0, index)) || /^[-_]/.test(visible.slice(end))) return true;
  const before = visible.slice(Math.max(0, index - 80), index);
  if (ESCAPE.test(before.slice(-20)) || (/^(?:fast|gracefully)$/i.test(words) && SAID_BEFORE.test(before)))
    return true;
  if (TERM_OF_ART.test(visible.slice(index, index + 60))) return true;
  const after = visible.slice(end, end + 120);
  if (MADE_PRECISE.test(after) || (MANNER.test(words) && WITHOUT.test(after))) return true;
  return glossary.some(({ name }) => covers(visible, name, index, end));
}

/** Is the place inside a glossary term that is used here? */
function covers(visible: string, name: string, start: number, end: number): boolean {
  const from = Math.max(0, end - name.length);
  const found = visible
    .slice(from, start + name.length)
    .toLowerCase()
    .indexOf(name.toLowerCase());
  return found !== -1 && from + found <= start;
}
