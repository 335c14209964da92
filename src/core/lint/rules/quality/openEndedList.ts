import type { Fix } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import { type CriterionRule, matchesIn } from '../../rule';
import { rewrite } from '../rewrite';

/** `and more` only where a list ends with it: “one and more items” is a number. */
const OPEN_END =
  /(?<![/\w])etc\b(?!\/)\.?|\band so (?:on|forth)\b|\bincluding,? but not limited to\b|\band\/or more\b|\band more(?=\s*(?:[.,;)]|$))|\b(?:or|and) (?:similar|the like)\b|\band others\b/gi;

/** INCOSE R9: a list that does not end cannot be checked off. */
export const openEndedList: CriterionRule = {
  scope: 'criterion',
  id: 'open-ended-list',
  code: 'Q03',
  title: 'Open-ended list',
  levels: { recommended: 'warning', 'incose-full': 'warning' },
  why: 'A list that does not end cannot be checked off.',
  bad: 'THE Export SHALL offer PDF, CSV, etc.',
  good: 'THE Export SHALL offer PDF and CSV',
  source: 'INCOSE GtWR R9',
  check: (context) =>
    matchesIn(context, OPEN_END).map(({ words, range, index, length }) => ({
      message: `“${words}” leaves the list open, so nobody can tell when it is complete. Name all of its members.`,
      range,
      fixes: closed(context.visible, words, range, index, length),
    })),
};

/** The list ends here, or goes on with what is still to be named. */
function closed(
  visible: string,
  words: string,
  range: TextRange,
  index: number,
  length: number,
): readonly Fix[] {
  if (/^including/i.test(words))
    return [
      rewrite('Write “namely”: the list is complete', false, [{ range, newText: 'namely' }]),
      rewrite('Write “namely TBD and”: more is to be named', false, [{ range, newText: 'namely TBD and' }]),
    ];
  const join = /^(and|or)(?!\/)/i.exec(words)?.[0] ?? (/^and\/or/i.test(words) ? 'and' : '');
  const more = rewrite('Write TBD for what is still to be named', false, [
    { range, newText: `${join} TBD`.trim() },
  ]);
  const before = /\s*,?\s+$/.exec(visible.slice(0, index))?.[0].length ?? 0;
  const isEnd = /^\s*(?:[.,;:)]|$)/.test(visible.slice(index + length));
  if (!isEnd || before === 0) return [more];
  const removal = { range: { start: range.start - before, end: range.end }, newText: '' };
  return [rewrite('End the list here', false, [removal]), more];
}
