import type { TextRange } from '../util/textRange';
import type { Criterion } from './model';
import { parseSentence, type Sentence } from './parseSentence';
import { patternOf, toClauses } from './toClauses';

/** Takes a sentence apart; whoever reads a text again and again may remember what it knows already. */
export type SentenceReader = (text: string) => Sentence;

/**
 * Parses one acceptance criterion by EARS. Never throws, and takes time linear in the text.
 * @param text The criterion as written, its list marker left out.
 * @param offset Where `text` begins in the document; all ranges but the sentence's count from the document's start.
 * @param idRange What names it there; empty before the text where nothing does.
 */
export function parseCriterion(
  id: string,
  text: string,
  offset: number,
  idRange: TextRange = { start: offset, end: offset },
  sentenceOf: SentenceReader = parseSentence,
): Criterion {
  const sentence = sentenceOf(text);
  return {
    id,
    text,
    range: { start: offset, end: offset + text.length },
    idRange,
    pattern: patternOf(sentence),
    sentence,
    clauses: toClauses(text, sentence, offset),
  };
}
