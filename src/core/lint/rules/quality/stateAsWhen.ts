import type { Criterion } from '../../../ears/model';
import type { TextEdit } from '../../../util/textRange';
import type { CriterionRule } from '../../rule';
import { rewrite } from '../rewrite';
import { visibleClauses } from './clauses';

const STATE =
  /\b(?:is|are)\s+(?:currently\s+|still\s+|already\s+)?(?:active|inactive|enabled|disabled|logged\s+in|logged\s+out|signed\s+in|signed\s+out|authenticated|open|closed|loading|paused|running|stopped|offline|online|connected|disconnected|in\s+progress|visible|hidden|idle|busy|locked|unlocked|selected|focused|empty|full|pending|installed|configured|set)\b(?!\s*(?:by|to|from)\b)/i;

export const stateAsWhen: CriterionRule = {
  scope: 'criterion',
  id: 'state-as-when',
  code: 'Q08',
  title: 'State written as WHEN',
  levels: { recommended: 'off', 'incose-full': 'hint' },
  why: 'WHEN is a moment, WHILE a duration. “WHEN the alarm is active” leaves open whether the duty begins once or holds all the time.',
  bad: 'WHEN the alarm is active, THE Door SHALL stay shut',
  good: 'WHILE the alarm is active, THE Door SHALL stay shut',
  source: 'EARS 2009, state-driven',
  check: (context) =>
    visibleClauses(context, 'when').flatMap(({ clause, words }) => {
      const match = STATE.exec(words);
      if (match === null) return [];
      const start = clause.range.start + match.index;
      const message = `Is “${match[0]}” a moment or a duration? For as long as it lasts, write WHILE; for the moment, “becomes”.`;
      const other = context.criterion.clauses.filter(({ role }) => role !== 'system' && role !== 'response');
      const newText = clause.keyword === clause.keyword.toUpperCase() ? 'WHILE' : 'while';
      const edits = [
        { range: clause.keywordRange, newText },
        ...withoutThen(context.text, context.criterion),
      ];
      const conditions = other.filter(({ role }) => role !== 'then');
      // Emphasis around a THEN that goes would be left without its other half.
      const isPlain = conditions.length === other.length || !context.text.includes('*');
      return [
        {
          message,
          range: { start, end: start + match[0].length },
          ...(conditions.length === 1 && isPlain
            ? { fixes: [rewrite(`Write ${newText}`, false, edits)] }
            : {}),
        },
      ];
    }),
};

/** After WHILE comes a comma, and no THEN. */
function withoutThen(text: string, { clauses, range }: Criterion): readonly TextEdit[] {
  const at = clauses.findIndex(({ role }) => role === 'then');
  const then = clauses[at]?.keywordRange;
  const before = clauses[at - 1]?.range.end;
  if (then === undefined || before === undefined) return [];
  const blanks = /^\s*/.exec(text.slice(then.end - range.start))?.[0].length ?? 0;
  return [{ range: { start: before, end: then.end + blanks }, newText: ', ' }];
}
