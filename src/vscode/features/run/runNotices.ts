/** Tells the person when a run needs them, is done, or stopped: one sentence, with the one act that comes next. */
import * as vscode from 'vscode';
import { needWords } from '../../../core/tasks/report/needWords';
import type { RunState } from '../../../core/tasks/run/model';
import { needOf } from '../../../core/tasks/run/openNeeds';
import { showError, showInfo, showWarning } from '../../adapters/messages';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { type Told, tellOf } from './runTold';

const LABELS: Readonly<Record<Told['act'], string>> = {
  show: 'Show Run',
  report: 'Show Report',
  session: 'Answer',
  goOn: 'Go On',
};

export function registerRunNotices(host: Host): vscode.Disposable {
  const { core } = host;
  const seen = new Map<string, RunState>();
  /** Runs of this window: another tells of its own. */
  const own = new Set<string>();
  /** Is it for this window to tell? */
  function isOurs(before: RunState | undefined, run: RunState): boolean {
    if (run.status === 'interrupted') return before === undefined && remember(host, run.id);
    if (core.tasks.isRunning(run.spec) && run.endedAt === undefined) own.add(run.id);
    return own.has(run.id);
  }

  return core.runs.onDidChange((id) => {
    const run = core.runs.get(id);
    if (!run) return;
    const before = seen.get(id);
    seen.set(id, run);
    const spec = core.specs.get(run.spec)?.name ?? 'a spec';
    const told = isOurs(before, run) ? tellOf(before, run, spec) : undefined;
    if (told) void tell(host, run, told).catch(host.report);
  });
}

/** An interruption is told once, whichever window reads of it first. */
const TOLD = 'earshot.runs.told';
const MOST = 50;

/** False where it was told before. */
function remember({ context }: Host, id: string): boolean {
  const kept: unknown = context.workspaceState.get(TOLD);
  const told = Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : [];
  if (told.includes(id)) return false;
  void context.workspaceState.update(TOLD, [id, ...told].slice(0, MOST));
  return true;
}

const CAN_GO_ON: readonly RunState['status'][] = ['interrupted', 'stopped', 'needsYou', 'paused'];

async function tell({ core }: Host, run: RunState, { level, words, act }: Told): Promise<void> {
  const show = { info: showInfo, warning: showWarning, error: showError }[level];
  if ((await show(words, LABELS[act])) !== LABELS[act]) return;
  // A notification may be pressed long after: what counts is what the run waits for now.
  const now = core.runs.get(run.id) ?? run;
  const need = needOf(now);
  if (act === 'report') await vscode.commands.executeCommand(COMMANDS.showRunReport, { run: run.id });
  else if (act === 'goOn' && CAN_GO_ON.includes(now.status))
    await vscode.commands.executeCommand(COMMANDS.resumeRun, { run: run.id });
  else if (act === 'session' && need?.kind === 'permission')
    await vscode.commands.executeCommand(COMMANDS.showAgent, need.session);
  else {
    const task = needWords(now)?.task;
    await vscode.commands.executeCommand(COMMANDS.showRun, {
      run: run.id,
      ...(task === undefined ? {} : { task }),
    });
  }
}
