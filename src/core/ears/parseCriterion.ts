import type { Problem } from '../spec/model';
import type { Criterion } from './model';
import { parseSentence } from './parseSentence';
import { syntaxProblems } from './syntaxProblems';
import { patternOf, toClauses } from './toClauses';

/**
 * Parses one acceptance criterion by EARS. Never throws, and takes time linear in the text.
 * @param text The criterion as written, its list marker left out.
 * @param offset Where `text` begins in the document; all ranges count from the document's start.
 */
export function parseCriterion(
  id: string,
  text: string,
  offset: number,
): { readonly criterion: Criterion; readonly problems: readonly Problem[] } {
  const sentence = parseSentence(text);
  const criterion: Criterion = {
    id,
    text,
    range: { start: offset, end: offset + text.length },
    pattern: patternOf(sentence),
    clauses: toClauses(text, sentence, offset),
  };
  return { criterion, problems: syntaxProblems(text, sentence, offset) };
}
