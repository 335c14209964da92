import type { Sentence } from '../../../ears/parseSentence';
import { shift } from '../../../ears/spans';
import type { Fix } from '../../../spec/model';
import type { CriterionContext, CriterionRule, Found, RuleInfo } from '../../rule';

/** What a rule of form looks at. Offsets count from the start of the criterion's text, and so do its findings'. */
export interface SentenceContext extends CriterionContext {
  readonly text: string;
  readonly sentence: Sentence;
}

type Check = (context: SentenceContext) => readonly Found[];

/** A rule about a criterion's form. Only sentences with a modal verb have one, but for the rule that misses it. */
export function sentenceRule(info: RuleInfo, check: Check, about: 'sentence' | 'noModal' = 'sentence') {
  const rule: CriterionRule = {
    scope: 'criterion',
    ...info,
    check: (context) => {
      const { text, sentence, range } = context.criterion;
      if ((sentence.modal === undefined) !== (about === 'noModal') || text.trim() === '') return [];
      const found = check({ ...context, text, sentence });
      return found.length === 0 ? found : found.map((each) => moved(each, range.start));
    },
  };
  return rule;
}

function moved(found: Found, offset: number): Found {
  const range = shift(found.range, offset);
  if (found.fixes === undefined) return { ...found, range };
  const fixes = found.fixes.map(
    (fix): Fix => ({
      ...fix,
      // Edits that name their document count in it already.
      edits: () =>
        fix
          .edits()
          .map((edit) =>
            edit.document === undefined ? { ...edit, range: shift(edit.range, offset) } : edit,
          ),
    }),
  );
  return { ...found, range, fixes };
}

/** Does the sentence write its keywords in capitals? */
export function inCapitals({ text, sentence: { modal, subject, leads } }: SentenceContext): boolean {
  const keywords = [modal?.word, subject?.article, ...leads.map(({ keyword }) => keyword)];
  return keywords.some((range) =>
    /^[A-Z]{2}/.test(range === undefined ? '' : text.slice(range.start, range.end)),
  );
}

/** A keyword as this sentence writes them. */
export function likeKeywords(context: SentenceContext, keyword: string): string {
  return inCapitals(context) ? keyword : keyword.toLowerCase();
}
