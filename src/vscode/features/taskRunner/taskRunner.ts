/** Running tasks: the commands. What they mean is the core's `TaskRunner`. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { isSingle } from '../../../core/tasks/report/runTally';
import type { TaskResult } from '../../../core/tasks/taskRunner';
import { taskTitle } from '../../../core/tasks/taskState';
import { showError, showInfo, showWarning } from '../../adapters/messages';
import { hasOpenTasks, isSpecTarget, pickSpec, pickTask, selectedTasks } from '../../adapters/specTarget';
import { latestRun } from '../../adapters/taskRuns';
import type { Feature, Host } from '../../host';
import { COMMANDS, VIEWS } from '../../manifest';

export const registerTaskRunner: Feature = (host) => {
  const { core } = host;
  return vscode.Disposable.from(
    host.command(COMMANDS.startTask, async (target) => {
      const { spec, resume } = (target ?? {}) as { readonly spec?: unknown; readonly resume?: unknown };
      if (typeof spec === 'string' && typeof resume === 'string')
        return watchRun(host, spec, () => core.tasks.resume(resume));
      const picked = await pickTask(core, target, 'Start Task');
      if (picked)
        await watchRun(host, picked.spec.path, () => core.tasks.run(picked.spec.path, picked.task.key));
    }),
    host.command(COMMANDS.runAllTasks, async (target) => {
      const spec = await pickSpec(core, target, 'Run All Tasks', hasOpenTasks);
      if (spec) await watchRun(host, spec.path, () => core.tasks.runAll(spec.path));
    }),
    host.command(COMMANDS.stop, (target) => stop(host, target)),
    host.command(COMMANDS.markTaskDone, async (target) => {
      const picked = await pickTask(core, target, 'Mark Task as Done');
      if (picked) await core.tasks.markDone(picked.spec.path, picked.task.key);
    }),
    host.command(COMMANDS.toggleTask, async (target) => {
      const selected = target === undefined ? await selectedTasks(core) : undefined;
      if (selected && selected.tasks.length > 0)
        return core.tasks.toggle(selected.spec.path, ...selected.tasks.map(({ key }) => key));
      const picked = await pickTask(core, target, 'Toggle Task Checkbox', true);
      if (picked) await core.tasks.toggle(picked.spec.path, picked.task.key);
    }),
  );
};

/** A spec's row or lens stops what runs for it; from the palette, what runs is named. */
async function stop({ core }: Host, target: unknown): Promise<void> {
  if (isSpecTarget(target)) {
    const spec = await pickSpec(core, target, 'Stop');
    return spec && core.tasks.stop(spec.path);
  }
  const live = core.sessions.known.filter(({ id }) => core.sessions.isLive(id));
  if (live.length === 0) throw new ActError('notFound', 'Nothing is running in this window.');
  const items = live.map((entry) => ({ label: entry.state.started.title, entry }));
  const picked = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title: 'Stop' });
  const { spec } = picked?.entry.state.started ?? {};
  if (spec) core.tasks.stop(spec);
  else if (picked) core.sessions.stop(picked.entry.id);
}

async function watchRun(host: Host, spec: string, run: () => Promise<readonly TaskResult[]>): Promise<void> {
  await vscode.commands.executeCommand(COMMANDS.showAgent);
  const results = await vscode.window.withProgress({ location: { viewId: VIEWS.specs } }, run);
  // What comes of several is told as a run.
  const latest = latestRun(host.core, spec);
  if (!latest || isSingle(latest)) void tell(host, spec, results).catch(host.report);
}

/** One sentence at the end, with the one act that comes next; what is not done comes before what is. */
async function tell({ core }: Host, spec: string, results: readonly TaskResult[]): Promise<void> {
  const told = results.find(({ outcome }) => outcome !== 'done') ?? results.at(-1);
  if (!told) return;
  const { task, session, outcome, reason } = told;
  const name = `“${taskTitle(task)}”`;
  const target = { spec, task: task.key };
  const acts: Readonly<Record<string, () => unknown>> = {
    'Mark as Done': () => core.tasks.markDone(spec, task.key),
    'Show Agent': () => vscode.commands.executeCommand(COMMANDS.showAgent, session),
    'Try Again': () => vscode.commands.executeCommand(COMMANDS.startTask, target),
  };
  if (outcome === 'done') {
    const one = results.length === 1;
    void showInfo(
      one ? `${name} is done: its check passed.` : `${results.length} tasks are done: their checks passed.`,
    );
  } else if (outcome === 'unverified') {
    const message =
      `${name} ended well, but nothing proves it, so its box stays open. ${reason ?? ''}`.trim();
    await acts[(await showWarning(message, 'Mark as Done', 'Show Agent')) ?? '']?.();
  } else if (outcome === 'failed') {
    await acts[(await showError(`${name}: ${reason ?? 'failed'}`, 'Show Agent', 'Try Again')) ?? '']?.();
  }
}
