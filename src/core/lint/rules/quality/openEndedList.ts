import { type CriterionRule, matchesIn } from '../../rule';

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
    matchesIn(context, OPEN_END).map(({ words, range }) => ({
      message: `“${words}” leaves the list open, so nobody can tell when it is complete. Name all of its members.`,
      range,
    })),
};
