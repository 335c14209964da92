/** The parts that approvals of earlier versions name: criteria; top sections and properties; tasks. */
import type { DocumentKind, SpecDocument } from '../../spec/model';
import { flattenTasks } from '../../spec/tasks/taskTree';
import type { TextRange } from '../../util/textRange';

/** By the names that they have today. */
export function earlierRanges(document: SpecDocument): readonly (readonly [id: string, range: TextRange])[] {
  if (document.kind === 'tasks')
    return flattenTasks(document.tasks).map(({ id, title, range, headRange, children }) => [
      id ?? title,
      // A task that has tasks below it changes with its own words alone.
      children.length === 0 ? range : { start: headRange.start, end: children[0]?.range.start ?? range.end },
    ]);
  if (document.kind === 'design')
    return [
      ...document.sections
        .filter(({ level }) => level === 2)
        .map(({ title, range }) => [`## ${title}`, range] as const),
      ...document.properties.map(({ id, range }) => [`Property ${id}`, range] as const),
    ];
  return document.requirements.flatMap(({ criteria }) =>
    criteria.map(({ id, range }) => [id, range] as const),
  );
}

/** What a part is called today that such an approval names. */
export function earlierName(kind: DocumentKind, id: string): string {
  if (kind !== 'design') return id;
  return id.startsWith('property ') ? `P${id.slice(1)}` : `## ${id}`;
}
