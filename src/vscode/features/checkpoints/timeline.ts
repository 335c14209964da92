/** Checkpoints in the order in which a person looks for them: what each one is followed by, and what belongs together. Pure. */
import type { Cause, Checkpoint } from '../../../core/checkpoints/model';

/** A stretch of work: from a checkpoint to the one after it. */
export interface Moment {
  readonly checkpoint: Checkpoint;
  /** The next one of the same folder; undefined: what follows is the workspace as it is now. */
  readonly next: Checkpoint | undefined;
}

export type Owner =
  | { readonly kind: 'session'; readonly session: string }
  | { readonly kind: 'run'; readonly run: string; readonly spec: string }
  | { readonly kind: 'spec'; readonly spec: string }
  | { readonly kind: 'hook'; readonly hook: string };

export interface Group {
  /** The same for as long as the group is there. */
  readonly key: string;
  /** Undefined: taken by hand, or before a restore; it stands by itself. */
  readonly owner: Owner | undefined;
  /** Newest first. */
  readonly moments: readonly Moment[];
}

export type TimelineFilter =
  | { readonly session: string; readonly spec?: undefined }
  | { readonly spec: string; readonly session?: undefined };

/** What only the logs of sessions know. */
export interface Known {
  /** The spec that a session of a task works for. */
  specOf(session: string): string | undefined;
}

/** @param checkpoints Newest first, of any folders */
export function momentsOf(checkpoints: readonly Checkpoint[]): readonly Moment[] {
  const later = new Map<string, Checkpoint>();
  return checkpoints.map((checkpoint) => {
    const next = later.get(checkpoint.root);
    later.set(checkpoint.root, checkpoint);
    return { checkpoint, next };
  });
}

/** Newest first, each group where its newest checkpoint stands. */
export function groupsOf(
  checkpoints: readonly Checkpoint[],
  known: Known,
  filter?: TimelineFilter,
): readonly Group[] {
  const runs = runsOfSessions(checkpoints);
  const groups = new Map<string, { owner: Owner | undefined; moments: Moment[] }>();
  for (const moment of momentsOf(checkpoints)) {
    const { checkpoint } = moment;
    if (!isShown(checkpoint.cause, known, filter)) continue;
    const owner = ownerOf(checkpoint.cause, runs, known);
    const key = owner ? JSON.stringify([checkpoint.root, owner]) : keyOf(checkpoint);
    const group = groups.get(key);
    if (group) group.moments.push(moment);
    else groups.set(key, { owner, moments: [moment] });
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}

/** Two checkpoints of the same files have the same name: the time tells them apart. */
export function keyOf({ root, id, at, cause }: Checkpoint): string {
  return JSON.stringify([root, id, at, cause.kind]);
}

/** Where the stretch ends: with what the turn or hook left, else with the next checkpoint. Undefined: with now. */
export function endOf({ checkpoint, next }: Moment): string | undefined {
  return checkpoint.after ?? next?.id;
}

/** Files that changed in it, where that is known without looking. */
export function changedIn(moment: Moment): number | undefined {
  const { checkpoint, next } = moment;
  const end = endOf(moment);
  if (end === checkpoint.id) return 0;
  return end !== undefined && end === next?.id ? next.changed : undefined;
}

export function sessionOf(cause: Cause): string | undefined {
  return 'session' in cause ? cause.session : undefined;
}

function specOf(cause: Cause, known: Known): string | undefined {
  if (cause.kind === 'task') return cause.spec;
  const session = sessionOf(cause);
  return session === undefined ? undefined : known.specOf(session);
}

function isShown(cause: Cause, known: Known, filter: TimelineFilter | undefined): boolean {
  if (!filter) return true;
  return filter.session === undefined
    ? specOf(cause, known) === filter.spec
    : sessionOf(cause) === filter.session;
}

type Runs = ReadonlyMap<string, { readonly run: string; readonly spec: string }>;

/** A turn of a run's session says nothing of the run; what was taken for the run's task names both. */
function runsOfSessions(checkpoints: readonly Checkpoint[]): Runs {
  const runs = new Map<string, { readonly run: string; readonly spec: string }>();
  for (const { cause } of checkpoints)
    if (cause.kind === 'task' && cause.run !== undefined && cause.session !== undefined)
      runs.set(cause.session, { run: cause.run, spec: cause.spec });
  return runs;
}

function ownerOf(cause: Cause, runs: Runs, known: Known): Owner | undefined {
  if (cause.kind === 'hook') return { kind: 'hook', hook: cause.hook };
  if (cause.kind === 'task')
    return cause.run === undefined
      ? { kind: 'spec', spec: cause.spec }
      : { kind: 'run', run: cause.run, spec: cause.spec };
  if (cause.kind !== 'turn') return undefined;
  const run = runs.get(cause.session);
  if (run) return { kind: 'run', ...run };
  const spec = known.specOf(cause.session);
  return spec === undefined ? { kind: 'session', session: cause.session } : { kind: 'spec', spec };
}
