/** Of files that others changed, too, only what is taken back. */
import type { SnapshotStore } from '../ports';
import type { RestoreScope } from './model';
import { type Content, isForRecords, type TakenBack, takeBack } from './takeBack';

type Between = Extract<RestoreScope, { readonly kind: 'between' }>;

/** What is taken back was done from one checkpoint to another. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** In the order in which they were: between two of them, others may have worked. */
export function stretchesOf({ from, to, pauses = [] }: Between): readonly Stretch[] {
  const ends = [...pauses.map(({ left }) => left), to];
  return [from, ...pauses.map(({ again }) => again)].map((begin, at) => ({
    from: begin,
    to: ends[at] ?? to,
  }));
}

export interface Taking {
  readonly snapshots: Pick<SnapshotStore, 'diff' | 'read'>;
  readonly root: string;
  readonly scope: RestoreScope;
  /** The workspace as it is. */
  readonly now: string;
  /** Those that are not as they were before what is taken back. */
  readonly paths: readonly string[];
  /** Was it changed by what is taken back? */
  isWanted(path: string): boolean;
  /** Those that stay as they are, and why: what cannot be taken back is added. */
  readonly refused: Map<string, string>;
}

export interface Parts {
  /** What files are to say that are not to be as they were before as a whole. */
  readonly texts: Readonly<Record<string, string>>;
  /** Nothing of it is there any more. */
  readonly done: ReadonlySet<string>;
  /** Those that others changed between two stretches. */
  readonly between: ReadonlySet<string>;
}

const MIXED = 'Others changed it between its tries, so it stays as it is now.';

export async function partsTakenBack(taking: Taking): Promise<Parts> {
  const { snapshots, root, scope, paths, refused } = taking;
  const texts: Record<string, string> = {};
  const done = new Set<string>();
  if (scope.kind !== 'between') return { texts, done, between: new Set() };
  const history = await historyOf(taking, scope);
  const different = new Set(paths);
  for (const path of new Set([...paths, ...history.between])) {
    if (isForRecords(path)) done.add(path);
    if (!history.byOthers.has(path) || refused.has(path)) continue;
    const read = (id: string) => snapshots.read(root, id, path);
    const found = await undo(path, taking.now, history.of(path), read);
    // A file that is now as it was before is none that a restore writes.
    const wanted = await wantedOf(found, taking.now, scope.from, different.has(path), read);
    if (wanted === 'nothing') done.add(path);
    else if (wanted !== 'as before' && 'why' in wanted) refused.set(path, wanted.why);
    else if (wanted !== 'as before') texts[path] = wanted.text;
  }
  return { texts, done, between: history.between };
}

interface History {
  /** Those that others changed, between two stretches or since. */
  readonly byOthers: ReadonlySet<string>;
  readonly between: ReadonlySet<string>;
  of(path: string): readonly StretchOfPath[];
}

async function historyOf({ snapshots, root, now, isWanted }: Taking, scope: Between): Promise<History> {
  const changed = async (from: string, to: string): Promise<ReadonlySet<string>> =>
    new Set((await snapshots.diff(root, from, to)).map(({ path }) => path).filter(isWanted));
  const { to, pauses = [] } = scope;
  const stretches: { stretch: Stretch; own: ReadonlySet<string>; others: ReadonlySet<string> }[] = [];
  const between = new Set<string>();
  for (const [at, stretch] of stretchesOf(scope).entries()) {
    const pause = pauses[at];
    const others = pause ? await changed(pause.left, pause.again) : await changed(to, now);
    stretches.push({ stretch, own: await changed(stretch.from, stretch.to), others });
    if (pause) for (const path of others) between.add(path);
  }
  return {
    byOthers: new Set(stretches.flatMap(({ others }) => [...others])),
    between,
    of: (path) =>
      stretches.map(({ stretch, own, others }) => ({
        ...stretch,
        isOwn: own.has(path),
        changedAfter: others.has(path),
      })),
  };
}

/** What a file is to be; `nothing`: it is so already. */
async function wantedOf(
  found: Found,
  now: string,
  before: string,
  isWritable: boolean,
  read: (id: string) => Promise<Content>,
): Promise<TakenBack | 'as before'> {
  if ('why' in found) return found;
  if ('state' in found && found.state === before) return 'as before';
  if ('state' in found && found.state === now) return 'nothing';
  const [is, text] = [await read(now), 'text' in found ? found.text : await read(found.state)];
  if (typeof text !== 'string' || typeof is !== 'string') return { why: MIXED };
  if (text === is) return 'nothing';
  return isWritable ? { text } : { why: MIXED };
}

/** As it was at a checkpoint, or a text that is none of these. */
type Found = { readonly state: string } | Exclude<TakenBack, 'nothing'>;

interface StretchOfPath extends Stretch {
  /** Was it changed in it? */
  readonly isOwn: boolean;
  /** Did others change it before the next one, or before now? */
  readonly changedAfter: boolean;
}

/** The last stretch first, so that each is taken back from what stood when it ended, and what others did. */
async function undo(
  path: string,
  now: string,
  stretches: readonly StretchOfPath[],
  read: (id: string) => Promise<Content>,
): Promise<Found> {
  let found: Exclude<Found, { readonly why: string }> = { state: now };
  /** Is it as the stretch left it that comes now? */
  let isLeft = true;
  for (const { from, to, isOwn, changedAfter } of [...stretches].reverse()) {
    isLeft &&= !changedAfter;
    if (isLeft) found = { state: from };
    if (isLeft || !isOwn) continue;
    const is = 'text' in found ? found.text : await read(found.state);
    const taken = takeBack(path, { from: await read(from), to: await read(to), now: is });
    if (taken !== 'nothing' && 'why' in taken) return taken;
    if (taken !== 'nothing') found = taken;
  }
  return found;
}
