/** What in a document has to be looked at again because something else was edited. */
import type { DocumentKind } from '../spec/model';
import type { Level, TraceGraph, TraceLink } from './model';

/** Links that a person's word for the document confirms, and that were confirmed for something else. */
export function suspectLinks({ criteria }: TraceGraph, kind: DocumentKind): readonly TraceLink[] {
  const levels = levelsIn(kind);
  const links = criteria.flatMap((criterion) => levels.flatMap((level) => criterion.levels[level].links));
  return links.filter(({ status }) => status === 'suspect');
}

/** The links that are written in a document; of requirements, the code that they rest on. */
export function levelsIn(kind: DocumentKind): readonly Level[] {
  if (kind === 'design') return ['design', 'property'];
  return kind === 'tasks' ? ['task'] : ['code'];
}
