import type { TextRange } from '../util/textRange';
import type { Clause, ClauseRole, EarsPattern } from './model';
import { leadBody, type Sentence } from './parseSentence';
import { shift, trimSentence, trimSpan } from './spans';

/** The clauses of a sentence, in order, with ranges in the document that the text was taken from. */
export function toClauses(text: string, sentence: Sentence, offset: number): readonly Clause[] {
  const { leads, subject, modal, start, headStart } = sentence;
  const clause = (role: ClauseRole, keyword: TextRange, words: TextRange): Clause => ({
    role,
    keyword: text.slice(keyword.start, keyword.end),
    keywordRange: shift(keyword, offset),
    text: text.slice(words.start, words.end),
    range: shift(words, offset),
  });
  const freeText = (from: number, to: number): readonly Clause[] => {
    const words = trimSpan(text, { start: from, end: to });
    return words.start === words.end ? [] : [clause('text', { start: words.start, end: words.start }, words)];
  };
  const lead = ({ role, keyword }: Sentence['leads'][number], index: number): readonly Clause[] => {
    const body = leadBody(sentence, index);
    if (role === 'then' && modal !== undefined) {
      const none = { start: keyword.end, end: keyword.end };
      return [clause(role, keyword, none), ...freeText(body.start, body.end)];
    }
    return [clause(role, keyword, role === 'then' ? trimSentence(text, body) : trimSpan(text, body))];
  };
  const first =
    leads[0]?.keyword.start ?? (modal === undefined ? text.length : (subject?.start ?? modal.word.start));
  const clauses = [...freeText(start, headStart), ...freeText(headStart, first), ...leads.flatMap(lead)];
  if (subject !== undefined) clauses.push(clause('system', subject.article, trimSpan(text, subject.name)));
  if (modal !== undefined) {
    const response = trimSentence(text, { start: modal.whole.end, end: text.length });
    clauses.push(clause('response', modal.whole, response));
  }
  return clauses;
}

const PATTERNS: Partial<Record<ClauseRole, EarsPattern>> = {
  where: 'optional-feature',
  while: 'state-driven',
  when: 'event-driven',
  if: 'unwanted-behaviour',
};

/** Classifies a sentence by its keywords. */
export function patternOf(sentence: Sentence): EarsPattern {
  const roles = sentence.leads.map(({ role }) => role).filter((role) => role !== 'then');
  if (sentence.modal === undefined) return roles.length > 0 ? 'gherkin' : 'none';
  if (roles.includes('quantifier')) return 'quantified';
  const [first] = roles;
  if (first === undefined) return 'ubiquitous';
  return roles.length > 1 ? 'complex' : (PATTERNS[first] ?? 'complex');
}
