/** What Kiro remembers of property tests, read when somebody looks at a task, and checked while its documents are open. */
import type * as vscode from 'vscode';
import type { Spec } from '../../../core/spec/model';
import {
  findingsOfMeta,
  parseTasksMeta,
  TASKS_META_NAME,
  type TasksMeta,
} from '../../../core/spec/tasks/parseTasksMeta';
import { joinPath } from '../../../core/util/path';
import type { Host } from '../../host';
import { registerBesideProblems } from './besideProblems';

export function registerTestResults(host: Host): vscode.Disposable {
  return registerBesideProblems(host, {
    name: TASKS_META_NAME,
    openedBy: ['tasks.md', TASKS_META_NAME],
    findings(text, { documents }) {
      const tasks = documents.find(({ kind }) => kind === 'tasks')?.document;
      return findingsOfMeta(parseTasksMeta(text), tasks?.kind === 'tasks' ? tasks : undefined);
    },
  });
}

/** What the file of a spec says; undefined where there is none. */
export async function testResultsOf(
  { core }: Host,
  { path }: Spec,
): Promise<{ readonly text: string; readonly meta: TasksMeta } | undefined> {
  const text = await core.ports.files.readText(joinPath(path, TASKS_META_NAME));
  return text === undefined ? undefined : { text, meta: parseTasksMeta(text) };
}
