import type { Fix } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import type { CriterionRule, Found } from '../../rule';
import { antonymOf } from '../conflicts/antonyms';
import { rewrite } from '../rewrite';

export const negativeRequirement: CriterionRule = {
  scope: 'criterion',
  id: 'negative-requirement',
  code: 'Q14',
  title: 'Negative requirement',
  levels: { recommended: 'off', 'incose-full': 'hint' },
  why: 'That something never happens cannot be shown by a test. Where it can be said what the system does instead, say that; for security and safety a SHALL NOT is often right.',
  bad: 'THE Login SHALL NOT accept short passwords',
  good: 'THE Login SHALL reject passwords below 12 characters',
  source: 'INCOSE GtWR R16',
  check: ({ criterion }) =>
    criterion.clauses.flatMap(({ role, keyword, keywordRange, text, range }): readonly Found[] => {
      if (role !== 'response') return [];
      const never = /^never\b/i.exec(text);
      if (!/\bnot$/i.test(keyword) && never === null) return [];
      const end = never === null ? keywordRange.end : range.start + never[0].length;
      const message =
        'That something does not happen is hard to test. Say what the system does instead, if that is what you mean.';
      const said = never === null ? text : text.slice(never[0].length);
      const fixes = positive({ start: keywordRange.start, end }, keyword.replace(/\s+not$/i, ''), said);
      return [{ message, range: { start: keywordRange.start, end }, fixes }];
    }),
};

/** The opposite where the verb has one, and else what happens instead, to fill in. */
function positive(range: TextRange, shall: string, said: string): readonly Fix[] {
  const [before = '', blanks = '', verb = ''] = /^(\s*)([a-z]+)/.exec(said) ?? [];
  const opposite = antonymOf(verb);
  const instead = `${shall} TBD rather than`;
  const fill = rewrite(`Say what it does instead: “${instead} …”`, false, [{ range, newText: instead }]);
  // Between “SHALL NOT” and its verb there is a blank, which is no part of either.
  if (opposite === undefined || blanks.length > 1) return [fill];
  const whole = { start: range.start, end: range.end + 1 + verb.length };
  const newText = `${shall} ${opposite}`;
  return [
    ...(before === '' ? [] : [rewrite(`Write “${newText}”`, false, [{ range: whole, newText }])]),
    fill,
  ];
}
