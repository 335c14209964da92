import type { TextEdit } from '../../../util/textRange';
import { ACTION_VERBS } from '../quality/actionVerbs';

const VERBS: ReadonlySet<string> = new Set(ACTION_VERBS);
const ARTICLE = /[\s*]*(the\s+)?/iy;
/** Groups: blanks, adverb, verb, the word after it. */
const VERB = /(\s*)((?:[a-z]+ly\s+)?)([a-z']+(?: not\b)?)(?:\s+([a-z]+))?/y;

/**
 * The edit that puts SHALL before the verb which follows a system's name; undefined where it does not, or where
 * it is not certain to be one.
 * @param start Where the article or the name should begin.
 * @param name Empty where the verb should come at once.
 */
export function withShall(text: string, start: number, name: string): TextEdit | undefined {
  ARTICLE.lastIndex = start;
  const article = name === '' ? '' : (ARTICLE.exec(text)?.[0] ?? '');
  const nameStart = start + article.length;
  const end = nameStart + name.length;
  if (text.slice(nameStart, end).toLowerCase() !== name.toLowerCase()) return undefined;
  VERB.lastIndex = end;
  const [, blanks = '', adverb = '', verb = '', next = ''] = VERB.exec(text) ?? [];
  if (name !== '' && blanks === '') return undefined;
  const said = afterShall(verb, name === '' || article.trimStart().startsWith('THE'));
  // In “the system logs show it”, the logs are none of its deeds.
  if (said === undefined || (VERBS.has(said) && VERBS.has(next))) return undefined;
  const from = end + blanks.length;
  const range = { start: from, end: from + adverb.length + verb.length };
  return { range, newText: `SHALL ${adverb}${said}` };
}

/** `does not` → `NOT`, `is` → `be`, `displays` → `display`; an infinitive only where a SHALL may have been lost. */
function afterShall(verb: string, lost: boolean): string | undefined {
  if (/^(?:does|do) not$|^(?:doesn't|don't)$/.test(verb)) return 'NOT';
  if (/^(?:is|are)\b/.test(verb)) return verb.endsWith(' not') ? 'NOT be' : 'be';
  const base = infinitive(verb);
  return VERBS.has(base) && (base !== verb || lost) ? base : undefined;
}

/** `displays` → `display`, `copies` → `copy`, `pushes` → `push`. */
function infinitive(verb: string): string {
  if (/[^aeiou]ies$/.test(verb)) return `${verb.slice(0, -3)}y`;
  if (verb.endsWith('es') && VERBS.has(verb.slice(0, -2))) return verb.slice(0, -2);
  return verb.endsWith('s') ? verb.slice(0, -1) : verb;
}
