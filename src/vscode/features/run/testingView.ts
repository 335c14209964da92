/**
 * The editor's Testing view: the checks of each spec. A run's results stand there like those of a check that a person
 * runs: whoever ran it last. Made when there are specs.
 */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { Spec } from '../../../core/spec/model';
import { agreeToCheck } from '../../../core/tasks/evidence/checks';
import { latestResults } from '../../../core/tasks/evidence/latestResults';
import type { Check } from '../../../core/tasks/evidence/model';
import { runCheck } from '../../../core/tasks/evidence/runCheck';
import { createAbort } from '../../../core/util/abort';
import { tasksOf } from '../../adapters/specTarget';
import type { Host } from '../../host';
import { forTerminal, tellOutput, tellResult } from './testResults';
import { checkRows, tasksFile } from './testRows';

export function registerTestingView(host: Host): vscode.Disposable {
  const { core } = host;
  let controller: vscode.TestController | undefined;
  /** By the item's id. */
  const checks = new Map<string, { readonly spec: Spec; readonly check: Check }>();
  /** When what a row shows was found, milliseconds since the epoch; by its id. */
  const shownAt = new Map<string, number>();

  function make(): vscode.TestController {
    const made = vscode.tests.createTestController('earshot.checks', 'Earshot Checks');
    // Checks are detected when somebody looks at a spec's row, or one was run, not before.
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
        const item = made.createTestItem(spec.path, spec.name, tasksFile(spec));
        item.canResolveChildren = true;
        return item;
      }),
    );
  }

  async function fill(made: vscode.TestController, item: vscode.TestItem): Promise<void> {
    const spec = core.specs.get(item.id);
    if (!spec) return;
    const found = await checkRows(host, spec);
    const rows = found.map(({ id, check, uri, range }) => {
      const known = item.children.get(id);
      const row =
        known?.uri?.toString() === uri?.toString() && known
          ? known
          : made.createTestItem(id, check.command, uri);
      row.range = range;
      row.description = check.source;
      checks.set(id, { spec, check });
      return row;
    });
    item.children.replace(rows);
    item.error = rows.length === 0 ? 'No check is known: name one by _Verify in a task.' : undefined;
    await core.runs.list(spec.path);
    await showResults(made, item, spec);
  }

  /** What runs came to, also those before this window was opened, where a row shows nothing later. */
  async function showResults(made: vscode.TestController, item: vscode.TestItem, spec: Spec): Promise<void> {
    const runs = core.runs.known.filter((each) => each.spec === spec.path);
    const results = latestResults(runs.flatMap(({ tasks }) => tasks.flatMap(({ evidence }) => evidence)));
    const news = [...results].flatMap(([command, latest]) => {
      const row = item.children.get(`${spec.path}\n${command}`);
      const at = Date.parse(latest.at);
      return row && at > (shownAt.get(row.id) ?? 0) ? [{ ...latest, row, at }] : [];
    });
    if (news.length === 0) return;
    const number = runs.find(({ id }) => news.some((each) => each.run === id))?.number;
    const name = number === undefined ? spec.name : `Run ${number} of ${spec.name}`;
    // Nobody asked for it here: it takes no focus, and the run's own log keeps it.
    const request = new vscode.TestRunRequest(
      news.map(({ row }) => row),
      undefined,
      undefined,
      false,
      true,
    );
    for (const { row, at } of news) shownAt.set(row.id, at);
    const told = made.createTestRun(request, name, false);
    try {
      for (const { row, result } of news) {
        const check = checks.get(row.id)?.check;
        if (!check) continue;
        tellOutput(told, row, result);
        await tellResult(host, told, row, { check, result, root: spec.root });
      }
    } finally {
      told.end();
    }
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
    const onOutput = (text: string) => run.appendOutput(forTerminal(text), undefined, item);
    const result = await runCheck({ processes }, check, spec.root, { signal, onOutput });
    shownAt.set(item.id, Date.now());
    await tellResult(host, run, item, { check, result, root: spec.root });
  }

  const refresh = () => {
    const some = core.specs.all.some(
      (spec) => spec.knownProgress !== undefined && spec.knownProgress.total > 0,
    );
    if (!controller && !some) return;
    controller ??= make();
    showSpecs(controller);
  };
  /** How often each run judged. */
  const counts = new Map<string, number>();
  /** Specs of which something was judged. */
  const due = new Set<string>();
  let isShowing = false;
  async function showDue(made: vscode.TestController): Promise<void> {
    if (isShowing) return;
    isShowing = true;
    try {
      for (const path of due) {
        due.delete(path);
        const item = made.items.get(path);
        if (item) await fill(made, item);
      }
    } finally {
      isShowing = false;
    }
  }
  const showRun = (id: string) => {
    const state = core.runs.get(id);
    const count = state?.tasks.reduce((sum, { evidence }) => sum + evidence.length, 0) ?? 0;
    if (!state || count === (counts.get(id) ?? 0)) return;
    counts.set(id, count);
    const item = controller?.items.get(state.spec);
    // What is over is shown when somebody looks.
    if (!controller || !item || (state.endedAt !== undefined && item.children.size === 0)) return;
    due.add(state.spec);
    showDue(controller).catch(host.report);
  };
  const subscriptions = [core.specs.onDidChange(refresh), core.runs.onDidChange(showRun)];
  return new vscode.Disposable(() => {
    for (const subscription of subscriptions) subscription.dispose();
    controller?.dispose();
  });
}
