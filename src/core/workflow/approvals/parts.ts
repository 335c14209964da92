/** The parts of a document that an approval names one by one, so that a later edit shows what it touched. */
import type { Hasher } from '../../ports';
import { approvalText } from '../../spec/contentHash';
import type { PartChanges, SpecDocument } from '../../spec/model';
import { flattenTasks } from '../../spec/tasks/taskTree';
import type { TextRange } from '../../util/textRange';

/**
 * Hashes by id: of each criterion (`1.2`) in requirements, of each property (`property 1`) and top section in a
 * design, of each task (its key) in a task list. What lies in none of them is under the whole document's hash alone.
 */
export function partsOf(document: SpecDocument, hasher: Hasher): Readonly<Record<string, string>> {
  const parts: Record<string, string> = {};
  for (const [id, range] of rangesOf(document)) {
    const words = approvalText(document.kind, document.text.slice(range.start, range.end));
    // A part moves with what stands before it: blank lines and depth say nothing about it.
    parts[id] = hasher.sha256(words.replace(/\s+/g, ' ').trim()).slice(0, 16);
  }
  return parts;
}

function rangesOf(document: SpecDocument): readonly (readonly [id: string, range: TextRange])[] {
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
        .map(({ title, range }) => [title, range] as const),
      ...document.properties.map(({ id, range }) => [`property ${id}`, range] as const),
    ];
  return document.requirements.flatMap(({ criteria }) =>
    criteria.map(({ id, range }) => [id, range] as const),
  );
}

export function changesOf(
  approved: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): PartChanges {
  return {
    changed: Object.keys(now).filter((id) => approved[id] !== undefined && approved[id] !== now[id]),
    added: Object.keys(now).filter((id) => approved[id] === undefined),
    removed: Object.keys(approved).filter((id) => now[id] === undefined),
  };
}
