/** What brings a task's work into the workspace asks for: its checks once more, and a session where lines clash. */
import { ActError } from '../../actError';
import type { Spec, Task } from '../../spec/model';
import { documentOf } from '../../spec/readSpec';
import { flattenTasks } from '../../spec/tasks/taskTree';
import { compareChecks } from '../evidence/compareChecks';
import type { CheckResult, Evidence } from '../evidence/model';
import { taskTitle } from '../taskState';
import type { Bringing } from './bringing';
import type { RunState } from './model';
import type { Place } from './place';
import type { OneTask, RunOneParts } from './runOne';

export type MergeParts = Pick<RunOneParts, 'proof' | 'sessions' | 'mend' | 'checkpoints'>;

export function createBringing(
  { proof, sessions, mend, checkpoints }: MergeParts,
  {
    run,
    spec,
    task,
    key,
    checks,
    model,
  }: Pick<OneTask, 'run' | 'spec' | 'task' | 'key' | 'checks' | 'model'>,
  { root }: Pick<Place, 'root'>,
  evidence: Evidence,
): Bringing & { readonly afterWriting: () => Promise<void> } {
  const alone = Object.fromEntries(evidence.checks.map(({ command, after }) => [command, after]));

  async function checkpoint(when: 'before' | 'after'): Promise<void> {
    const cause = { kind: 'task', run: run.id, spec: spec.path, task: key, when } as const;
    const taken = await checkpoints?.take(spec.root, cause);
    if (taken) run.append({ type: 'task.checkpoint', task: key, when, checkpoint: taken.id });
    await run.flush();
  }

  return {
    beforeWriting: () => checkpoint('before'),
    afterWriting: () => checkpoint('after'),
    async check(signal) {
      const results: Record<string, CheckResult> = {};
      for (const check of checks) {
        run.append({ type: 'task.checking', task: key, command: check.command });
        await run.flush();
        results[check.command] = await proof.check(check, root, signal);
      }
      run.append({ type: 'task.merging', task: key });
      return compareChecks(checks, alone, results)
        .filter(({ verdict }) => verdict !== 'passed' && verdict !== 'noWorse')
        .map(
          ({ command }) =>
            `“${command}” is fine with this task alone, and not together with what was done beside it.`,
        );
    },
    async resolve(clashes, signal) {
      const paths = clashes.map(({ path }) => path);
      const session = sessions.start({
        kind: 'task',
        title: `Merge ${taskTitle(task)}`,
        root: spec.root,
        spec: spec.path,
        model: model.name,
        rehearsed: model.rehearsed,
      });
      const stop = () => session.abort.abort(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      run.append({ type: 'task.session', task: key, session: session.id, role: 'merge' });
      try {
        await session.flush();
        await run.flush();
        const others = broughtSince(run.state, key, spec);
        await mend({
          session,
          spec,
          task,
          others,
          model,
          root,
          paths,
          checks: checks.map(({ command }) => command),
        });
        await session.end('done');
      } catch (error) {
        await session.end(signal.aborted ? 'cancelled' : 'failed', wordsOf(error));
        throw error instanceof ActError || signal.aborted
          ? error
          : new ActError('modelFailed', wordsOf(error));
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

/** Whose lines may stand in the workspace now. */
function broughtSince({ tasks }: RunState, key: string, spec: Spec): readonly Task[] {
  const began = tasks.find((task) => task.key === key)?.startedAt ?? 0;
  const brought = tasks.filter((task) => task.key !== key && (task.endedAt ?? 0) >= began);
  const document = documentOf(spec, 'tasks')?.document;
  const all = document?.kind === 'tasks' ? flattenTasks(document.tasks) : [];
  return all.filter(({ id, title }) => brought.some((task) => task.id === id && task.title === title));
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
