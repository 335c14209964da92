/** What is wrong in hook files, in the Problems view and under the words. */
import * as vscode from 'vscode';
import type { HookProblem } from '../../../core/hooks/model';
import { toDiagnostics } from '../../adapters/diagnostics';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';

export function registerHookProblems({ core, report }: Host): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('earshot.hooks');
  let latest = 0;
  async function refresh(): Promise<void> {
    const mine = ++latest;
    const byPath = new Map<string, HookProblem[]>();
    for (const problem of core.hooks.problems)
      byPath.set(problem.path, [...(byPath.get(problem.path) ?? []), problem]);
    const entries = await Promise.all(
      [...byPath].map(async ([path, problems]) => {
        const text = (await core.ports.files.readText(path)) ?? '';
        return [toUri(path), toDiagnostics(text, problems)] as [vscode.Uri, vscode.Diagnostic[]];
      }),
    );
    if (mine !== latest) return;
    collection.clear();
    collection.set(entries);
  }
  const listener = core.hooks.onDidChange(() => void refresh().catch(report));
  return vscode.Disposable.from(collection, listener);
}
