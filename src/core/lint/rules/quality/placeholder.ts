import type { Fix } from '../../../spec/model';
import { type CriterionContext, type CriterionRule, matchesIn } from '../../rule';
import { rewrite } from '../rewrite';

/** `TODO` in capitals is a placeholder unless it is what the sentence is about: “detect TODO comments”. */
const PLACEHOLDER =
  /\b(?:TBD|TBC|TODO|FIXME)\b(?!\s+(?:comments?|items?|markers?|lists?|entr(?:y|ies)|tags?)\b)|\?{3,}|\[NEEDS[ _-]CLARIFICATION[^\]]*\]/g;

/** What is still to be decided cannot be built or tested. */
export const placeholder: CriterionRule = {
  scope: 'criterion',
  id: 'placeholder',
  code: 'Q06',
  title: 'Placeholder left in a criterion',
  levels: { recommended: 'error', 'incose-full': 'error' },
  why: 'What is still to be decided can be neither built nor tested.',
  bad: 'THE Session SHALL end after TBD minutes',
  good: 'THE Session SHALL end after 30 minutes',
  source: 'INCOSE GtWR C4',
  byHand: 'What it should say only a person can decide.',
  check: (context) =>
    matchesIn(context, PLACEHOLDER).map(({ words, range }) => ({
      message: `“${words}” is still to be decided. Decide it, or take the criterion out until it is.`,
      range,
      fixes: putAside(context),
    })),
};

/** In a comment it is kept, with its number, and asks nobody to build it. */
function putAside({ criterion: { range, text } }: CriterionContext): readonly Fix[] {
  if (/--|[\r\n]|^\s*\[/.test(text)) return [];
  const newText = `<!-- to be decided: ${text} -->`;
  return [rewrite('Keep the criterion as a comment until it is decided', false, [{ range, newText }])];
}
