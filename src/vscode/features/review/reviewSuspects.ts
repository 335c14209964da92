/** Which links of a criterion, or of a part, were confirmed for a text that is no longer there. Pure. */
import type { DocumentKind } from '../../../core/spec/model';
import { isEvidence } from '../../../core/trace/codeEvidence';
import type { Level, TraceGraph, TraceLink } from '../../../core/trace/model';
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
    // What a tag in the code says is confirmed in the trace, not with the document.
    for (const [level, kindOfLink] of levelsOf(kind))
      for (const link of levels[level].links.filter((each) => level !== 'code' || isEvidence(each)))
        add(link, kindOfLink, level === 'property' ? `Property ${link.label}` : link.label);
  }
  // The part of a section is called by its heading.
  return (id) => found.get(id.replace(/^#+ /, '')) ?? NONE;
}

/** What is a part of a document; of requirements, everything that carries on with them. */
function levelsOf(kind: DocumentKind): readonly (readonly [Level, ReviewSuspect['kind']])[] {
  const [design, tasks] = [
    [['design', 'section'] as const, ['property', 'property'] as const],
    [['task', 'task'] as const],
  ] as const;
  if (kind === 'design') return design;
  return kind === 'tasks' ? tasks : [...design, ...tasks, ['test', 'test'], ['code', 'code']];
}

const NONE: readonly ReviewSuspect[] = [];
