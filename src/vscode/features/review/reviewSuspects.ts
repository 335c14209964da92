/** Which links of a criterion, or of a part, were confirmed for a text that is no longer there. Pure. */
import type { DocumentKind } from '../../../core/spec/model';
import type { TraceGraph, TraceLink } from '../../../core/trace/model';
import type { ReviewSuspect } from '../../../protocol/review';

/** By the id of a criterion in requirements, of a part elsewhere. */
export function suspectsIn(
  kind: DocumentKind,
  { criteria }: TraceGraph,
): (id: string) => readonly ReviewSuspect[] {
  const links = criteria
    .flatMap(({ levels }) => [...levels.property.links, ...levels.task.links])
    .filter(({ status }) => status === 'suspect');
  const found = new Map<string, ReviewSuspect[]>();
  for (const link of links) {
    const [id, suspect] = kind === 'design' || kind === 'tasks' ? ofPart(link) : ofCriterion(link);
    found.set(id, [...(found.get(id) ?? []), suspect]);
  }
  return (id) => found.get(id) ?? NONE;
}

const NONE: readonly ReviewSuspect[] = [];

function ofCriterion({ to, level, label, reason = '' }: TraceLink): readonly [string, ReviewSuspect] {
  return [to, { kind: level === 'property' ? 'property' : 'task', id: label, reason }];
}

function ofPart({ to, level, label, reason = '' }: TraceLink): readonly [string, ReviewSuspect] {
  return [level === 'property' ? `Property ${label}` : label, { kind: 'criterion', id: to, reason }];
}
