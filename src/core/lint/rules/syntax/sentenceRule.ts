import { shift } from '../../../ears/spans';
import type { Fix } from '../../../spec/model';
import type { CriterionContext, CriterionRule, Found, RuleInfo } from '../../rule';

/** As any rule's; but findings count from the start of the criterion's text, as the sentence does. */
type Check = (context: CriterionContext) => readonly Found[];

/** A rule about a criterion's form. Only sentences with a modal verb have one, but for the rule that misses it. */
export function sentenceRule(info: RuleInfo, check: Check, about: 'sentence' | 'noModal' = 'sentence') {
  const rule: CriterionRule = {
    scope: 'criterion',
    modal: about === 'sentence',
    ...info,
    check: (context) => {
      const found = check(context);
      return found.length === 0 ? found : found.map((each) => moved(each, context.criterion.range.start));
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
