import type { Fix } from '../../../spec/model';
import type { TextRange } from '../../../util/textRange';
import { type CriterionContext, type CriterionRule, matchesIn } from '../../rule';
import { asNote } from './asNote';

const TECHNOLOGY =
  /\b(?:React|Vue|Angular|Svelte|Next\.js|Redux|Tailwind|PostgreSQL|Postgres|MySQL|SQLite|MongoDB|Redis|Kafka|RabbitMQ|Docker|Kubernetes|Terraform|GraphQL|gRPC|Express|Django|Flask|FastAPI|Spring|Lambda|DynamoDB|S3|Elasticsearch|Nginx)\b/g;

const PHRASE = /\s+(?:in|with|using|via|on|by|through|to|from)\s+(?:an?\s+|the\s+)?$/i;

export const solutionWord: CriterionRule = {
  scope: 'criterion',
  id: 'solution-word',
  code: 'Q19',
  title: 'Solution in the requirement',
  levels: { recommended: 'off', 'incose-full': 'off' },
  why: 'A requirement says what, the design says how. Naming a technology here decides the design before anybody thought about it; where the technology is the requirement, that is right, so this rule is off unless you turn it on.',
  bad: 'THE Shop SHALL store each order in PostgreSQL',
  good: 'THE Shop SHALL store each order',
  source: 'INCOSE GtWR R31',
  byHand: 'A technology that the sentence is about cannot be taken out of it.',
  check: (context) =>
    matchesIn(context, TECHNOLOGY).map(({ words, range, index, length }) => ({
      message: `“${words}” is a solution. Does the requirement need it, or does the design choose it?`,
      range,
      fixes: leftToDesign(context, range, index, index + length),
    })),
};

/** “In PostgreSQL” at the end of what is done, or “Redis” before a noun, can go without the sentence falling apart. */
function leftToDesign(
  { criterion, visible }: CriterionContext,
  range: TextRange,
  start: number,
  end: number,
): readonly Fix[] {
  const response = criterion.clauses.find(({ role }) => role === 'response')?.range.start ?? range.end;
  const phrase = PHRASE.exec(visible.slice(0, start))?.[0].length ?? 0;
  const noun =
    /^\s+(?=[a-z])(?!(?:and|or|to|in|on|for|with|when|if|as|by)\b)/.exec(visible.slice(end))?.[0].length ?? 0;
  const isClosed = /^\s*(?:[.,;:]|$|(?:and|when|if)\b)/i.test(visible.slice(end));
  if (range.start <= response) return [];
  if (phrase === 0 ? noun === 0 : !isClosed && noun === 0) return [];
  const words =
    noun > 0
      ? { start: range.start, end: range.end + noun }
      : { start: range.start - phrase, end: range.end };
  return asNote('Leave it to the design, as a note behind the criterion', criterion, words, 'for the design');
}
