/** What proves a task, as the loop asks for it. */
import type { SessionState } from '../../agent/session/sessionState';
import type { Checkpoints } from '../../checkpoints/checkpoints';
import type { Pause } from '../../checkpoints/model';
import type { Consents } from '../../consents';
import type { Ports } from '../../ports';
import type { Spec, Task } from '../../spec/model';
import type { Trace } from '../../trace/trace';
import type { AbortSignal } from '../../util/abort';
import type { ChangedFile } from '../evidence/changes';
import { agreeForAll, checksFor } from '../evidence/checks';
import { type JudgeInput, judge } from '../evidence/judge';
import { linkedTests } from '../evidence/linkedTests';
import type { Check, CheckResult, Evidence } from '../evidence/model';
import { recordEvidence, taskHash } from '../evidence/records';
import type { Reviewer } from '../evidence/reviewer';
import { runCheck } from '../evidence/runCheck';
import { changesOf } from './changesOf';
import { isExploration, judgeExploration } from './exploration';
import { isPreservation, judgePreservation } from './preservation';

export interface Proof {
  /**
   * The checks of a task that may run; asks once for what nobody agreed to, and not again for what is declined. Rejects
   * with `Cancelled` when the question is dismissed.
   */
  checksFor(
    spec: Spec,
    task: Task,
    options: { readonly declined: Set<string>; readonly signal: AbortSignal },
  ): Promise<readonly Check[]>;
  /** Asks for those of several tasks at once. */
  agreeForAll(
    spec: Spec,
    tasks: readonly Task[],
    options: { readonly declined: Set<string>; readonly signal: AbortSignal },
  ): Promise<void>;
  /** Rejects when it is aborted; whatever else becomes of the command is its result. */
  check(
    check: Check,
    root: string,
    signal: AbortSignal,
    onOutput?: (text: string) => void,
  ): Promise<CheckResult>;
  /** What is different from before the try. */
  changes(where: Where): Promise<readonly ChangedFile[]>;
  judge(tried: Tried): Promise<Evidence>;
  /** Keeps it beside the spec. */
  record(spec: Spec, evidence: Evidence): Promise<void>;
}

/** Where a try is made, and what it began from. */
export interface Where {
  readonly root: string;
  /** The checkpoint that was taken before; undefined where there is none. */
  readonly checkpoint: string | undefined;
  /** Where that one is kept; undefined: with all others. */
  readonly states?: Pick<Checkpoints, 'diff' | 'read'> | undefined;
  /** When others may have worked there. */
  readonly pauses?: readonly Pause[] | undefined;
  /** Tells what was written where no checkpoint does; undefined before it began. */
  readonly session: SessionState | undefined;
}

/** One try of a task, when the agent has ended and its checks ran. */
export interface Tried {
  readonly run: string;
  readonly spec: Spec;
  /** As it stood before the agent began. */
  readonly task: Task;
  /** Where it was worked on. */
  readonly root: string;
  /** What the agent did. */
  readonly changes: readonly ChangedFile[];
  readonly session: SessionState;
  readonly checks: readonly Check[];
  /** By command. */
  readonly before: Readonly<Record<string, CheckResult>>;
  readonly after: Readonly<Record<string, CheckResult>>;
  /** Of this task, from 1. */
  readonly tries: number;
  readonly durationMs: number;
  readonly signal: AbortSignal;
  /** A second session judges what nothing speaks against; hears its id. Undefined: none does. */
  readonly onReview?: ((session: string) => void) | undefined;
}

export interface ProofParts {
  readonly ports: Ports;
  readonly consents: Consents;
  readonly trace: Trace;
  readonly checkpoints: Checkpoints | undefined;
  readonly reviewer: Reviewer;
}

export function createProof({ ports, consents, trace, checkpoints, reviewer }: ProofParts): Proof {
  const { files, person, clock, hasher } = ports;
  return {
    checksFor: (spec, task, options) => checksFor({ files, person, consents }, spec, task, options),
    agreeForAll: (spec, tasks, options) => agreeForAll({ files, person, consents }, spec, tasks, options),
    check: (check, root, signal, onOutput) =>
      runCheck(ports, check, root, { signal, ...(onOutput ? { onOutput } : {}) }),
    changes: ({ root, checkpoint, states = checkpoints, session, pauses }) =>
      changesOf(files, states, root, checkpoint, session, pauses),
    async judge({ root, changes, spec, task, session, signal, onReview, ...tried }) {
      const code = await trace.codeTags(root, signal);
      const criteria = await linkedTests(files, root, await trace.graph(spec, { code, signal }), task);
      signal.throwIfAborted();
      const input: JudgeInput = {
        run: tried.run,
        session: session.started.session,
        at: new Date(clock.now()).toISOString(),
        hash: taskHash(hasher, task),
        task,
        checks: tried.checks,
        before: tried.before,
        after: tried.after,
        changes,
        criteria,
        nothingToChange: nothingToChange(session),
        tries: tried.tries,
        durationMs: tried.durationMs,
        cost: session.cost,
      };
      const judged = isPreservation(spec, task)
        ? (given: JudgeInput) => judgePreservation(judge(given), task)
        : judge;
      const found = isExploration(spec, task) ? judgeExploration(judge(input)) : judged(input);
      const isJudged = found.verdict === 'refuted' || isExploration(spec, task);
      if (onReview === undefined || isJudged) return found;
      const { answers } = await reviewer({ spec, task, root, criteria, changes }, signal, onReview);
      return judged({ ...input, review: answers });
    },
    record: (spec, evidence) => recordEvidence(files, spec.path, spec.root, evidence),
  };
}

/** What the agent says at its end, where it says that nothing had to be done. */
function nothingToChange({ items }: SessionState): string | undefined {
  const last = items.findLast((item) => item.type === 'text');
  const words =
    last?.type === 'text' ? /^[*_]*nothing to change[*_]*:[*_]*(.+)$/im.exec(last.text)?.[1] : undefined;
  return words?.trim() || undefined;
}
