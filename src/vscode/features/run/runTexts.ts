/** Reports and evidence as pages of the editor's own Markdown preview: made when somebody looks, kept nowhere. */
import * as vscode from 'vscode';
import type { Core } from '../../../core';
import { ActError } from '../../../core/actError';
import { later } from '../../../core/later';
import type { RunState } from '../../../core/tasks/run/model';
import { joinPath } from '../../../core/util/path';
import { showInfo } from '../../adapters/messages';
import { toPath, toUri } from '../../adapters/paths';
import { tasksOf } from '../../adapters/specTarget';
import type { Host } from '../../host';
import { figuresOf } from './runSources';

const SCHEME = 'earshot-run';

export interface RunTexts extends vscode.Disposable {
  showReport(run: RunState): Promise<void>;
  showEvidence(run: RunState, task: string): Promise<void>;
  copyReport(run: RunState): Promise<void>;
  exportReport(run: RunState): Promise<void>;
}

export function createRunTexts({ core }: Host): RunTexts {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const shown = new Map<string, Set<string>>();
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    async provideTextDocumentContent(uri) {
      const [id = '', task] = uri.query.split('&').map(decodeURIComponent);
      const run = core.runs.get(id);
      if (!run) return 'The log of this run is gone.';
      shown.set(id, (shown.get(id) ?? new Set()).add(uri.toString()));
      return task === undefined ? reportOf(core, run) : evidenceOf(core, run, task);
    },
  };
  const uriOf = (name: string, ...query: readonly string[]) =>
    vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md`, query: query.map(encodeURIComponent).join('&') });
  const preview = async (uri: vscode.Uri) => {
    changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  };
  const registration = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    // A report that is open while the run goes on follows it.
    core.runs.onDidChange((id) => {
      for (const text of shown.get(id) ?? []) changed.fire(vscode.Uri.parse(text));
    }),
    // And says what tasks.md says.
    core.specs.onDidChange(() => {
      for (const texts of shown.values()) for (const text of texts) changed.fire(vscode.Uri.parse(text));
    }),
  );
  return {
    showReport: (run) => preview(uriOf(`Report of run ${run.number}`, run.id)),
    showEvidence: (run, task) => preview(uriOf(`Evidence of ${nameOf(run, task)}`, run.id, task)),
    async copyReport(run) {
      await vscode.env.clipboard.writeText(await reportOf(core, run));
      void showInfo(`The report of run ${run.number} is in the clipboard.`);
    },
    exportReport: (run) => exportReport(core, run),
    dispose: () => registration.dispose(),
  };
}

function nameOf({ tasks }: RunState, key: string): string {
  const task = tasks.find((each) => each.key === key);
  return task?.id ?? 'a task';
}

async function dataOf(core: Core, run: RunState) {
  const { runReport } = await later.runReport();
  const spec = core.specs.get(run.spec);
  const name = spec?.name ?? run.spec.split('/').at(-1) ?? 'a spec';
  return runReport(run, {
    spec: name,
    now: core.ports.clock.now(),
    cost: figuresOf(core, run).cost,
    boxes: spec && tasksOf(spec),
  });
}

export async function reportOf(core: Core, run: RunState): Promise<string> {
  const { markdownReport } = await later.runReport();
  return markdownReport(await dataOf(core, run));
}

async function evidenceOf(core: Core, run: RunState, key: string): Promise<string> {
  const { markdownEvidence } = await later.runReport();
  const index = run.tasks.findIndex((task) => task.key === key);
  const { done, left } = await dataOf(core, { ...run, tasks: run.tasks.slice(index, index + 1) });
  const [task] = [...done, ...left];
  if (!task) throw new ActError('notFound', `There is no task ${key} in this run.`);
  return markdownEvidence(task);
}

const FILTERS = { 'Web page': ['html'], Markdown: ['md'] };

async function exportReport(core: Core, run: RunState): Promise<void> {
  const chosen = await vscode.window.showSaveDialog({
    title: `Export the Report of Run ${run.number}`,
    defaultUri: toUri(joinPath(run.root, `run-${run.number}.html`)),
    filters: FILTERS,
    saveLabel: 'Export',
  });
  if (!chosen) return;
  const { htmlReport, markdownReport } = await later.runReport();
  const write = /\.(?:md|markdown)$/i.test(chosen.path) ? markdownReport : htmlReport;
  await core.ports.files.writeText(toPath(chosen), write(await dataOf(core, run)));
  const open = 'Open';
  const told = `The report was written to ${vscode.workspace.asRelativePath(chosen)}.`;
  if ((await showInfo(told, open)) === open) await vscode.commands.executeCommand('vscode.open', chosen);
}
