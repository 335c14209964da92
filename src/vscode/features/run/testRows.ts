/** The rows of the Testing view: a spec, and below it each command that proves tasks of it, at the place that names it. */
import * as vscode from 'vscode';
import type { Spec, Task } from '../../../core/spec/model';
import { declaredChecks } from '../../../core/tasks/evidence/checks';
import type { Check } from '../../../core/tasks/evidence/model';
import { joinPath } from '../../../core/util/path';
import { toUri } from '../../adapters/paths';
import { tasksOf } from '../../adapters/specTarget';
import type { Host } from '../../host';

export interface CheckRow {
  readonly id: string;
  readonly check: Check;
  /** Undefined where it has none. */
  readonly uri: vscode.Uri | undefined;
  readonly range: vscode.Range | undefined;
}

export function tasksFile({ documents }: Spec): vscode.Uri | undefined {
  const path = documents.find(({ kind }) => kind === 'tasks')?.path;
  return path === undefined ? undefined : toUri(path);
}

/** One a command, however many tasks it proves. */
export async function checkRows({ core }: Host, spec: Spec): Promise<readonly CheckRow[]> {
  const rows = new Map<string, CheckRow>();
  for (const task of tasksOf(spec))
    for (const check of await declaredChecks(core.ports.files, spec.root, task))
      if (!rows.has(check.command)) {
        const id = `${spec.path}\n${check.command}`;
        rows.set(check.command, { id, check, ...placeOf(spec, task, check) });
      }
  return [...rows.values()];
}

function placeOf(spec: Spec, task: Task, { kind, source }: Check): Pick<CheckRow, 'uri' | 'range'> {
  if (kind !== 'verify') return { uri: toUri(joinPath(spec.root, source)), range: undefined };
  const text = spec.documents.find((document) => document.kind === 'tasks')?.text ?? '';
  const lines = text.split('\n');
  const at = lines.findIndex((line, index) => index > task.line && /_verify\s*:/i.test(line));
  const line = at === -1 ? task.line : at;
  return { uri: tasksFile(spec), range: new vscode.Range(line, 0, line, lines[line]?.length ?? 0) };
}
