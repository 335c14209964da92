import type { Fix } from '../../../spec/model';
import type { CriterionContext, CriterionRule } from '../../rule';
import { splitFix } from '../splitFix';
import { ACTION_VERBS } from './actionVerbs';
import { visibleClauses } from './clauses';

/** “Clear paths” and “return types” have no verb in them. */
const NO_VERB = String.raw`clear\s+(?!(?:the|an?|all|any|each|its|their|it)\b)|return\s+types?\b|search\s+(?:content|results?|terms?)\b`;
/** Group 1: what joins; group 2: the second verb. */
const SECOND = new RegExp(
  String.raw`((?:\s*[,;])?\s+and\s+(?:then\s+|also\s+)?)(?!${NO_VERB})(${ACTION_VERBS.join('|')})(?=\s)(?!\s+(?:and|or)\b)`,
  'i',
);
/** Verbs of a list, before the last one: “return it, keep the rest, and tell the user”. */
const LISTED = new RegExp(String.raw`,\s+(${ACTION_VERBS.join('|')})(?=\s)`, 'gi');
const VERBS: ReadonlySet<string> = new Set(ACTION_VERBS);
/** `read and write access`, `start and end times`: one thing. */
const SAME_OBJECT = /^\w+$/;
/** What names something only together with the first action. */
const LEANS_BACK = /\b(?:it|its|them|their|they|itself|so|instead|too|also)\b/i;

export const severalActions: CriterionRule = {
  scope: 'criterion',
  id: 'several-actions',
  code: 'Q09',
  title: 'Several actions in one criterion',
  levels: { recommended: 'off', 'incose-full': 'info' },
  why: 'Two actions in one criterion pass or fail together, and tests tend to look at the first one only. Whether to split them is yours to decide: what only makes sense together may stay together.',
  bad: 'WHEN a file is saved, THE Editor SHALL format it and send a message',
  good: 'WHEN a file is saved, THE Editor SHALL format it',
  source: 'INCOSE GtWR R18, R19',
  byHand: 'What says “it” of the first action, or is one thing with it, is not split.',
  check: (context) =>
    secondActions(context).map(({ verb, at, fixes }) => ({
      message: `“${verb}” is a second action. A criterion of its own can be tested, and traced, by itself.`,
      range: { start: at, end: at + verb.length },
      fixes,
    })),
};

/** A criterion for each action, where there are several. */
export function splitActions(context: CriterionContext): readonly Fix[] {
  return secondActions(context).flatMap(({ fixes }) => fixes);
}

function secondActions(context: CriterionContext): readonly {
  readonly verb: string;
  /** Where it stands in the document. */
  readonly at: number;
  readonly fixes: readonly Fix[];
}[] {
  return visibleClauses(context, 'response').flatMap(({ words, start, clause }) => {
    const match = SECOND.exec(words);
    if (match === null || /\bshall\b/i.test(words)) return [];
    const [whole, join = '', verb = ''] = match;
    const first = words.slice(0, match.index).trim();
    // In “the delete and archive buttons” the verbs only tell which.
    const last = first.slice(first.lastIndexOf(' ') + 1).toLowerCase();
    if (SAME_OBJECT.test(first) || VERBS.has(last)) return [];
    const at = clause.range.start + match.index + join.length;
    return [{ verb, at, fixes: split(context, start, first, match.index + whole.length - verb.length) }];
  });
}

/**
 * A criterion for each action, all with the same conditions and system.
 * @param start Where the response begins in the criterion's text.
 * @param first Its words before the last “and”.
 * @param last Where its last action begins, counted from `start`.
 */
function split(context: CriterionContext, start: number, first: string, last: number): readonly Fix[] {
  const { text } = context.criterion;
  const head = text.slice(0, start);
  const full = /[.。]\s*$/.exec(text)?.[0].trim() ?? '';
  const listed = [...first.matchAll(LISTED)].map(({ index, 0: words, 1: verb = '' }) => ({
    end: index,
    next: index + words.length - verb.length,
  }));
  const ends = [...listed.map(({ end }) => end), first.length];
  const starts = [0, ...listed.map(({ next }) => next)];
  const actions = starts.map((from, index) => text.slice(start + from, start + (ends[index] ?? from)));
  const final = text.slice(start + last);
  if ([...actions.slice(1), final].some((action) => LEANS_BACK.test(action))) return [];
  return splitFix(context, [
    ...actions.map((action) => head + action.replace(/[\s,;]+$/, '') + full),
    head + final,
  ]);
}
