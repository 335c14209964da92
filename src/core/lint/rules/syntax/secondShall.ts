import type { Fix } from '../../../spec/model';
import type { CriterionContext } from '../../rule';
import { splitFix } from '../splitFix';
import { sentenceRule } from './sentenceRule';

const SHALL = /\bshall\b/i;
/** The second duty has conditions of its own. */
const CONDITION = /(?:\s*[,;])?\s*(?:\b(?:and|or|but|AND|OR|BUT)\b\s*)?\b(IF|WHEN|WHILE|WHERE)\b/;
/** What joins the second duty to the first: `, and`, `; the Log`. Group 1 is its own system. */
const JOIN =
  /^\s*[,;]?\s*(?:\b(?:and|or|but|AND|OR|BUT)\b\s*)?(?:\b((?:[Tt]he|THE|[Aa]n?|[Aa]ll|[Ee]ach|[Ee]very|[Nn]o)\s+[^,;]{1,60}|[A-Z][\w-]*(?:\s+[A-Z][\w-]*){0,3}))?\s*$/u;

export const secondShall = sentenceRule(
  {
    id: 'second-shall',
    code: 'E112',
    title: 'Second SHALL',
    levels: { recommended: 'warning', 'incose-full': 'warning', strict: 'error' },
    why: 'Two duties in one criterion pass or fail together, and only one of them tends to be tested. A criterion of its own for each can be traced.',
    bad: 'WHEN a key fits, THE Door SHALL open and THE Log SHALL record it',
    good: 'WHEN a key fits, THE Door SHALL open',
    source: 'EARS 2016; INCOSE GtWR R18',
  },
  (context) => {
    const { sentence } = context;
    const { modal, masked } = sentence;
    const match = modal === undefined ? null : SHALL.exec(masked.slice(modal.whole.end));
    if (modal === undefined || match === null) return [];
    const start = modal.whole.end + match.index;
    return [
      {
        message:
          'A second SHALL: this is two requirements. Write a criterion for each, so that each can be tested.',
        range: { start, end: start + match[0].length },
        fixes: split(context, start),
      },
    ];
  },
);

/** The first duty, and the conditions again with the second one. */
function split(context: CriterionContext, second: number): readonly Fix[] {
  const { text, sentence } = context;
  const { modal, subject, masked } = sentence;
  if (modal === undefined || subject === undefined) return [];
  const between = masked.slice(modal.whole.end, second);
  const own = CONDITION.exec(between);
  if (own !== null) {
    const end = modal.whole.end + own.index;
    const start = end + own[0].length - (own[1] ?? '').length;
    return splitFix(context, [text.slice(0, end).trimEnd(), text.slice(start)]);
  }
  const last = between.search(/(?:[,;]|\b(?:and|or|but)\b)(?=[^,;]*$)/i);
  const join = JOIN.exec(between.slice(Math.max(last, 0)));
  if (last <= 0 || join === null) return [];
  const cut = modal.whole.end + last + join.index;
  const named = join[1] === undefined ? -1 : cut + join[0].indexOf(join[1]);
  const head = text.slice(0, subject.start);
  const system = named === -1 ? `${text.slice(subject.start, subject.name.end)} ` : text.slice(named, second);
  const firstText = text
    .slice(0, cut)
    .trimEnd()
    .replace(/(?:\s*[,;]|\s+(?:and|or|but))+$/i, '');
  if (firstText.length <= modal.whole.end) return [];
  return splitFix(context, [firstText, `${head}${system}${text.slice(second)}`]);
}
