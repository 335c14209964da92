/** Which changes of a waiting revision are to be left out. Pure. */
import type { ReviewChange, ReviewModel, ReviewRevision } from '../../protocol/review';
import { plural } from '../shared/format';
import { allThreads } from './filters';
import { propertyName, sectionName } from './traceNames';
import type { UiState } from './uiState';

/** How a refused change is remembered: another revision has its own. */
export function refusalOf({ session }: ReviewRevision, { key }: ReviewChange): string {
  return `${session} ${key}`;
}

export function isRefused(
  revision: ReviewRevision,
  change: ReviewChange,
  refused: readonly string[],
): boolean {
  return refused.includes(refusalOf(revision, change));
}

/** Those of its changes that are to be left out. */
export function refusedChanges(
  revision: ReviewRevision,
  refused: readonly string[],
): readonly ReviewChange[] {
  return revision.changes.filter((change) => isRefused(revision, change, refused));
}

/** Their keys, as the host knows them. */
export function refusedKeys(revision: ReviewRevision, refused: readonly string[]): readonly string[] {
  return refusedChanges(revision, refused).flatMap(({ keys }) => keys);
}

/** Why, of those of which it was said. */
export function objectionsTo(
  revision: ReviewRevision,
  { refused, reasons }: Pick<UiState, 'refused' | 'reasons'>,
): ReviewModel['objections'] {
  return refusedChanges(revision, refused).flatMap((change) => {
    const because = reasons[refusalOf(revision, change)]?.trim() ?? '';
    return because === '' ? [] : [{ id: change.id, because }];
  });
}

/** `Why you refused 1.2 goes with it.` */
export function objectionsSentence({ objections }: Pick<ReviewModel, 'objections'>): string | undefined {
  const ids = [...new Set(objections.map(({ id }) => id))];
  if (ids.length === 0) return undefined;
  const named = ids.length > 3 ? `${ids.slice(0, 3).join(', ')} …` : ids.join(', ');
  return `Why you refused ${named} goes with it.`;
}

/** `3 reworded, 1 added, 14 unchanged`. */
export function changesSentence({
  changes,
  unchanged,
}: Pick<ReviewRevision, 'changes' | 'unchanged'>): string {
  const counts = (['reworded', 'added', 'moved', 'removed'] as const).flatMap((what) => {
    const count = changes.filter((change) => change.what === what).length;
    return count === 0 ? [] : [`${count} ${what}`];
  });
  return [...(counts.length === 0 ? ['nothing changed'] : counts), `${unchanged} unchanged`].join(', ');
}

/** The comments that were sent about the part that a change is of. */
export function answersOf(model: ReviewModel, { id, from }: ReviewChange): readonly string[] {
  return allThreads(model)
    .filter(({ sent, resolved, part }) => sent && !resolved && (part === id || part === from))
    .map(({ comments }) => comments.at(-1)?.text.split('\n')[0] ?? '')
    .filter((words) => words !== '');
}

/** What was made of a criterion and is to be read again once its words are others. */
export function consequenceOf({ requirements }: ReviewModel, { id, what }: ReviewChange): string | undefined {
  if (what !== 'reworded' && what !== 'removed') return undefined;
  const criterion = requirements.flatMap(({ criteria }) => criteria).find((each) => each.id === id);
  if (criterion === undefined) return undefined;
  const { sections, properties, tasks } = criterion;
  const names = [
    ...sections.map((section) => `“${sectionName(section)}”`),
    ...properties.map(propertyName),
    ...(tasks.length === 0
      ? []
      : [`${plural(tasks.length, 'task').replace(/^\d+ /, '')} ${tasks.join(', ')}`]),
  ];
  return names.length === 0 ? undefined : `Accepting makes ${names.join(', ')} suspect.`;
}
