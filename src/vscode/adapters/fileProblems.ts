/** What is wrong in files of one kind, in the Problems view and under the words. */
import * as vscode from 'vscode';
import type { Event } from '../../core/util/event';
import type { Host } from '../host';
import { toDiagnostics } from './diagnostics';
import { toUri } from './paths';

type Problem = Parameters<typeof toDiagnostics>[1][number] & { readonly path: string };

export interface ProblemSource {
  readonly problems: readonly Problem[];
  readonly ready: Promise<void>;
  readonly onDidChange: Event<void>;
}

/** @param name of the collection: `earshot.hooks` */
export function showFileProblems(
  { core, report }: Host,
  name: string,
  source: ProblemSource,
): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection(name);
  let latest = 0;
  async function refresh(): Promise<void> {
    const mine = ++latest;
    const byPath = new Map<string, Problem[]>();
    for (const problem of source.problems)
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
  void source.ready.then(update, report);
  const listener = source.onDidChange(update);
  return vscode.Disposable.from(collection, { dispose: () => listener.dispose() });
}
