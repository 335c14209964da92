import type { CriterionContext, CriterionRule, RuleInfo } from '../../rule';

/** A rule about a criterion's form. Only sentences with a modal verb have one, but for the rule that misses it. */
export function sentenceRule(
  info: RuleInfo,
  check: CriterionRule['check'],
  about: 'sentence' | 'noModal' = 'sentence',
): CriterionRule {
  return { scope: 'criterion', modal: about === 'sentence', local: true, ...info, check };
}

/** Does the sentence write its keywords in capitals? */
export function inCapitals({ text, sentence: { modal, subject, leads } }: CriterionContext): boolean {
  const keywords = [modal?.word, subject?.article, ...leads.map(({ keyword }) => keyword)];
  return keywords.some((range) =>
    /^[A-Z]{2}/.test(range === undefined ? '' : text.slice(range.start, range.end)),
  );
}

/** A keyword as this sentence writes them. */
export function likeKeywords(context: CriterionContext, keyword: string): string {
  return inCapitals(context) ? keyword : keyword.toLowerCase();
}
