/** What a command is about: rows of the view, and what lenses, panels and tests name. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { Checkpoint, PathChange, Pause } from '../../../core/checkpoints/model';
import { isInside } from '../../../core/util/path';
import { toPath } from '../../adapters/paths';
import { timeOf } from '../../adapters/timeOf';
import type { Host } from '../../host';
import { namesIn } from './names';
import { type Group, type Moment, momentsOf } from './timeline';
import { iconOf, momentDescription, momentLabel } from './words';

/** A checkpoint by its name, of one folder. */
export interface CheckpointTarget {
  readonly root: string;
  readonly checkpoint: string;
  /** Where what is taken back ends; undefined: with what followed it. */
  readonly to?: string;
  /** Where others worked meanwhile. */
  readonly pauses?: readonly Pause[];
}

/** The checkpoint before the agent acted on a message: the number of that message's event in the session's log. */
export interface TurnTarget {
  readonly session: string;
  readonly turn: number;
}

export type Row =
  | { readonly type: 'group'; readonly group: Group }
  | ({ readonly type: 'moment'; readonly moment: Moment } & CheckpointTarget)
  | ({ readonly type: 'file'; readonly moment: Moment; readonly change: PathChange } & CheckpointTarget)
  | { readonly type: 'more'; readonly moment: Moment; readonly more: number }
  | { readonly type: 'note'; readonly key: string; readonly text: string; readonly icon: string };

/** Newest first, of the folders of this window. */
export async function listHere({ core }: Host): Promise<readonly Checkpoint[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => toPath(uri));
  const all = await core.checkpoints.list();
  return all.filter(({ root }) => folders.some((folder) => isInside(folder, root)));
}

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** The row's moment, the checkpoint that is named, or the person's choice. */
export async function pickMoment(host: Host, argument: unknown, title: string): Promise<Moment | undefined> {
  if (isRow(argument) && 'moment' in argument) return argument.moment;
  const all = momentsOf(await listHere(host));
  if (isNamed(argument)) return named(all, argument);
  return chooseMoment(host, all, title);
}

function isNamed(value: unknown): value is CheckpointTarget | TurnTarget {
  if (typeof value !== 'object' || value === null) return false;
  return ('root' in value && 'checkpoint' in value) || ('session' in value && 'turn' in value);
}

/** A task is over at a checkpoint that need not be the next one. */
export function endNamed(target: unknown): Pick<CheckpointTarget, 'to' | 'pauses'> {
  return !isRow(target) && isNamed(target) && 'checkpoint' in target ? target : {};
}

function named(all: readonly Moment[], target: CheckpointTarget | TurnTarget): Moment {
  const found = all.find(({ checkpoint: { root, id, cause } }) =>
    'session' in target
      ? cause.kind === 'turn' && cause.session === target.session && cause.turn === target.turn
      : root === target.root && id === target.checkpoint,
  );
  if (found) return found;
  throw new ActError(
    'notFound',
    'session' in target
      ? 'There is no checkpoint of this moment: none could be taken, or it was too old to keep. The Checkpoints view shows those that are there.'
      : 'This checkpoint is no longer kept. The Checkpoints view shows those that are there.',
  );
}

interface MomentItem extends vscode.QuickPickItem {
  readonly moment: Moment;
}

export async function chooseMoment(
  host: Host,
  all: readonly Moment[],
  title: string,
): Promise<Moment | undefined> {
  if (all.length === 0) throw new ActError('notFound', NONE);
  const items = momentItems(host, all);
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.moment;
}

export const NONE =
  'There is no checkpoint yet. Earshot takes one before the agent acts on what you say; “Earshot: Create Checkpoint…” takes one now.';

export function momentItems({ core }: Host, all: readonly Moment[]): readonly MomentItem[] {
  const names = namesIn(
    core,
    all.map(({ checkpoint }) => checkpoint),
  );
  return all.map((moment) => ({
    label: momentLabel(moment.checkpoint, names),
    description: momentDescription(moment, timeOf(moment.checkpoint.at)),
    iconPath: new vscode.ThemeIcon(iconOf(moment.checkpoint.cause.kind)),
    moment,
  }));
}
