/** Timeline, comparing and restoring, over the store of snapshots. */
import { ActError } from '../actError';
import type { Home } from '../home';
import type { Ports, Snapshot } from '../ports';
import { Cancelled } from '../util/abort';
import { errorMessage } from '../util/errorMessage';
import type { Emitter } from '../util/event';
import type { Checkpoints } from './checkpoints';
import type { Cause, Checkpoint } from './model';
import { type Planning, planRestore } from './planRestore';
import {
  type CheckpointRecord,
  checkpointsIn,
  createRecords,
  type Records,
  type TimelineRecord,
} from './records';
import { requireFresh } from './requireFresh';
import { DEFAULT_CHECKPOINTS, limitsOf } from './settings';
import type { Timeline } from './turnCheckpoints';

export type CheckpointPorts = Pick<Ports, 'files' | 'snapshots' | 'clock' | 'settings' | 'trust' | 'log'>;

export interface CheckpointEvents {
  readonly changed: Emitter<string>;
  readonly failed: Emitter<{ readonly root: string; readonly message: string }>;
}

const DAY = 24 * 60 * 60_000;

export function createCheckpoints(
  ports: CheckpointPorts,
  home: Pick<Home, 'checkpoints'>,
  roots: readonly string[],
  events: CheckpointEvents,
): Checkpoints & Timeline {
  const { files, snapshots, clock, trust, log } = ports;
  const told = new Set<string>();
  const cleaned = new Set<string>();
  const settings = () => ports.settings.get().checkpoints ?? DEFAULT_CHECKPOINTS;

  function recordsOf(root: string): Records {
    return createRecords(files, home.checkpoints(root), (at) => clock.localDay(at));
  }

  function requireTrust(): void {
    if (trust.trusted) return;
    throw new ActError('untrusted', 'Trust this workspace first: checkpoints are kept of trusted ones only.');
  }

  function look(root: string, touched: readonly string[] = []): Promise<Snapshot> {
    return snapshots.take(root, { touched, keep: false, limits: limitsOf(settings()) });
  }

  /** A command names nothing, and may change what is ignored. */
  const kept = (touched: readonly string[]) => ({
    ...{ touched, keep: true, limits: limitsOf(settings()) },
    ignored: touched.length === 0,
  });

  async function keep(
    root: string,
    cause: Cause,
    touched: readonly string[],
    signal?: Parameters<Checkpoints['take']>[3],
  ): Promise<Checkpoint> {
    return write(root, cause, touched, await snapshots.take(root, kept(touched), signal));
  }

  async function write(
    root: string,
    cause: Cause,
    touched: readonly string[],
    snapshot: Snapshot,
  ): Promise<Checkpoint> {
    const records = recordsOf(root);
    const before = checkpointsIn(await records.all()).at(-1);
    // A run takes one before a task, and so does the task's first turn.
    if (before?.id === snapshot.id && isSame(before.cause, cause)) return toCheckpoint(root, before);
    const record: CheckpointRecord = {
      type: 'checkpoint',
      id: snapshot.id,
      at: clock.now(),
      cause,
      ...(snapshot.head === undefined ? {} : { head: snapshot.head }),
      changed: await changedSince(root, before?.id, snapshot.id),
      left: snapshot.left,
      touched,
    };
    await records.add(record);
    await clean(root, records);
    events.changed.fire(root);
    return toCheckpoint(root, record);
  }

  /** What was before may be kept no more. */
  async function changedSince(root: string, before: string | undefined, id: string): Promise<number> {
    if (before === undefined || before === id) return 0;
    return (await snapshots.diff(root, before, id).catch(() => [])).length;
  }

  async function clean(root: string, records: Records): Promise<void> {
    if (cleaned.has(root)) return;
    cleaned.add(root);
    await records.removeBefore(clock.localDay(clock.now() - settings().keepDays * DAY));
  }

  async function listed(root: string): Promise<readonly Checkpoint[]> {
    const [all, known] = await Promise.all([recordsOf(root).all(), snapshots.known(root)]);
    const after = afterEach(all, known);
    return checkpointsIn(all)
      .filter(({ id }) => known.has(id))
      .map((record) => toCheckpoint(root, record, after.get(record)));
  }

  /** What is there now is ours, and no person's edit. */
  async function keepState(root: string, touched: readonly string[], since?: string): Promise<void> {
    const { id } = await snapshots.take(root, kept(touched));
    const at = clock.now();
    await recordsOf(root).add({ type: 'state', id, at, ...(since === undefined ? {} : { since }) });
    events.changed.fire(root);
  }

  const planning = (root: string): Planning => ({
    snapshots,
    look: (touched) => look(root, touched),
    records: () => recordsOf(root).all(),
  });

  return {
    async take(root, cause, touched = [], signal) {
      if (!trust.trusted || !settings().on) return undefined;
      try {
        return await keep(root, cause, touched, signal);
      } catch (error) {
        if (signal?.aborted || error instanceof Cancelled) return undefined;
        const message = `No checkpoint: ${errorMessage(error)}`;
        log.warn(message, error);
        // Once is enough: the next turn would say the same.
        if (!told.has(`${root}\n${message}`)) events.failed.fire({ root, message });
        told.add(`${root}\n${message}`);
        return undefined;
      }
    },
    async list(filter = {}) {
      const wanted = filter.root === undefined ? roots : [filter.root];
      const all = (await Promise.all(wanted.map(listed))).flat();
      // Turned round first: those of one moment were written one after the other.
      return all
        .filter(({ cause }) => matches(cause, filter))
        .reverse()
        .sort((a, b) => b.at - a.at);
    },
    async diff(root, from, to) {
      if (to === undefined) requireTrust();
      return snapshots.diff(root, from, to ?? (await look(root)).id);
    },
    read: (root, checkpoint, path) => snapshots.read(root, checkpoint, path),
    async plan(root, checkpoint, scope) {
      requireTrust();
      return planRestore(planning(root), root, checkpoint, scope);
    },
    async restore(plan) {
      requireTrust();
      const { root, steps, texts, scope, checkpoint } = plan;
      if (steps.length === 0) throw new ActError('invalid', 'There is nothing to restore.');
      const paths = steps.map(({ path }) => path);
      const wanted = { touched: paths, keep: true, limits: limitsOf(settings()) };
      const snapshot = await snapshots.take(root, wanted);
      await requireFresh(snapshots, plan, snapshot.id);
      const before = await write(root, { kind: 'restore', of: checkpoint }, paths, snapshot);
      const id = scope.kind === 'between' ? scope.from : checkpoint;
      await snapshots.restore(root, { now: before.id, id, paths, texts });
      // Without it the restored files pass for a person's edits, and that is all.
      await keepState(root, paths).catch((error: unknown) =>
        log.warn('The state after a restore is not known', error),
      );
      return before;
    },
    async left(root, id, touched) {
      await keepState(root, touched, id).catch((error: unknown) =>
        log.warn('The state after a turn is not known', error),
      );
    },
    ignored: (root, paths) => snapshots.ignoredIn(root, undefined, paths).catch(() => new Set<string>()),
    onDidChange: events.changed.event,
    onDidFail: events.failed.event,
  };
}

function toCheckpoint(root: string, record: CheckpointRecord, after?: string): Checkpoint {
  const { id, at, cause, head, changed, left } = record;
  return {
    id,
    root,
    at,
    cause,
    changed,
    left: left.map(({ path, why }) => `${path}: ${why}`),
    ...(head === undefined ? {} : { head }),
    ...(after === undefined ? {} : { after }),
  };
}

/** By the checkpoint that was taken last before: several may be of the same files. */
function afterEach(
  all: readonly TimelineRecord[],
  known: ReadonlySet<string>,
): ReadonlyMap<TimelineRecord, string> {
  const newest = new Map<string, TimelineRecord>();
  const after = new Map<TimelineRecord, string>();
  for (const record of all) {
    if (record.type === 'checkpoint') newest.set(record.id, record);
    else if (record.since !== undefined && known.has(record.id)) {
      const of = newest.get(record.since);
      if (of) after.set(of, record.id);
    }
  }
  return after;
}

function isSame(a: Cause, b: Cause): boolean {
  if (a.kind === 'task' && b.kind === 'task')
    return a.spec === b.spec && a.task === b.task && a.when === b.when && (!a.session || !b.session);
  return false;
}

function matches(
  cause: Cause,
  { session, spec, run }: { readonly session?: string; readonly spec?: string; readonly run?: string },
): boolean {
  if (session !== undefined && !('session' in cause && cause.session === session)) return false;
  if (spec !== undefined && !(cause.kind === 'task' && cause.spec === spec)) return false;
  return run === undefined || (cause.kind === 'task' && cause.run === run);
}
