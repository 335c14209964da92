/** What a restore would do, before it does anything: each path, whose edits it would undo, and what it must not touch. */
import { ActError } from '../actError';
import type { Snapshot, SnapshotStore } from '../ports';
import { isInside } from '../util/path';
import type { PathChange, RestorePlan, RestoreScope } from './model';
import { partsTakenBack, stretchesOf } from './partsTakenBack';
import { checkpointsIn, type TimelineRecord } from './records';

export interface Planning {
  readonly snapshots: Omit<SnapshotStore, 'take' | 'restore'>;
  /** The workspace as it is now. */
  look(touched?: readonly string[]): Promise<Snapshot>;
  records(): Promise<readonly TimelineRecord[]>;
}

export async function planRestore(
  { snapshots, look, records }: Planning,
  root: string,
  checkpoint: string,
  scope: RestoreScope,
): Promise<RestorePlan> {
  const base = scope.kind === 'between' ? scope.from : checkpoint;
  const isWanted = await wantedPaths(snapshots, root, scope);
  const all = await records();
  const record = checkpointsIn(all).find(({ id }) => id === base) ?? all.find(({ id }) => id === base);
  if (!record) throw new ActError('notFound', 'This checkpoint is not kept any more.');

  let now = await look();
  const changesTo = async () =>
    (await snapshots.diff(root, now.id, base)).filter(({ path }) => isWanted(path));
  let changes = await changesTo();
  // What would be written may be there all the same, ignored: it is kept first, so that this can be undone.
  const coming = changes.filter(({ change }) => change === 'added').map(({ path }) => path);
  if (coming.length > 0) {
    now = await look(coming);
    changes = await changesTo();
  }

  const refused = new Map<string, string>();
  for (const { path, why } of now.left)
    refused.set(path, `It is not kept now (${why}), so it could not be undone.`);
  await refuseUnknown(snapshots, root, { record, all, changes, refused });
  const paths = changes.map(({ path }) => path).filter((path) => !refused.has(path));
  for (const [path, why] of await snapshots.obstacles(root, now.id, paths)) refused.set(path, `${why}.`);

  const { texts, done, between } = await partsTakenBack({
    ...{ snapshots, root, scope, now: now.id, isWanted },
    paths: changes.map(({ path }) => path),
    refused,
  });

  const ours = all.at(-1)?.id;
  const byPerson = new Set(
    ours === undefined
      ? []
      : (await snapshots.diff(root, ours, now.id).catch(() => [])).map(({ path }) => path),
  );
  return {
    checkpoint,
    root,
    scope,
    now: now.id,
    notes: [...notesFor(now, record), ...(between.size > 0 ? [OTHERS] : [])],
    steps: changes
      .filter(({ path }) => !refused.has(path) && !done.has(path))
      .map((change) => ({
        ...change,
        byPerson: byPerson.has(change.path),
        ...(change.path in texts ? { change: 'changed' as const, partly: true as const } : {}),
      })),
    texts,
    refused: [...new Set([...changes.map(({ path }) => path), ...between])].flatMap((path) => {
      const why = refused.get(path);
      return why === undefined ? [] : [{ path, why }];
    }),
  };
}

const OTHERS = 'Others worked between its tries: what they did stays.';

async function wantedPaths(
  snapshots: Planning['snapshots'],
  root: string,
  scope: RestoreScope,
): Promise<(path: string) => boolean> {
  if (scope.kind === 'all') return () => true;
  // A folder stands for all that is in it.
  if (scope.kind === 'paths') return (path) => scope.paths.some((wanted) => isInside(wanted, path));
  const own = new Set<string>();
  for (const { from, to } of stretchesOf(scope))
    for (const { path } of await snapshots.diff(root, from, to)) own.add(path);
  return (path) => own.has(path);
}

interface Judged {
  readonly record: TimelineRecord;
  readonly all: readonly TimelineRecord[];
  readonly changes: readonly PathChange[];
  readonly refused: Map<string, string>;
}

/** A file that the checkpoint does not hold was not there then, or was not kept: the latter must not be deleted. */
async function refuseUnknown(
  snapshots: Planning['snapshots'],
  root: string,
  { record, all, changes, refused }: Judged,
): Promise<void> {
  const gone = changes.filter(({ change }) => change === 'deleted').map(({ path }) => path);
  const left = new Set(record.type === 'state' ? [] : record.left.map(({ path }) => path));
  const watched = new Set(checkpointsIn(all).flatMap(({ at, touched }) => (at <= record.at ? touched : [])));
  const ignored = await snapshots.ignoredIn(
    root,
    record.id,
    gone.filter((path) => !watched.has(path)),
  );
  for (const path of gone) {
    if (left.has(path)) refused.set(path, 'It was there then but was not kept, so it stays as it is now.');
    else if (ignored.has(path))
      refused.set(path, 'It was ignored then, so nobody knows whether it was there. It stays as it is now.');
  }
}

function notesFor(now: Snapshot, record: TimelineRecord): readonly string[] {
  const head = record.type === 'state' ? undefined : record.head;
  const notes: string[] = [];
  if (now.underway !== undefined)
    notes.push(
      `In this repository ${now.underway} is in progress. Files are restored, and it stays in progress.`,
    );
  if (head !== undefined && now.head !== undefined && head !== now.head)
    notes.push(
      `Then the repository stood at ${shortHead(head)}, now at ${shortHead(now.head)}. Files are restored; commits and branches stay.`,
    );
  return notes;
}

function shortHead(head: string): string {
  return head.replace(/^[0-9a-f]{40,64}/, (commit) => commit.slice(0, 8));
}
