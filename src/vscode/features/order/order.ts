/** Keeping specs in order: the commands. What they mean is the core's `Order`. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { Moved, SpecPlace } from '../../../core/order/order';
import { groupOf, type PutAway, specKey } from '../../../core/order/places';
import type { Spec } from '../../../core/spec/model';
import { isInside, relativePath } from '../../../core/util/path';
import { freeName } from '../../../core/workflow/specName';
import { showInfo, showWarning } from '../../adapters/messages';
import { toPath } from '../../adapters/paths';
import { pickSpec } from '../../adapters/specTarget';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { askGroup, askName, pickPutAway } from './questions';
import { searchSpecs } from './searchSpecs';

const UNDO = 'Undo';

export const registerOrder: Feature = (host) =>
  vscode.Disposable.from(
    host.command(COMMANDS.renameSpec, (target, name) => rename(host, target, name)),
    host.command(COMMANDS.moveSpec, (target, group) => regroup(host, target, group)),
    host.command(COMMANDS.duplicateSpec, (target, name) => duplicate(host, target, name)),
    host.command(COMMANDS.archiveSpec, (target) => putAway(host, target, 'archive')),
    host.command(COMMANDS.deleteSpec, (target) => putAway(host, target, 'remove')),
    host.command(COMMANDS.restoreSpec, () => restoreOne(host)),
    host.command(COMMANDS.searchSpecs, () => searchSpecs(host)),
  );

async function rename(host: Host, target: unknown, given: unknown): Promise<void> {
  const spec = await pickSpec(host.core, target, 'Rename Spec');
  if (!spec) return;
  const group = groupOf(spec);
  const ask = { title: `Rename ${spec.name}`, value: spec.name, group };
  const name = typeof given === 'string' ? given : await askName(host, spec, ask);
  if (name && name !== spec.name) await move(host, spec, { group, name });
}

async function regroup(host: Host, target: unknown, given: unknown): Promise<void> {
  const spec = await pickSpec(host.core, target, 'Move Spec to a Group');
  if (!spec) return;
  const group = typeof given === 'string' ? given : await askGroup(host, spec);
  if (group !== undefined && group !== groupOf(spec)) await move(host, spec, { group, name: spec.name });
}

async function move(host: Host, spec: Spec, place: SpecPlace): Promise<void> {
  await saveBelow(spec.path);
  const order = await host.core.order();
  const moved = await order.move(spec, place);
  // The act is done; what is told waits for nobody.
  void tellMoved(host, spec, moved).catch(host.report);
}

/** What followed is told; what did not, or is worth less than before, is a warning. */
async function tellMoved(
  { core }: Host,
  spec: Spec,
  { path, followed, stale, approvalsLost }: Moved,
): Promise<void> {
  const key = specKey({ root: spec.root, path });
  const names = (paths: readonly string[]) =>
    paths.map((each) => relativePath(spec.root, each) ?? each).join(', ');
  const count = followed.length;
  const follow =
    count === 0
      ? ''
      : count === 1
        ? ' One file that names it followed.'
        : ` ${count} files that name it followed.`;
  const problems = [
    ...(stale.length > 0
      ? [`These still name it as it was, because they could not be written: ${names(stale)}.`]
      : []),
    ...(approvalsLost
      ? ['Its approvals named it by its folder, since it has no id, and count no more. Approve it again.']
      : []),
  ];
  if (problems.length > 0) {
    void showWarning(`“${spec.name}” is now “${key}”.${follow} ${problems.join(' ')}`);
    return;
  }
  if ((await showInfo(`“${spec.name}” is now “${key}”.${follow}`, UNDO)) !== UNDO) return;
  const now = await core.specs.refresh(path);
  if (!now) throw new ActError('notFound', `“${key}” is no longer there.`);
  await saveBelow(path);
  await (await core.order()).move(now, { group: groupOf(spec), name: spec.name });
}

async function duplicate(host: Host, target: unknown, given: unknown): Promise<void> {
  const spec = await pickSpec(host.core, target, 'Duplicate Spec');
  if (!spec) return;
  const group = groupOf(spec);
  const taken = host.core.specs.all.map(({ name }) => name);
  const ask = { title: `Duplicate ${spec.name}`, value: freeName(spec.name, taken), group };
  const name = typeof given === 'string' ? given : await askName(host, spec, ask);
  if (!name) return;
  await saveBelow(spec.path);
  const path = await (await host.core.order()).duplicate(spec, { group, name });
  await vscode.commands.executeCommand(COMMANDS.review, { spec: path });
}

async function putAway(host: Host, target: unknown, how: 'archive' | 'remove'): Promise<void> {
  const title = how === 'archive' ? 'Archive Spec' : 'Delete Spec';
  const spec = await pickSpec(host.core, target, title);
  if (!spec) return;
  await saveBelow(spec.path);
  const order = await host.core.order();
  const put = await order[how](spec);
  // The editor takes what is open along where it can.
  await closeBelow(spec.path);
  await closeBelow(put.path);
  const told =
    how === 'archive'
      ? `“${spec.name}” is archived in ${relativePath(spec.root, put.path)}.`
      : `“${spec.name}” is deleted. It is kept on this machine for thirty days.`;
  const offerUndo = async () => {
    if ((await showInfo(told, UNDO)) === UNDO) await restore(host, put);
  };
  void offerUndo().catch(host.report);
}

async function restoreOne(host: Host): Promise<void> {
  const put = await pickPutAway(await (await host.core.order()).putAway());
  if (put) await restore(host, put);
}

async function restore({ core }: Host, put: PutAway): Promise<void> {
  const path = await (await core.order()).restore(put);
  await vscode.commands.executeCommand(COMMANDS.review, { spec: path });
}

/** What is typed and not saved moves, too. */
async function saveBelow(path: string): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    const { uri, isDirty } = document;
    if (!isDirty || uri.scheme !== 'file' || !isInside(path, toPath(uri))) continue;
    if (!(await document.save()))
      throw new ActError(
        'invalid',
        `${vscode.workspace.asRelativePath(uri)} could not be saved, so nothing was moved.`,
      );
  }
}

/** The tabs of what is no longer there. */
async function closeBelow(path: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const gone = tabs.filter(
    ({ input }) =>
      input instanceof vscode.TabInputText &&
      input.uri.scheme === 'file' &&
      isInside(path, toPath(input.uri)),
  );
  await vscode.window.tabGroups.close(gone);
}
