import { ActError } from '../actError';
import type { SnapshotStore } from '../ports';
import type { RestorePlan } from './model';

/** Is every file that a restore would write still as it was when the person looked at the plan? Throws `ActError`. */
export async function requireFresh(
  snapshots: Pick<SnapshotStore, 'diff'>,
  { root, now, steps }: RestorePlan,
  id: string,
): Promise<void> {
  if (id === now) return;
  const wanted = new Set(steps.map(({ path }) => path));
  const other = (await snapshots.diff(root, now, id)).find(({ path }) => wanted.has(path));
  if (other)
    throw new ActError(
      'changed',
      `${other.path} changed since you looked at what would be restored, so nothing was. Look again.`,
    );
}
