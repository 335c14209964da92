/** What a restore would do, before it does anything: each path, whose edits it would undo, and what it must not touch. */
import { ActError } from '../actError';
import type { Snapshot, SnapshotStore } from '../ports';
import { isInside } from '../util/path';
import type { PathChange, RestorePlan, RestoreScope } from './model';
import { checkpointsIn, type TimelineRecord } from './records';
import { isForRecords, takeBack } from './takeBack';

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

  const { texts, done } = await partsOf({ snapshots, root, scope, now: now.id, changes, refused });

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
    notes: notesFor(now, record),
    steps: changes
      .filter(({ path }) => !refused.has(path) && !done.has(path))
      .map((change) => ({
        ...change,
        byPerson: byPerson.has(change.path),
        ...(change.path in texts ? { change: 'changed' as const, partly: true as const } : {}),
      })),
    texts,
    refused: changes.flatMap(({ path }) => {
      const why = refused.get(path);
      return why === undefined ? [] : [{ path, why }];
    }),
  };
}

async function wantedPaths(
  snapshots: Planning['snapshots'],
  root: string,
  scope: RestoreScope,
): Promise<(path: string) => boolean> {
  if (scope.kind === 'all') return () => true;
  // A folder stands for all that is in it.
  if (scope.kind === 'paths') return (path) => scope.paths.some((wanted) => isInside(wanted, path));
  const between = new Set((await snapshots.diff(root, scope.from, scope.to)).map(({ path }) => path));
  return (path) => between.has(path);
}

interface Taking {
  readonly snapshots: Planning['snapshots'];
  readonly root: string;
  readonly scope: RestoreScope;
  readonly now: string;
  readonly changes: readonly PathChange[];
  readonly refused: Map<string, string>;
}

/** Of files that others changed after what is taken back: only that is. `done`: nothing of it is there any more. */
async function partsOf({ snapshots, root, scope, now, changes, refused }: Taking): Promise<{
  readonly texts: Readonly<Record<string, string>>;
  readonly done: ReadonlySet<string>;
}> {
  const texts: Record<string, string> = {};
  const done = new Set<string>();
  if (scope.kind !== 'between') return { texts, done };
  const since = new Set((await snapshots.diff(root, scope.to, now)).map(({ path }) => path));
  for (const { path } of changes) {
    if (isForRecords(path)) done.add(path);
    if (!since.has(path) || refused.has(path)) continue;
    const read = (id: string) => snapshots.read(root, id, path);
    const [from, to, is] = [await read(scope.from), await read(scope.to), await read(now)];
    const taken = takeBack(path, { from, to, now: is });
    if (taken === 'nothing') done.add(path);
    else if ('why' in taken) refused.set(path, taken.why);
    else texts[path] = taken.text;
  }
  return { texts, done };
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
