/** What keeps approved documents in step: Refine and Sync Tasks. What they do is the core's `Upkeep`. */

import * as vscode from 'vscode';
import { criteriaDocumentOf } from '../../../core/spec/documentsOf';
import type { Spec } from '../../../core/spec/model';
import { FILE_NAMES } from '../../../core/spec/readSpec';
import { basename } from '../../../core/util/path';
import type { RefinePlan } from '../../../core/workflow/upkeep/refine';
import { goneWords, type TaskSync } from '../../../core/workflow/upkeep/syncTasks';
import { showInfo, showWarning } from '../../adapters/messages';
import { pickSpec } from '../../adapters/specTarget';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { saveFirst } from './saveFirst';
import { watchDraft } from './watchDraft';

const SYNC = 'Sync Tasks';
const SHOW = 'Open tasks.md';

export function registerUpkeep(host: Host): vscode.Disposable {
  return vscode.Disposable.from(
    host.command(COMMANDS.refine, (target) => refine(host, target)),
    host.command(COMMANDS.syncTasks, (target) => syncTasks(host, target)),
    host.command(COMMANDS.useProperties, (target) => useProperties(host, target)),
  );
}

async function saved(host: Host, target: unknown, title: string): Promise<Spec | undefined> {
  const spec = await pickSpec(host.core, target, title);
  for (const { path } of spec?.documents ?? []) await saveFirst(path);
  return spec;
}

async function refine(host: Host, target: unknown): Promise<void> {
  const { core } = host;
  const spec = await saved(host, target, 'Refine Design and Tasks');
  if (!spec) return;
  const plan = await core.upkeep.plan(spec.path);
  if (plan.documents.length === 0) return nothingToRefine(spec, plan);
  const revised: string[] = [];
  for (const { kind, parts } of plan.documents) {
    const draft = await core.upkeep.refine(spec.path, kind);
    await watchDraft(host, draft, `Refining ${FILE_NAMES[kind]} of ${spec.name}: ${listed(parts)}`);
    if (core.sessions.get(draft.session)?.revision) revised.push(kind);
  }
  const [first] = revised;
  if (first !== undefined) {
    await vscode.commands.executeCommand(COMMANDS.review, { spec: spec.path, kind: first });
    return;
  }
  void showInfo(
    `Nothing in ${plan.documents.map(({ kind }) => FILE_NAMES[kind]).join(' and ')} has to change for ${listed(plan.changes.map(({ id }) => id))}, says the model. Approve it again when you agree.`,
  );
}

async function nothingToRefine(spec: Spec, { changes, unreached }: RefinePlan): Promise<void> {
  const name = basename(criteriaDocumentOf(spec)?.path ?? '');
  if (changes.length === 0) {
    void showInfo(
      `No criterion of ${spec.name} changed since its documents were approved, so there is nothing to refine.`,
    );
    return;
  }
  if (unreached.length === 0) {
    void showInfo(`${spec.name} has neither a design nor tasks yet.`);
    return;
  }
  const ids = listed(changes.map(({ id }) => id));
  const message = `Nothing in design.md or tasks.md names ${ids} of ${name}, so nothing can follow. Name them there, or add tasks.`;
  const choice = await showInfo(message, SYNC);
  if (choice === SYNC) await vscode.commands.executeCommand(COMMANDS.syncTasks, { spec: spec.path });
}

async function syncTasks(host: Host, target: unknown): Promise<void> {
  const { core } = host;
  const spec = await saved(host, target, 'Sync Tasks');
  if (!spec) return;
  const sync = await core.upkeep.syncTasks(spec.path);
  if (sync.draft === undefined) return nothingToAdd(spec, sync);
  const { draft, uncovered, byModel } = sync;
  const ids = listed(uncovered.map(({ id }) => id));
  await watchDraft(host, draft, `Writing tasks of ${spec.name} for ${ids}`);
  if (!core.sessions.get(draft.session)?.revision) {
    void showWarning(
      `The model’s answer holds no task for ${ids}. Its words are in the agent view; try again.`,
    );
    return;
  }
  await vscode.commands.executeCommand(COMMANDS.review, { spec: spec.path, kind: 'tasks' });
  if (!byModel)
    void showInfo(
      `No model is set up, so the tasks for ${ids} are mere beginnings. Accept them, then word them.`,
    );
}

/** The other way than now: it says what holds from then on, and takes it back. */
async function useProperties(host: Host, target: unknown): Promise<void> {
  const spec = await pickSpec(host.core, target, 'Correctness Properties');
  if (!spec) return;
  const used = !spec.properties;
  await host.core.workflow.useProperties(spec.path, used);
  const how = used
    ? 'with correctness properties and their tests'
    : 'without correctness properties and their tests';
  const told = `${spec.name} is drafted ${how} from now on. What is written stays as it is.`;
  // The act is done; what is told waits for nobody.
  void showInfo(told, 'Undo').then(
    (choice) => (choice === 'Undo' ? host.core.workflow.useProperties(spec.path, !used) : undefined),
    host.report,
  );
}

async function nothingToAdd(spec: Spec, { gone }: TaskSync): Promise<void> {
  if (gone.length === 0) {
    void showInfo(`Every criterion of ${spec.name} has a task.`);
    return;
  }
  const message = `Every criterion of ${spec.name} has a task. ${gone.slice(0, 3).map(goneWords).join(' ')}`;
  const choice = await showWarning(message, SHOW);
  const tasks = spec.documents.find(({ kind }) => kind === 'tasks');
  if (choice === SHOW && tasks) await vscode.window.showTextDocument(vscode.Uri.file(tasks.path));
}

/** `1.1, 1.2 and 3 more`. */
function listed(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
