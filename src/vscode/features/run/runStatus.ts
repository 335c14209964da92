/** The status bar while a run goes on: how far it is, and what it cost. */
import * as vscode from 'vscode';
import type { RunState } from '../../../core/tasks/run/model';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { costWords, runLabel } from './runModel';
import { figuresOf } from './runSources';

const GOES_ON: readonly RunState['status'][] = ['running', 'stopping', 'paused', 'needsYou'];

export function registerRunStatus({ core }: Host): vscode.Disposable {
  // Made with the first run: most windows never see one.
  let item: vscode.StatusBarItem | undefined;
  const make = () => {
    const made = vscode.window.createStatusBarItem('earshot.run', vscode.StatusBarAlignment.Right, 91);
    made.name = 'Earshot: Run';
    return made;
  };
  const changed = core.runs.onDidChange((id) => {
    const changedRun = core.runs.get(id);
    const run = core.runs.known.find(
      ({ spec, status }) => GOES_ON.includes(status) && core.tasks.isRunning(spec),
    );
    if (!run || !changedRun) return item?.hide();
    item ??= make();
    const cost = costWords(figuresOf(core, run).cost, run.options.budget);
    const icon =
      { paused: '$(debug-pause)', needsYou: '$(bell-dot)' }[String(run.status)] ?? '$(loading~spin)';
    item.text = [`${icon} ${runLabel(run)}`, ...(cost === undefined ? [] : [cost])].join(', ');
    const words =
      { paused: 'paused', needsYou: 'needs you', stopping: 'stops after these' }[String(run.status)] ??
      'goes on';
    item.tooltip = `Run ${run.number} ${words}. Click to look at it.`;
    item.accessibilityInformation = { label: `Earshot run ${run.number} ${words}, ${runLabel(run)}` };
    item.backgroundColor =
      run.status === 'needsYou' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.command = { command: COMMANDS.showRun, title: 'Show Run', arguments: [{ run: run.id }] };
    item.show();
  });
  return new vscode.Disposable(() => {
    changed.dispose();
    item?.dispose();
  });
}
