/** What is wrong in steering, under its words: looked for a while after the window opened, when a document is opened or changed, or the view is seen. */
import * as vscode from 'vscode';
import { isGuidancePath } from '../../../core/steering/guidance';
import type { GuidanceProblem } from '../../../core/steering/model';
import { isInside, joinPath } from '../../../core/util/path';
import { toDiagnostics } from '../../adapters/diagnostics';
import { toPath, toUri } from '../../adapters/paths';
import type { Host } from '../../host';

export interface SteeringProblems extends vscode.Disposable {
  show(root: string, problems: readonly GuidanceProblem[]): Promise<void>;
}

/** Milliseconds: a window that opens has other things to do. */
const AFTER_START = 4000;

export function registerSteeringProblems({ core, report }: Host): SteeringProblems {
  const collection = vscode.languages.createDiagnosticCollection('earshot.steering');
  const shown = new Map<string, readonly string[]>();

  async function show(root: string, problems: readonly GuidanceProblem[]): Promise<void> {
    const byPath = new Map<string, GuidanceProblem[]>();
    for (const problem of problems) byPath.set(problem.path, [...(byPath.get(problem.path) ?? []), problem]);
    const entries = await Promise.all(
      [...byPath].map(async ([path, own]) => {
        const text = (await core.ports.files.readText(path).catch(() => undefined)) ?? '';
        return [toUri(path), toDiagnostics(text, own)] as const;
      }),
    );
    for (const path of shown.get(root) ?? []) collection.delete(toUri(path));
    shown.set(root, [...byPath.keys()]);
    for (const [uri, found] of entries) collection.set(uri, found);
  }

  async function look(root: string): Promise<void> {
    await show(root, (await core.guidance.survey(root)).problems);
  }

  const roots = () => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => toPath(uri));
  function opened({ uri }: vscode.TextDocument): void {
    if (uri.scheme !== 'file') return;
    const root = roots().find((each) => isInside(each, toPath(uri)));
    if (root !== undefined && isGuidancePath(root, toPath(uri))) void look(root).catch(report);
  }

  /** Where nobody wrote steering, nothing of it is loaded. */
  async function lookOnce(root: string): Promise<void> {
    const folders = ['.kiro/steering', '.kiro/skills'].map((name) => joinPath(root, name));
    const found = await Promise.all(folders.map((folder) => core.ports.files.stat(folder)));
    if (!shown.has(root) && found.some((each) => each !== undefined)) await look(root);
  }

  const later = setTimeout(() => {
    for (const root of roots()) void lookOnce(root).catch(report);
  }, AFTER_START);
  for (const document of vscode.workspace.textDocuments) opened(document);
  const all = vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument(opened),
    core.guidance.onDidChange(() => {
      for (const root of roots()) void (shown.has(root) ? look(root) : lookOnce(root)).catch(report);
    }),
  );
  return {
    show,
    dispose() {
      clearTimeout(later);
      all.dispose();
    },
  };
}
