/** Which links of a criterion, or of a part, were confirmed for a text that is no longer there. Pure. */
import type { DocumentKind } from '../../../core/spec/model';
import type { TraceGraph, TraceLink } from '../../../core/trace/model';
import type { ReviewSuspect } from '../../../protocol/review';

/** By the id of a criterion in requirements, of a part elsewhere. */
export function suspectsIn(
  kind: DocumentKind,
  { criteria }: TraceGraph,
): (id: string) => readonly ReviewSuspect[] {
  const found = new Map<string, ReviewSuspect[]>();
  const ofParts = kind === 'design' || kind === 'tasks';
  const add = (link: TraceLink, kindOfLink: ReviewSuspect['kind'], part: string): void => {
    if (link.status !== 'suspect') return;
    const { to, label, reason = '' } = link;
    const [key, suspect] = ofParts
      ? [part, { kind: 'criterion' as const, id: to, reason }]
      : [to, { kind: kindOfLink, id: label, reason }];
    found.set(key, [...(found.get(key) ?? []), suspect]);
  };
  for (const { levels } of criteria) {
    if (kind !== 'tasks') {
      for (const link of levels.design.links) add(link, 'section', link.label);
      for (const link of levels.property.links) add(link, 'property', `Property ${link.label}`);
    }
    if (!ofParts) for (const link of levels.test.links) add(link, 'test', link.label);
    if (kind !== 'design') for (const link of levels.task.links) add(link, 'task', link.label);
  }
  // The part of a section is called by its heading.
  return (id) => found.get(id.replace(/^#+ /, '')) ?? NONE;
}

const NONE: readonly ReviewSuspect[] = [];
