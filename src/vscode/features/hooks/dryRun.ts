/** *What would fire if I saved this file?*: nothing is fired, and each hook that would not says why. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { actionWords } from '../../../core/hooks/hookWords';
import type { FileTrigger, Hook, WouldFire } from '../../../core/hooks/model';
import { relativePath } from '../../../core/util/path';
import { toPath } from '../../adapters/paths';
import type { Host } from '../../host';
import { type CurrentFile, openHook } from './acts';

interface Item extends vscode.QuickPickItem {
  readonly hook?: Hook;
}

const EVENTS: readonly (readonly [trigger: FileTrigger, event: string])[] = [
  ['PostFileSave', 'If it is saved'],
  ['PostFileCreate', 'If it is created'],
  ['PostFileDelete', 'If it is deleted'],
];

export async function dryRun(host: Host, given: unknown, current: CurrentFile): Promise<void> {
  const { core } = host;
  const path = given instanceof vscode.Uri ? toPath(given) : current.path;
  const root =
    path &&
    (vscode.workspace.workspaceFolders ?? [])
      .map(({ uri }) => toPath(uri))
      .find((each) => relativePath(each, path) !== undefined);
  const file = path !== undefined && root ? relativePath(root, path) : undefined;
  if (!root || file === undefined)
    throw new ActError('invalid', 'Open a file of the workspace first: this says which hooks it would fire.');
  await core.hooks.ready;
  const items: Item[] = [];
  for (const [trigger, event] of EVENTS) {
    const all = core.hooks.all.filter((hook) => hook.root === root && hook.trigger === trigger);
    // Others may fire on the same event: those of a spec's documents.
    const fitting = await core.hooks.wouldFire(root, file, trigger);
    if (all.length + fitting.length === 0) continue;
    items.push({ label: event, kind: vscode.QuickPickItemKind.Separator }, ...itemsOf(all, fitting));
  }
  if (items.length === 0) items.push({ label: '$(info) No hook fires on files here' });
  const picked = await vscode.window.showQuickPick(items, {
    title: `What would fire: ${file}`,
    placeHolder: 'Nothing is fired. Choose a hook to open it',
    matchOnDescription: true,
  });
  if (picked?.hook) await openHook({ type: 'hook', hook: picked.hook });
}

/** Those that would run first, then those that would not, with the reason. */
function itemsOf(all: readonly Hook[], fitting: readonly WouldFire[]): readonly Item[] {
  const firing = fitting.filter(({ blocked }) => blocked === undefined);
  const blocked = fitting.filter((each) => each.blocked !== undefined);
  const others = all.filter((hook) => !fitting.some((each) => each.hook.id === hook.id));
  return [
    ...firing.map(({ hook }) => ({ label: `$(zap) ${hook.name}`, description: actionWords(hook), hook })),
    ...blocked.map(({ hook, blocked: why = '' }) => ({
      label: `$(circle-slash) ${hook.name}`,
      description: why,
      hook,
    })),
    ...others.map((hook) => ({
      label: `$(dash) ${hook.name}`,
      description: hook.enabled ? `its pattern ${hook.matcher ?? ''} does not fit` : 'It is disabled.',
      hook,
    })),
  ];
}
