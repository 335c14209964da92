import { type CriterionRule, matchesIn } from '../../rule';
import { rewrite } from '../rewrite';

/** A bound of time that ends with a bare number; “at least 80” may count anything. */
const BARE =
  /\b(?:within|every|(?:time-?out|latency|delay|interval|duration|retention|expiry)\s+(?:is\s+|of\s+)?(?:at\s+(?:most|least)\s+|below\s+|under\s+|above\s+|over\s+)?)\s*\d+(?:[.,]\d+)?(?=\s*(?:[,;.](?:\s|$)|$))/gi;

const UNITS = ['seconds', 'ms', 'minutes'] as const;

export const numberWithoutUnit: CriterionRule = {
  scope: 'criterion',
  id: 'number-without-unit',
  code: 'Q20',
  title: 'Number without a unit',
  levels: { recommended: 'warning', 'incose-full': 'warning' },
  why: 'Within 5 of what? A spacecraft was lost to a number whose unit everybody thought they knew.',
  bad: 'WHEN a key fits, THE Door SHALL open within 5',
  good: 'WHEN a key fits, THE Door SHALL open within 5 seconds',
  source: 'INCOSE GtWR R6',
  check: (context) =>
    matchesIn(context, BARE).map(({ words, range }) => ({
      message: `“${words}” has no unit. Write seconds, items, MB or what else is counted.`,
      range,
      fixes: UNITS.map((unit) =>
        rewrite(`Write “${words} ${unit}”`, false, [
          { range: { start: range.end, end: range.end }, newText: ` ${unit}` },
        ]),
      ),
    })),
};
