/** Runs, as a person sees them: the panel, the status bar, notifications, reports, and what is done about one task. */
import * as vscode from 'vscode';
import type { Spec } from '../../../core/spec/model';
import { createSpecPanels } from '../../adapters/specPanels';
import { pickSpec } from '../../adapters/specTarget';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { askBudget } from './askBudget';
import { chooseRun, pickRun, runTarget } from './pickRun';
import { registerRunNotices } from './runNotices';
import { attachRunPanel, type ShownRun } from './runPanel';
import { registerRunStatus } from './runStatus';
import { createRunTexts } from './runTexts';
import { askHint, openSession, pickTaskOfRun, restore, retry, type TaskOfRun } from './taskActs';
import { registerTaskTexts, showChanges } from './taskChanges';
import { registerTestingView } from './testingView';

export const registerRun: Feature = (host) => {
  const { core } = host;
  const panels = createSpecPanels<ShownRun>(host, {
    viewType: 'earshot.run',
    titleOf: (spec) => `Run: ${spec}`,
    attach: (panel, place) => attachRunPanel(host, panel, place),
  });
  const texts = createRunTexts(host);
  const show = async (spec: Spec, run: string | undefined, task?: string) =>
    (await panels.open(spec)).show(run, task);
  return vscode.Disposable.from(
    panels,
    texts,
    registerTaskTexts(host),
    registerRunNotices(host),
    registerRunStatus(host),
    registerTestingView(host),
    host.command(COMMANDS.planRun, async (target) => {
      const spec = await pickSpec(core, target, 'Plan Run');
      if (spec) await show(spec, undefined);
    }),
    host.command(COMMANDS.showRun, async (target) => {
      const picked = await pickRun(core, target, 'Show Run');
      if (picked) await show(picked.spec, picked.run.id, runTarget(target).task);
    }),
    host.command(COMMANDS.showRuns, async (target) => {
      const spec = await pickSpec(core, target, 'Show Runs');
      const run = spec && (await chooseRun(core, spec));
      if (spec && run) await show(spec, run.id);
    }),
    host.command(COMMANDS.pauseRun, async (target) => {
      const picked = await pickRun(core, target, 'Pause Run');
      if (picked) core.runs.pause(picked.run.id);
    }),
    host.command(COMMANDS.resumeRun, async (target) => {
      const picked = await pickRun(core, target, 'Go On with Run');
      if (!picked) return;
      await show(picked.spec, picked.run.id);
      if (picked.run.status === 'paused') core.runs.unpause(picked.run.id);
      else {
        const budget = await askBudget(picked.run);
        if (budget) await core.runs.resume(picked.run.id, budget.value);
      }
    }),
    host.command(COMMANDS.showRunReport, async (target) => {
      const picked = await pickRun(core, target, 'Show Run Report');
      if (picked) await texts.showReport(picked.run);
    }),
    host.command(COMMANDS.copyRunReport, async (target) => {
      const picked = await pickRun(core, target, 'Copy Run Report');
      if (picked) await texts.copyReport(picked.run);
    }),
    host.command(COMMANDS.exportRunReport, async (target) => {
      const picked = await pickRun(core, target, 'Export Run Report');
      if (picked) await texts.exportReport(picked.run);
    }),
    host.command(
      COMMANDS.retryTask,
      onTask(host, 'Retry Task', async (target) => {
        const hint = await askHint(target);
        if (hint !== undefined) await retry(host, target, hint);
      }),
    ),
    host.command(
      COMMANDS.skipTask,
      onTask(host, 'Skip Task', ({ run, task }) => core.runs.skip(run.id, task.key)),
    ),
    host.command(
      COMMANDS.showEvidence,
      onTask(host, 'Show Evidence', ({ run, task }) => texts.showEvidence(run, task.key)),
    ),
    host.command(
      COMMANDS.showTaskChanges,
      onTask(host, 'Show Changes of Task', (target) => showChanges(host, target)),
    ),
    host.command(
      COMMANDS.restoreTask,
      onTask(host, 'Restore to Before Task', (target) => restore(host, target)),
    ),
    host.command(
      COMMANDS.openTaskSession,
      onTask(host, 'Open Session of Task', (target) => openSession(host, target)),
    ),
  );
};

/** What a command does that is about one task of a run. */
function onTask(
  host: Host,
  title: string,
  run: (target: TaskOfRun) => unknown,
): (argument: unknown) => Promise<void> {
  return async (argument) => {
    const target = await pickTaskOfRun(host, argument, title);
    if (target) await run(target);
  };
}
