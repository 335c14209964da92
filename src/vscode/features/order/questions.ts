/** What a person is asked about the place of a spec. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { groupOf, groupProblem, type PutAway } from '../../../core/order/places';
import type { Spec } from '../../../core/spec/model';
import type { Host } from '../../host';

export async function askName(
  { core }: Host,
  spec: Spec,
  { title, value, group }: { readonly title: string; readonly value: string; readonly group: string },
): Promise<string | undefined> {
  const order = await core.order();
  return vscode.window.showInputBox({
    title,
    prompt: 'What names it follows: other specs, steering, hooks, tags in code and tests.',
    value,
    validateInput: (name) => (name === spec.name ? undefined : order.problem(spec, { group, name })),
  });
}

/** A group that is there, none, or a new one; undefined when nothing was chosen. */
export async function askGroup({ core }: Host, spec: Spec): Promise<string | undefined> {
  const groups = new Set(core.specs.all.filter(({ root }) => root === spec.root).map(groupOf));
  groups.delete('');
  const current = groupOf(spec);
  const items: readonly (vscode.QuickPickItem & { readonly group?: string })[] = [
    ...[...groups]
      .filter((group) => group !== current)
      .sort()
      .map((group) => ({ label: `$(folder) ${group}`, group })),
    ...(current === '' ? [] : [{ label: '$(close) No group', group: '' }]),
    { label: '$(add) New group…' },
  ];
  const title = `Move ${spec.name} to a Group`;
  const placeHolder =
    'A group is a folder in .kiro/specs. Kiro itself shows only specs that lie in no group.';
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder });
  if (!picked || picked.group !== undefined) return picked?.group;
  return vscode.window.showInputBox({
    title,
    prompt: 'Name of the group: its folder in .kiro/specs. Groups may lie in groups: “payments/cards”.',
    validateInput: (group) => (group === '' ? 'Give the group a name.' : groupProblem(group)),
  });
}

export async function pickPutAway(all: readonly PutAway[]): Promise<PutAway | undefined> {
  if (all.length === 0)
    throw new ActError('notFound', 'No spec of this workspace is archived, and none was deleted lately.');
  const items = all.map((put) => ({
    label: `$(${put.kind === 'archived' ? 'archive' : 'trash'}) ${put.key}`,
    description: put.at === undefined ? 'archived' : `deleted ${new Date(put.at).toLocaleString()}`,
    put,
  }));
  const title = 'Restore an Archived or Deleted Spec';
  return (
    await vscode.window.showQuickPick(items, {
      title,
      placeHolder: 'It comes back where it was, byte for byte',
    })
  )?.put;
}
