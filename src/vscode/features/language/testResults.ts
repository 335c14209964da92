/** What Kiro remembers of property tests, read when somebody looks at a task, and checked while its documents are open. */
import * as vscode from 'vscode';
import { weigh } from '../../../core/lint/lint';
import type { Spec } from '../../../core/spec/model';
import {
  parseTasksMeta,
  TASKS_META_NAME,
  type TasksMeta,
  unknownResults,
} from '../../../core/spec/tasks/parseTasksMeta';
import { dirname, joinPath } from '../../../core/util/path';
import { toDiagnostics } from '../../adapters/diagnostics';
import { toPath, toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { ruleLink } from './rulePages';

export function registerTestResults(host: Host): vscode.Disposable {
  const { core } = host;
  const collection = vscode.languages.createDiagnosticCollection('earshot.testResults');
  let turn = 0;
  let shown = false;
  const show = async () => {
    const mine = ++turn;
    const open = new Set(
      vscode.workspace.textDocuments.flatMap(({ uri }) =>
        uri.scheme === 'file' && /[\\/]tasks(?:\.meta\.json|\.md)$/.test(uri.path)
          ? [dirname(toPath(uri))]
          : [],
      ),
    );
    const found = await Promise.all(
      core.specs.all.filter(({ path }) => open.has(path)).map((spec) => diagnosticsOf(host, spec)),
    );
    const wrong = found.filter(([, diagnostics]) => diagnostics.length > 0);
    if (mine !== turn || (wrong.length === 0 && !shown)) return;
    shown = wrong.length > 0;
    collection.clear();
    collection.set(wrong);
  };
  const showSoon = () => void show().catch(host.report);
  showSoon();
  return vscode.Disposable.from(
    collection,
    core.specs.onDidChange(showSoon),
    vscode.workspace.onDidOpenTextDocument(showSoon),
    vscode.workspace.onDidCloseTextDocument(showSoon),
  );
}

/** What the file of a spec says; undefined where there is none. */
export async function testResultsOf(
  { core }: Host,
  { path }: Spec,
): Promise<{ readonly text: string; readonly meta: TasksMeta } | undefined> {
  const text = await core.ports.files.readText(joinPath(path, TASKS_META_NAME));
  return text === undefined ? undefined : { text, meta: parseTasksMeta(text) };
}

async function diagnosticsOf(host: Host, spec: Spec): Promise<[vscode.Uri, vscode.Diagnostic[]]> {
  const uri = toUri(joinPath(spec.path, TASKS_META_NAME));
  const read = await testResultsOf(host, spec);
  if (read === undefined) return [uri, []];
  const tasks = spec.documents.find(({ kind }) => kind === 'tasks')?.document;
  const findings = [
    ...read.meta.findings,
    ...(tasks?.kind === 'tasks' ? unknownResults(read.meta, tasks) : []),
  ];
  const config = host.core.lint.of(spec.root);
  const problems = findings.flatMap((finding) => weigh(finding, config) ?? []);
  return [uri, toDiagnostics(read.text, problems, ruleLink)];
}
