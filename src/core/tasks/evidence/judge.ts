/** From what ran and what changed to a verdict. Pure: the same input gives the same evidence. */
import type { Task } from '../../spec/model';
import { type ChangedFile, touchedFiles, workIn } from './changes';
import { type CheckResults, compareChecks } from './compareChecks';
import { isOwnWord } from './lies/definitions';
import { liesIn } from './lies/lies';
import { type LinkedCriterion, provedCriteria } from './linkedTests';
import type { Check, ComparedCheck, Evidence, ReviewedCriterion } from './model';
import { provedDespite, whyRedIsNoProof } from './redBefore';

export interface JudgeInput
  extends Pick<Evidence, 'run' | 'session' | 'at' | 'tries' | 'durationMs' | 'cost' | 'hash'> {
  readonly task: Task;
  /** All that were to be run: of one that was not, the evidence says so. */
  readonly checks: readonly Check[];
  /** Results by command: the baseline, and those after the work. */
  readonly before: CheckResults;
  readonly after: CheckResults;
  /** All that is different from before the try; more than the agent's own does no harm. */
  readonly changes: readonly ChangedFile[];
  /** Why nothing had to be changed, in the agent's words. */
  readonly nothingToChange?: string | undefined;
  /** See `linkedTests`. */
  readonly criteria: readonly LinkedCriterion[];
  readonly review?: readonly ReviewedCriterion[] | undefined;
}

export function judge(input: JudgeInput): Evidence {
  const { task, checks, criteria, review } = input;
  const nothingToChange = input.nothingToChange?.trim() || undefined;
  const changes = workIn(input.changes);
  const compared = compareChecks(checks, input.before, input.after).map((check) =>
    isUncounted(check) && isOwnWord(check, changes) ? { ...check, verdict: 'noProof' as const } : check,
  );
  const files = touchedFiles(changes, task.boundary);
  const suspicions = liesIn({
    changes,
    all: input.changes,
    files,
    checks,
    compared,
    asked: [task.title, ...task.details, ...criteria.map(({ text }) => text)].join('\n'),
    boundary: task.boundary,
    nothingToChange,
  });
  const refuted = [
    ...compared.flatMap(refutes),
    ...suspicions.map(({ detail }) => detail),
    ...(review ?? [])
      .filter(({ met }) => !met)
      .map(({ id, why }) => `The reviewer finds ${id} not met: ${why}`),
  ];
  const proved = provedCriteria(criteria, compared);
  const declined = whyDeclined(task, checks);
  const missing = refuted.length > 0 ? [] : (declined ?? whyUnproven(checks, compared));
  const isDue = missing.length > 0 && declined === undefined && emptyOwn(compared).length === 0;
  const despite = isDue ? provedDespite(compared, changes, proved) : undefined;
  const unproven = despite === undefined ? missing : [];
  const { hash, run, session, at, tries, durationMs, cost } = input;
  return {
    v: 1,
    task: task.id ?? task.key,
    title: task.title,
    hash,
    run,
    session,
    at,
    verdict: refuted.length > 0 ? 'refuted' : unproven.length > 0 ? 'unproven' : 'proved',
    reasons: [...refuted, ...unproven],
    checks: compared,
    files,
    criteria: proved,
    suspicions,
    ...(nothingToChange !== undefined && { nothingToChange }),
    ...(despite !== undefined && { despite }),
    ...(review && { review }),
    tries,
    durationMs,
    cost,
  };
}

function isUncounted({ kind, verdict, after }: ComparedCheck): boolean {
  return (kind === 'verify' || kind === 'test') && verdict === 'passed' && after.tests === undefined;
}

function refutes({ command, before, after, verdict }: ComparedCheck): readonly string[] {
  if (verdict !== 'worse' && verdict !== 'failed') return [];
  if (after.why !== undefined) return [after.why];
  const known = new Set(before?.failing);
  const failing = (after.failing ?? []).filter((name) => !known.has(name));
  const shown =
    failing.length > 0
      ? `: ${failing.slice(0, 3).join('; ')}${failing.length > 3 ? ` and ${failing.length - 3} more` : ''}`
      : '';
  const exit = after.tests?.failed
    ? `${after.tests.failed} of its tests fail`
    : `exit code ${after.exitCode ?? 'none'}`;
  const was =
    before === undefined
      ? ''
      : before.outcome === 'passed'
        ? ' It passed before.'
        : ' It failed before, and less.';
  return [`“${command}” failed (${exit})${shown}.${verdict === 'worse' ? was : ''}`];
}

function whyEmptyIsNoProof({ command, before, after }: ComparedCheck): string {
  return after.tests === undefined && before?.tests === undefined
    ? `What “${command}” runs was written by this task, and no test was counted, so it proves nothing.`
    : `“${command}” passed without running a test, so it proves nothing.`;
}

/** Where no check runs at all, that says more. */
function whyDeclined({ verify }: Task, checks: readonly Check[]): readonly string[] | undefined {
  const isMissing = verify !== undefined && checks.every(({ kind }) => kind !== 'verify');
  return isMissing && checks.length > 0
    ? [`Its own check “${verify}” did not run: nobody agreed to it.`]
    : undefined;
}

/** What a task itself demands no other check makes up for. */
function emptyOwn(compared: readonly ComparedCheck[]): readonly ComparedCheck[] {
  return compared.filter(({ kind, verdict }) => kind === 'verify' && verdict === 'noProof');
}

/** Nothing speaks against it; what speaks for it? */
function whyUnproven(checks: readonly Check[], compared: readonly ComparedCheck[]): readonly string[] {
  if (checks.length === 0)
    return ['No check ran: the task names none, and the project has none that you agreed to.'];
  const own = emptyOwn(compared);
  const proofs = own.length > 0 ? own : compared.filter(({ kind }) => kind === 'verify' || kind === 'test');
  if (proofs.some(({ verdict }) => verdict === 'passed')) return [];
  const red = proofs.filter(({ verdict }) => verdict === 'noWorse');
  const empty = proofs.filter(({ verdict }) => verdict === 'noProof');
  return [
    ...red.map(whyRedIsNoProof),
    ...empty.map(whyEmptyIsNoProof),
    ...(proofs.length === 0
      ? [
          'Only types and lint were checked, which do not show that the task does what it says. Give it a `_Verify:` command.',
        ]
      : []),
  ];
}
