/** What a person does about one task of a run: from the panel, a lens, a row or the palette alike. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { counted } from '../../../core/tasks/report/figures';
import { nameOf } from '../../../core/tasks/report/taskWords';
import type { RunningTask, RunState } from '../../../core/tasks/run/model';
import { changedInPause, OUTSIDE } from '../../../core/tasks/run/ownChanges';
import { toUri } from '../../adapters/paths';
import { pickTask, tasksOf } from '../../adapters/specTarget';
import { taskInRun } from '../../adapters/taskRuns';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { runTarget } from './pickRun';

export interface TaskOfRun {
  readonly run: RunState;
  readonly task: RunningTask;
}

/** The task of a command in the run that it names, else in the latest that has it. */
export async function pickTaskOfRun(
  host: Host,
  argument: unknown,
  title: string,
): Promise<TaskOfRun | undefined> {
  const { core } = host;
  const { run: id, task: key } = runTarget(argument);
  const named = id === undefined ? undefined : core.runs.get(id);
  if (named && key !== undefined) return taskIn(named, key);
  await core.runs.list();
  const picked = await pickTask(core, argument, title, true);
  if (!picked) return undefined;
  const known = taskInRun(core, picked.spec.path, picked.task);
  if (!known) throw new ActError('notFound', `“${picked.task.title}” has not run yet. Start it first.`);
  return known;
}

export function taskIn(run: RunState, key: string): TaskOfRun {
  const task = run.tasks.find((each) => each.key === key);
  if (!task) throw new ActError('notFound', `There is no task ${key} in run ${run.number}.`);
  return { run, task };
}

/** With a hint, where the person has one; undefined where they thought better of it. */
export async function askHint({ task }: TaskOfRun): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: `Retry ${nameOf(task)}`,
    prompt: 'A hint for the next try, sent with the failing check. Empty: try again as it is.',
    placeHolder: 'What it should do differently',
    ignoreFocusOut: true,
  });
}

export async function retry(
  { core }: Host,
  { run, task }: TaskOfRun,
  hint: string | undefined,
): Promise<void> {
  const words = hint?.trim();
  await core.runs.retry(run.id, task.key, words === '' ? undefined : words);
}

/** Shows first what would change, and asks. */
export async function restore(host: Host, about: TaskOfRun): Promise<void> {
  const { run, task } = about;
  const { before, after, pauses = [] } = task.checkpoints;
  if (before === undefined)
    throw new ActError(
      'notFound',
      `There is no checkpoint of before ${nameOf(task)}, so it cannot be restored.`,
    );
  const target = { root: run.root, checkpoint: before };
  const others = await changedByOthers(host, about);
  const which = after === undefined || others === 0 ? 'all' : await askWhich(task, others);
  if (which === 'all') await vscode.commands.executeCommand(COMMANDS.restoreToBefore, target);
  if (which === 'own')
    await vscode.commands.executeCommand(COMMANDS.takeBackChanges, { ...target, to: after, pauses });
}

/** Files that others changed after it, and between its tries; 0 also where that is not known any more. */
async function changedByOthers({ core }: Host, { run, task }: TaskOfRun): Promise<number> {
  const { after, pauses = [] } = task.checkpoints;
  if (after === undefined) return 0;
  try {
    const others = new Set<string>();
    for (const pause of pauses)
      for (const path of await changedInPause(core.checkpoints, run.root, pause)) others.add(path);
    for (const { path } of await core.checkpoints.diff(run.root, after))
      if (!OUTSIDE.test(path)) others.add(path);
    return others.size;
  } catch {
    // What is not kept any more tells nothing; the restore says so itself.
    return 0;
  }
}

async function askWhich(task: RunningTask, others: number): Promise<'own' | 'all' | undefined> {
  const name = nameOf(task);
  const isPaused = (task.checkpoints.pauses ?? []).length > 0;
  const items: readonly (vscode.QuickPickItem & { readonly which: 'own' | 'all' })[] = [
    {
      label: `Only what ${name} changed`,
      detail: `What came after it${isPaused ? ', or between its tries,' : ''} stays, in the same files, too, where it is in other lines.`,
      which: 'own',
    },
    {
      label: `All files as they were before ${name}`,
      detail: `What came after it${isPaused ? ', or between its tries,' : ''} is taken back as well: ${counted(others, 'file')} changed ${isPaused ? 'by others' : 'since'}.`,
      which: 'all',
    },
  ];
  const title = `Restore to Before ${name}`;
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'What is restored?' }))?.which;
}

export async function openSession(_host: Host, { task }: TaskOfRun): Promise<void> {
  const session = task.sessions.at(-1)?.id;
  if (session === undefined) throw new ActError('notFound', `No session has worked on ${nameOf(task)} yet.`);
  await vscode.commands.executeCommand(COMMANDS.showAgent, session);
}

/** The person's word, for a task that nothing proves. */
export async function markDone({ core }: Host, { run, task }: TaskOfRun): Promise<void> {
  await core.tasks.markDone(run.spec, task.key);
}

/** Its line in tasks.md, wherever that is now. */
export async function goToLine({ core }: Host, spec: string, key: string): Promise<void> {
  const read = core.specs.get(spec);
  const task = read && tasksOf(read).find((each) => each.key === key);
  if (!task) throw new ActError('notFound', 'This task is no longer in tasks.md.');
  await openTasks({ core }, spec, task.line);
}

export async function openTasks({ core }: Pick<Host, 'core'>, spec: string, line: number): Promise<void> {
  const path = core.specs.get(spec)?.documents.find(({ kind }) => kind === 'tasks')?.path;
  if (path === undefined) throw new ActError('notFound', 'tasks.md is no longer there.');
  const document = await vscode.workspace.openTextDocument(toUri(path));
  await vscode.window.showTextDocument(document, {
    selection: new vscode.Range(line, 0, line, 0),
    preview: true,
  });
}
