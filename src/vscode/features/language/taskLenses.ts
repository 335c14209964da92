/** Lenses on tasks that have something to say: what became of them, and what may be done about it. */
import * as vscode from 'vscode';
import type { DocumentSnapshot, Spec, Task } from '../../../core/spec/model';
import { isRunning } from '../../../core/tasks/report/runTally';
import { lensWords } from '../../../core/tasks/report/taskWords';
import type { TaskPhase } from '../../../core/tasks/run/model';
import { tasksOf } from '../../adapters/specTarget';
import { actsOn, latestRun, type TaskInRun, taskInRun } from '../../adapters/taskRuns';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';

export function lens(line: number, title: string, command: string, ...args: unknown[]): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command, arguments: args });
}

/** For the document: run, plan, and the latest run. */
export function runLenses({ core }: Host, spec: Spec, target: unknown): vscode.CodeLens[] {
  const { done, total } = spec.progress;
  const latest = latestRun(core, spec.path);
  const shown = latest ? [lens(0, `Show Run ${latest.number}`, COMMANDS.showRun, { run: latest.id })] : [];
  if (core.tasks.isRunning(spec.path))
    return [lens(0, '$(debug-stop) Stop', COMMANDS.stop, target), ...shown];
  if (done === total) return shown;
  return [
    lens(0, `$(run-all) Run All Tasks (${done}/${total})`, COMMANDS.runAllTasks, target),
    lens(0, 'Plan', COMMANDS.planRun, target),
    ...shown,
  ];
}

export function taskLenses(host: Host, spec: Spec, document: DocumentSnapshot): vscode.CodeLens[] {
  if (document.kind !== 'tasks') return [];
  return tasksOf(spec).flatMap((task) => {
    const known = taskInRun(host.core, spec.path, task);
    return known
      ? [...runningLenses(host, spec, task, known), ...startLens(host, spec, task)]
      : oldLenses(host, spec, task);
  });
}

const ICONS: Readonly<Record<TaskPhase, string>> = {
  waiting: '$(clockface)',
  working: '$(loading~spin)',
  checking: '$(loading~spin)',
  reviewing: '$(loading~spin)',
  merging: '$(loading~spin)',
  done: '$(check)',
  unproven: '$(question)',
  failed: '$(error)',
  skipped: '$(debug-step-over)',
  stopped: '$(circle-slash)',
  interrupted: '$(debug-disconnect)',
};

function runningLenses(
  { core }: Host,
  spec: Spec,
  { line, state }: Task,
  known: TaskInRun,
): vscode.CodeLens[] {
  const { run, task } = known;
  // The file says what is done: who ticked it by hand needs no word on why it was not.
  if (state === 'done' && task.phase !== 'done') return [];
  if (state !== 'done' && task.phase === 'done') return [];
  const target = { spec: spec.path, run: run.id, task: task.key };
  const acts = actsOn(known);
  const words = `${ICONS[task.phase]} ${lensWords(task, run, core.ports.clock.now())}`;
  const on = (act: string, title: string, command: string) =>
    acts.includes(act) ? [lens(line, title, command, target)] : [];
  return [
    lens(line, words, COMMANDS.showRun, target),
    ...(isRunning(task.phase)
      ? [
          lens(line, 'Stop', COMMANDS.stop, { spec: spec.path }),
          ...on('ran', 'Open Session', COMMANDS.openTaskSession),
        ]
      : []),
    ...on('retry', 'Retry…', COMMANDS.retryTask),
    ...on('evidence', 'Evidence', COMMANDS.showEvidence),
    ...on('changes', 'Changes', COMMANDS.showTaskChanges),
    ...on('restore', 'Restore', COMMANDS.restoreTask),
    ...on('skip', 'Skip', COMMANDS.skipTask),
  ];
}

function startLens({ core }: Host, spec: Spec, task: Task): vscode.CodeLens[] {
  if (task.state === 'done' || core.tasks.isRunning(spec.path)) return [];
  const target = { spec: spec.path, task: task.key };
  const last = core.tasks.sessionOf(spec.path, task);
  const start = lens(task.line, '$(play) Start Task', COMMANDS.startTask, target);
  return last?.state.status === 'done'
    ? [start, lens(task.line, '$(pass) Mark as Done', COMMANDS.markTaskDone, target)]
    : [start];
}

/** Of a task that no run knows: its session is from before there were runs. */
function oldLenses(host: Host, spec: Spec, task: Task): vscode.CodeLens[] {
  const last = host.core.tasks.sessionOf(spec.path, task);
  if (last?.state.status === 'running')
    return [lens(task.line, '$(loading~spin) Running… Show', COMMANDS.showAgent, last.id)];
  const start = startLens(host, spec, task);
  return start.length > 0 && last?.state.status === 'failed'
    ? [lens(task.line, '$(error) Failed. Show why', COMMANDS.showAgent, last.id), ...start]
    : start;
}
