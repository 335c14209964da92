/** What is wrong in `mcp.json`, in the Problems view and under the words. */
import * as vscode from 'vscode';
import type { McpProblem } from '../../../core/mcp/model';
import { toDiagnostics } from '../../adapters/diagnostics';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';

export function registerServerProblems({ core, report }: Host): vscode.Disposable {
  const { servers } = core;
  const collection = vscode.languages.createDiagnosticCollection('earshot.mcp');
  let latest = 0;
  async function refresh(): Promise<void> {
    const mine = ++latest;
    const byPath = new Map<string, McpProblem[]>();
    for (const problem of servers.problems)
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
  const update = () => void refresh().catch(report);
  void servers.ready.then(update, report);
  const listener = servers.onDidChange(update);
  return vscode.Disposable.from(collection, { dispose: () => listener.dispose() });
}
