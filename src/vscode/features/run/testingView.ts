/** The editor's Testing view: the checks of each spec, with what came of each when it last ran. Made when there are specs. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { Spec } from '../../../core/spec/model';
import { agreeToCheck, declaredChecks } from '../../../core/tasks/evidence/checks';
import { latestResults } from '../../../core/tasks/evidence/latestResults';
import type { Check, CheckResult } from '../../../core/tasks/evidence/model';
import { runCheck } from '../../../core/tasks/evidence/runCheck';
import { resultWords } from '../../../core/tasks/report/taskWords';
import { createAbort } from '../../../core/util/abort';
import { toUri } from '../../adapters/paths';
import { tasksOf } from '../../adapters/specTarget';
import type { Host } from '../../host';

export function registerTestingView(host: Host): vscode.Disposable {
  const { core } = host;
  let controller: vscode.TestController | undefined;
  /** By the item's id. */
  const checks = new Map<string, { readonly spec: Spec; readonly check: Check }>();

  function make(): vscode.TestController {
    const made = vscode.tests.createTestController('earshot.checks', 'Earshot Checks');
    // Checks are detected when somebody looks at a spec's row, not before.
    made.resolveHandler = async (item) => {
      if (item) await fill(made, item);
      else showSpecs(made);
    };
    made.refreshHandler = () => showSpecs(made);
    made.createRunProfile(
      'Run Check',
      vscode.TestRunProfileKind.Run,
      (request, token) => run(made, request, token),
      true,
    );
    return made;
  }

  function showSpecs(made: vscode.TestController): void {
    const specs = core.specs.all.filter((spec) => tasksOf(spec).length > 0);
    made.items.replace(
      specs.map((spec) => {
        const known = made.items.get(spec.path);
        if (known) return known;
        const path = spec.documents.find(({ kind }) => kind === 'tasks')?.path;
        const item = made.createTestItem(spec.path, spec.name, path === undefined ? undefined : toUri(path));
        item.canResolveChildren = true;
        return item;
      }),
    );
  }

  async function fill(made: vscode.TestController, item: vscode.TestItem): Promise<void> {
    const spec = core.specs.get(item.id);
    if (!spec) return;
    const found = new Map<string, Check>();
    for (const task of tasksOf(spec))
      for (const check of await declaredChecks(core.ports.files, spec.root, task))
        found.set(check.command, check);
    const rows = [...found.values()].map((check) => {
      const row = made.createTestItem(`${spec.path}\n${check.command}`, check.command, item.uri);
      row.description = check.source;
      checks.set(row.id, { spec, check });
      return row;
    });
    item.children.replace(rows);
    await core.runs.list(spec.path);
    showResults(spec.path);
    if (rows.length === 0) item.error = 'No check is known: name one by _Verify in a task.';
  }

  /** What runs came to, also those before this window was opened. */
  function showResults(path: string): void {
    const runs = core.runs.known.filter(({ spec }) => spec === path);
    const results = latestResults(runs.flatMap(({ tasks }) => tasks.flatMap(({ evidence }) => evidence)));
    controller?.items.get(path)?.children.forEach((row) => {
      const result = results.get(row.label);
      if (result) row.description = resultWords(result, true);
    });
  }

  async function run(
    made: vscode.TestController,
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const run = made.createTestRun(request);
    const abort = createAbort();
    token.onCancellationRequested(() => abort.abort(new Error('Cancelled')));
    try {
      for (const item of await chosen(made, request)) {
        if (token.isCancellationRequested) break;
        await runOne(run, item, abort.signal);
      }
    } catch (error) {
      if (!token.isCancellationRequested) host.report(error);
    } finally {
      run.end();
    }
  }

  async function chosen(made: vscode.TestController, { include, exclude }: vscode.TestRunRequest) {
    const specs: vscode.TestItem[] = [];
    for (const [, item] of made.items) specs.push(item);
    const items: vscode.TestItem[] = [];
    for (const item of include ?? specs) {
      if (checks.has(item.id)) items.push(item);
      else {
        await fill(made, item);
        for (const [, child] of item.children) items.push(child);
      }
    }
    return items.filter((item) => exclude?.includes(item) !== true);
  }

  async function runOne(
    run: vscode.TestRun,
    item: vscode.TestItem,
    signal: ReturnType<typeof createAbort>['signal'],
  ): Promise<void> {
    const known = checks.get(item.id);
    if (!known) return;
    const { spec, check } = known;
    const { person, processes, trust } = core.ports;
    if (!trust.trusted)
      throw new ActError('untrusted', 'This workspace is restricted, so no check runs. Trust it first.');
    run.started(item);
    if (!(await agreeToCheck({ person, consents: core.consents }, spec.root, check, signal)))
      return run.skipped(item);
    const onOutput = (text: string) => run.appendOutput(text.replace(/\r?\n/g, '\r\n'), undefined, item);
    tell(run, item, await runCheck({ processes }, check, spec.root, { signal, onOutput }));
  }

  const refresh = () => {
    const some = core.specs.all.some(
      (spec) => spec.knownProgress !== undefined && spec.knownProgress.total > 0,
    );
    if (!controller && !some) return;
    controller ??= make();
    showSpecs(controller);
  };
  /** How often each run judged: what a person runs here stands until there is something new. */
  const counts = new Map<string, number>();
  const showRun = (id: string) => {
    const state = core.runs.get(id);
    const count = state?.tasks.reduce((sum, { evidence }) => sum + evidence.length, 0) ?? 0;
    if (!state || count === (counts.get(id) ?? 0)) return;
    counts.set(id, count);
    showResults(state.spec);
  };
  const subscriptions = [core.specs.onDidChange(refresh), core.runs.onDidChange(showRun)];
  return new vscode.Disposable(() => {
    for (const subscription of subscriptions) subscription.dispose();
    controller?.dispose();
  });
}

function tell(run: vscode.TestRun, item: vscode.TestItem, result: CheckResult): void {
  item.description = resultWords(result, true);
  const message = new vscode.TestMessage([resultWords(result, true), ...(result.failing ?? [])].join('\n'));
  if (result.outcome === 'passed') run.passed(item, result.durationMs);
  else if (result.outcome === 'notStarted') run.errored(item, message, result.durationMs);
  else run.failed(item, message, result.durationMs);
}
