import type { TextRange } from '../util/textRange';
import type { Lead } from './leads';
import type { Clause, ClauseRole, EarsPattern } from './model';
import { leadBody, type Sentence } from './parseSentence';
import { shift, trimSentence, trimSpan } from './spans';

/** The clauses of a sentence, in order, with ranges in the document that the text was taken from. */
export function toClauses(text: string, sentence: Sentence, offset: number): readonly Clause[] {
  const { leads, subject, modal, start, headStart } = sentence;
  const clauses: Clause[] = [];
  const add = (role: ClauseRole, keyword: TextRange, words: TextRange): void => {
    clauses.push({
      role,
      keyword: text.slice(keyword.start, keyword.end),
      keywordRange: shift(keyword, offset),
      text: text.slice(words.start, words.end),
      range: shift(words, offset),
    });
  };
  const addFreeText = (from: number, to: number): void => {
    if (from === to) return;
    const words = trimSpan(text, { start: from, end: to });
    if (words.start < words.end) add('text', { start: words.start, end: words.start }, words);
  };
  const first =
    leads[0]?.keyword.start ?? (modal === undefined ? text.length : (subject?.start ?? modal.word.start));
  addFreeText(start, headStart);
  addFreeText(headStart, first);
  for (let index = 0; index < leads.length; index++) {
    const { role, keyword } = leads[index] as Lead;
    const body = leadBody(sentence, index);
    if (role !== 'then') add(role, keyword, trimSpan(text, body));
    else if (modal === undefined) add(role, keyword, trimSentence(text, body));
    else {
      add(role, keyword, { start: keyword.end, end: keyword.end });
      addFreeText(body.start, body.end);
    }
  }
  if (subject !== undefined) add('system', subject.article, trimSpan(text, subject.name));
  if (modal !== undefined)
    add('response', modal.whole, trimSentence(text, { start: modal.whole.end, end: text.length }));
  return clauses;
}

const PATTERNS: Partial<Record<ClauseRole, EarsPattern>> = {
  where: 'optional-feature',
  while: 'state-driven',
  when: 'event-driven',
  if: 'unwanted-behaviour',
};

/** Classifies a sentence by its keywords. */
export function patternOf({ leads, modal }: Sentence): EarsPattern {
  const roles = leads.filter(({ role }) => role !== 'then').map(({ role }) => role);
  const [first] = roles;
  if (modal === undefined) return first === undefined ? 'none' : 'gherkin';
  if (first === undefined) return 'ubiquitous';
  if (roles.includes('quantifier')) return 'quantified';
  return roles.length > 1 ? 'complex' : (PATTERNS[first] ?? 'complex');
}
