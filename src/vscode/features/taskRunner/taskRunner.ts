/** Running tasks: the commands. What they mean is the core's `TaskRunner`. */
import * as vscode from 'vscode';
import type { TaskResult } from '../../../core/tasks/taskRunner';
import { hasOpenTasks, pickSpec, pickTask } from '../../adapters/specTarget';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';

export const registerTaskRunner: Feature = (host) => {
  const { core } = host;
  return vscode.Disposable.from(
    host.command(COMMANDS.startTask, async (target) => {
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
      const picked = await pickTask(core, target, 'Toggle Task Checkbox');
      if (picked) await core.tasks.toggle(picked.spec.path, picked.task.key);
    }),
  );
};

/** A hook's row stops that hook; else what runs for a spec is stopped, or whatever runs. */
async function stop({ core }: Host, target: unknown): Promise<void> {
  const hook = (target as { readonly id?: unknown } | null)?.id;
  if (typeof hook === 'string' && core.hooks.isRunning(hook)) return core.hooks.stop(hook);
  const live = core.sessions.known.filter(({ id }) => core.sessions.isLive(id));
  const spec = live.length > 1 ? await pickSpec(core, target, 'Stop') : undefined;
  if (spec) return core.tasks.stop(spec.path);
  for (const { id, state } of live) {
    if (state.started.spec) core.tasks.stop(state.started.spec);
    else core.sessions.stop(id);
  }
}

async function watchRun(host: Host, spec: string, run: () => Promise<readonly TaskResult[]>): Promise<void> {
  await vscode.commands.executeCommand(COMMANDS.showAgent);
  const results = await vscode.window.withProgress({ location: { viewId: 'earshot.specs' } }, run);
  const last = results.at(-1);
  if (last) void tell(host, spec, results, last);
}

/** One sentence at the end, with the one act that comes next. */
async function tell(
  { core }: Host,
  spec: string,
  results: readonly TaskResult[],
  last: TaskResult,
): Promise<void> {
  const name = `${last.task.id ?? ''} ${last.task.title}`.trim();
  if (last.outcome === 'done') {
    const what =
      results.length === 1
        ? `“${name}” is done: its check passed.`
        : `${results.length} tasks are done: their checks passed.`;
    void vscode.window.showInformationMessage(what);
  } else if (last.outcome === 'unverified') {
    const mark = 'Mark as Done';
    const message = `“${name}” ended well, but no check ran, so its box stays open.`;
    if ((await vscode.window.showWarningMessage(message, mark, 'Show Agent')) === mark)
      await core.tasks.markDone(spec, last.task.key);
  } else if (last.outcome === 'failed') {
    const choice = await vscode.window.showErrorMessage(
      `“${name}”: ${last.reason ?? 'failed'}`,
      'Show Agent',
      'Try Again',
    );
    if (choice === 'Show Agent') await vscode.commands.executeCommand(COMMANDS.showAgent, last.session);
    if (choice === 'Try Again')
      await vscode.commands.executeCommand(COMMANDS.startTask, { spec, task: last.task.key });
  }
}
