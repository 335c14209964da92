/** An icon beside each task of tasks.md: done, failed, running, unproven, or ready to start. */
import * as vscode from 'vscode';
import type { Spec, Task } from '../../../core/spec/model';
import { isRunning } from '../../../core/tasks/report/runTally';
import { documentAt, tasksOf } from '../../adapters/specTarget';
import { taskInRun } from '../../adapters/taskRuns';
import type { Host } from '../../host';

const KINDS = ['done', 'failed', 'running', 'unproven', 'open'] as const;
type Kind = (typeof KINDS)[number];

export function registerTaskGutter({ context, core }: Host): vscode.Disposable {
  /** Made when the first tasks.md is looked at. */
  let looks: ReadonlyMap<Kind, vscode.TextEditorDecorationType> | undefined;
  const make = () =>
    new Map(
      KINDS.map((kind) => {
        const icon = (theme: string) =>
          vscode.Uri.joinPath(context.extensionUri, 'media', 'gutter', `${kind}-${theme}.svg`);
        const look = vscode.window.createTextEditorDecorationType({
          light: { gutterIconPath: icon('light') },
          dark: { gutterIconPath: icon('dark') },
          gutterIconSize: '80%',
        });
        return [kind, look] as const;
      }),
    );

  function show(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const found = documentAt(core, editor.document.uri);
      if (found?.document.kind !== 'tasks') continue;
      looks ??= make();
      const kinds = tasksOf(found.spec).map((task) => [task, kindOf(found.spec, task)] as const);
      for (const [kind, look] of looks) {
        const own = kinds.filter(([, each]) => each === kind);
        editor.setDecorations(
          look,
          own.map(([{ line }]) => new vscode.Range(line, 0, line, 0)),
        );
      }
    }
  }

  function kindOf(spec: Spec, task: Task): Kind | undefined {
    const phase = taskInRun(core, spec.path, task)?.task.phase;
    if (phase !== undefined && isRunning(phase)) return 'running';
    if (task.state === 'done') return 'done';
    if (phase === 'failed' || phase === 'unproven') return phase;
    // What has sub-tasks is begun by them.
    return task.children.length === 0 ? 'open' : undefined;
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  const showSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      show();
    }, 50);
  };
  showSoon();
  const subscriptions = [
    vscode.window.onDidChangeVisibleTextEditors(showSoon),
    core.specs.onDidChange(showSoon),
    core.runs.onDidChange(showSoon),
  ];
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    for (const subscription of subscriptions) subscription.dispose();
    for (const look of looks?.values() ?? []) look.dispose();
  });
}
