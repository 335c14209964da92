import { insertThen } from '../../../ears/insertThen';
import type { Clause, Criterion } from '../../../ears/model';
import { shift } from '../../../ears/spans';
import type { Fix } from '../../../spec/model';
import type { CriterionContext, CriterionRule, Found } from '../../rule';
import { isNormalCourse } from './normalCourse';

const BE = String.raw`(?:is|are|was|were|becomes?|gets?)\s+(?:\w+ly\s+)?`;
const BAD = String.raw`(?:not\s+(?:found|available|valid|reachable|provided|authori[sz]ed|authenticated|accessible|recogni[sz]ed|supported)|invalid|missing|denied(?!\s+by\b)|expired|unavailable|unreachable|corrupt(?:ed)?|malformed|incorrect|lost|interrupted|exceeded|unauthori[sz]ed|unauthenticated|unresponsive|unsupported|inaccessible)`;
const FAILURE_NOUN = '(?:errors?|exceptions?|failures?|timeouts?|outages?)';
/** “Exceeds 50 items” asks for another page, not for an error. */
const COUNT = String.raw`[\d,.]+\s+(?:items?|nodes?|rows?|entr(?:y|ies)|characters?|results?|elements?|users?|records?|lines?|pages?)\b`;
/** The predicate of a trigger that tells a failure; “a failed job” tells none, “a job failed” does. */
const PREDICATES = [
  'fails?(?!-)',
  String.raw`failed(?=\s*$|\s*[,;]|\s+(?:to|due|because|with|on|for|at|during|after|in)\b)`,
  String.raw`times?\s+out|timed\s+out`,
  BE + BAD,
  String.raw`exceed(?:s|ed)?(?=\s+\w)(?!\s+${COUNT})`,
  String.raw`(?:does|do|did)\s+not\s+(?:exist|respond|match)|cannot|can't|could\s+not|(?:is|are)\s+unable\s+to`,
  `${FAILURE_NOUN}\\s+(?:occurs?|happens?|arises?|(?:is|are)\\s+(?:thrown|raised|encountered|detected|returned|caught))`,
  String.raw`(?:encounters?|throws?|raises?|returns?)\s+(?:an?\s+)?(?:\w+\s+){0,2}${FAILURE_NOUN}(?!\s+responses\b)`,
  'crash(?:es|ed)?',
];
/** Not what is denied, nor what only describes a thing: “no errors occur”, “a job that fails”. */
const FAILURE = new RegExp(
  String.raw`(?<!\b(?:no|not|without|never)\s(?:\w+\s)?)(?<!\b(?:completes?|succeeds?|finish(?:es)?|pass(?:es)?) or )(?<!\b(?:that|which|who)\s(?:has\s|have\s)?)\b(?:${PREDICATES.join('|')})(?![\w-])`,
  'i',
);

/** EARS: what goes wrong is IF …, THEN; WHEN is for what is meant to happen. */
export const failureAsWhen: CriterionRule = {
  scope: 'criterion',
  id: 'failure-as-when',
  code: 'Q07',
  title: 'Failure written as WHEN',
  levels: { recommended: 'info', 'incose-full': 'info', strict: 'warning' },
  why: 'EARS keeps IF …, THEN for what goes wrong. Written so, unwanted behaviour is seen, designed and tested as such.',
  bad: 'WHEN the upload fails, THE Client SHALL try again',
  good: 'IF the upload fails, THEN THE Client SHALL try again',
  source: 'EARS 2009, unwanted behaviour',
  check: (context) => {
    const { clauses } = context.criterion;
    if (context.sentence.modal === undefined) return [];
    const found = clauses.flatMap((clause) => (clause.role === 'when' ? judge(context, clause) : []));
    if (found.length === 0) return found;
    const triggers = clauses.filter(({ role }) => role === 'when' || role === 'if');
    const [only] = triggers;
    const fix = triggers.length === 1 && only?.role === 'when' ? rewrite(context.criterion, only) : undefined;
    return fix === undefined ? found : found.map((each) => ({ ...each, fixes: [fix] }));
  },
};

/** Does a trigger tell that something went wrong? */
export function isFailure(trigger: string): boolean {
  return FAILURE.test(trigger);
}

function judge({ criterion, visible }: CriterionContext, clause: Clause): readonly Found[] {
  const local = shift(clause.range, -criterion.range.start);
  const match = FAILURE.exec(visible.slice(local.start, local.end));
  if (match === null || isNormalCourse(match[0], responseOf(criterion))) return [];
  const start = clause.range.start + match.index;
  const message = `“${match[0]}” is unwanted behaviour. Write IF …, THEN, so that it is designed and tested as such.`;
  return [{ message, range: { start, end: start + match[0].length } }];
}

function responseOf({ clauses }: Criterion): string {
  return clauses.find(({ role }) => role === 'response')?.text ?? '';
}

/** `WHEN x, THE System SHALL` → `IF x, THEN THE System SHALL`: every other word stays as it is. */
function rewrite(criterion: Criterion, clause: Clause): Fix | undefined {
  const { clauses, text, range } = criterion;
  const system = clauses.find(({ role }) => role === 'system');
  if (system === undefined) return undefined;
  const like = (upper: string) => likeWritten(clause.keyword, upper);
  const keyword = { range: clause.keywordRange, newText: like('IF') };
  if (clauses.some(({ role }) => role === 'then'))
    return { title: 'Rewrite as IF …, THEN', safe: false, edits: () => [keyword] };
  // The system follows its condition directly, else THEN would come in the wrong place.
  if (clauses[clauses.indexOf(clause) + 1] !== system) return undefined;
  const at = (system.keyword === '' ? system.range : system.keywordRange).start - range.start;
  const then = insertThen(text, at, like('THEN') === 'THEN' ? 'THEN' : 'then');
  const edits = [keyword, { ...then, range: shift(then.range, range.start) }];
  return { title: 'Rewrite as IF …, THEN', safe: false, edits: () => edits };
}

function likeWritten(sample: string, upper: string): string {
  if (sample === sample.toUpperCase()) return upper;
  const lower = upper.toLowerCase();
  return /^[A-Z]/.test(sample) ? lower.replace(/^./, (first) => first.toUpperCase()) : lower;
}
