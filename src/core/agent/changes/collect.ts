/**
 * Steps of an agent → what they come to. A file that is written twice is one change, a file that was made and deleted
 * none; what somebody else did to it in between is theirs.
 */
import type { FileEdit } from '../session/events';
import { mergeTexts } from './hunks';
import {
  type ChangedFile,
  type Content,
  type KeptFile,
  type PathStep,
  sameContent,
  type Touch,
} from './model';

/** One more call that went well. */
export function addStep(
  steps: readonly PathStep[],
  { path, from, deletes, kept }: Touch,
  edit: FileEdit | undefined,
): readonly PathStep[] {
  const bytes: Content = { bytes: kept?.id ?? '' };
  if (from === undefined)
    return set(steps, {
      path,
      seen: edit ? edit.before : bytes,
      after: deletes ? undefined : edit?.after,
      kept,
    });
  const content = edit ? edit.after : bytes;
  const origin = steps.find((step) => step.path === from)?.origin ?? from;
  const gone = set(steps, { path: from, seen: content, after: undefined, kept });
  return set(gone, { path, seen: undefined, after: content, origin });
}

interface Step {
  readonly path: string;
  /** What the agent found there. */
  readonly seen: Content;
  readonly after: Content;
  readonly kept?: KeptFile | undefined;
  readonly origin?: string;
}

function set(steps: readonly PathStep[], { path, seen, after, kept, origin }: Step): readonly PathStep[] {
  const index = steps.findIndex((step) => step.path === path);
  const known = steps[index];
  if (!known) {
    const step = { path, before: seen, after, ...(kept ? { kept } : {}) };
    return [...steps, origin === undefined ? step : { ...step, origin }];
  }
  const { origin: _, ...based } = rebased(known, seen);
  const next = after === undefined ? undefined : (origin ?? known.origin);
  return steps.with(index, { ...based, after, ...(next === undefined ? {} : { origin: next }) });
}

/** Somebody else's lines since the agent's last step belong to what was there before. */
function rebased(known: PathStep, seen: Content): PathStep {
  const { before, after } = known;
  if (sameContent(after, seen)) return known;
  if (typeof before !== 'string' || typeof after !== 'string' || typeof seen !== 'string')
    return { ...known, mixed: true };
  const merged = mergeTexts(after, seen, before);
  if (merged === undefined) return { ...known, mixed: true };
  // The copy has not got those lines.
  const { kept: _, ...rest } = known;
  return { ...rest, before: merged };
}

/** What is to be shown and decided: a file that was moved is one, not two. */
export function filesOf(steps: readonly PathStep[]): readonly ChangedFile[] {
  const gone = new Map(
    steps.flatMap((step) =>
      step.before !== undefined && step.after === undefined ? [[step.path, step]] : [],
    ),
  );
  const files = steps.map((step): ChangedFile => {
    const { origin, ...file } = step;
    const source = origin === undefined || file.before !== undefined ? undefined : gone.get(origin);
    if (origin === undefined || !source || file.after === undefined) return file;
    gone.delete(origin);
    const mixed = file.mixed || source.mixed ? { mixed: true as const } : {};
    const kept = source.kept ? { kept: source.kept } : {};
    return { path: file.path, from: origin, before: source.before, after: file.after, ...kept, ...mixed };
  });
  const moved = new Set(files.map(({ from }) => from));
  return files.filter(
    ({ path, from, before, after }) =>
      !moved.has(path) && (from !== undefined || !sameContent(before, after)),
  );
}
