/**
 * What of a spec a request needs, by its links: criteria by their ids, the parts of a design that are about them. What
 * names no criterion at all is never left out: nobody knows what it is about.
 */

import type {
  DesignDocument,
  Requirement,
  RequirementsDocument,
  Section,
  SpecDocuments,
  Task,
  TasksDocument,
} from '../../spec/model';
import { FILE_NAMES } from '../../spec/readSpec';
import { referencesOf } from '../../spec/references/mentions';
import { flattenTasks } from '../../spec/tasks/taskTree';
import { termPattern } from '../../spec/termPattern';
import type { TextRange } from '../../util/textRange';

export interface Slice {
  /** File name of the document that it is of. */
  readonly name: string;
  readonly text: string;
  /** Headings of what is not in it. */
  readonly leftOut: readonly string[];
}

/** The criteria of these ids, a requirement's id for all of its; undefined where one of them is not there. */
export function expandIds(
  { requirements }: RequirementsDocument,
  ids: readonly string[],
): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (const id of ids) {
    const own = requirements.flatMap((requirement) =>
      requirement.criteria.filter((criterion) => criterion.id === id || requirement.id === id),
    );
    if (own.length === 0) return undefined;
    for (const criterion of own) found.add(criterion.id);
  }
  return found;
}

/** Those criteria below the heads of their requirements, and the glossary's lines about what they name. */
export function criteriaSlice(document: RequirementsDocument, ids: ReadonlySet<string>): Slice {
  const chosen = document.requirements.filter(({ criteria }) => criteria.some(({ id }) => ids.has(id)));
  const text = chosen.map((requirement) => requirementText(document, requirement, ids)).join('\n\n');
  const terms = termsIn(document, text);
  return {
    name: FILE_NAMES[document.kind],
    text: terms === '' ? text : `${terms}\n\n${text}`,
    leftOut: document.requirements
      .filter((requirement) => !chosen.includes(requirement))
      .map(({ id, title }) => `Requirement ${id}${title === '' ? '' : `: ${title}`}`),
  };
}

function requirementText(
  { text }: RequirementsDocument,
  { headingRange, userStory, criteria }: Requirement,
  ids: ReadonlySet<string>,
): string {
  const own = criteria.filter(({ id }) => ids.has(id));
  const head = text.slice(headingRange.start, headingRange.end).trim();
  const story = userStory === undefined ? '' : `\n${userStory.text.trim()}`;
  return `${head}${story}\n${own.map((each) => `${each.id} ${each.text.trim()}`).join('\n')}`;
}

function termsIn({ glossary }: RequirementsDocument, slice: string): string {
  const used = glossary.filter((term) => termPattern([term])?.test(slice) === true);
  return used.map(({ name, definition }) => `${name}: ${definition}`).join('\n');
}

/** A design without the parts that are about other criteria and properties alone. */
export function designSlice(
  documents: SpecDocuments & { readonly design: DesignDocument },
  ids: ReadonlySet<string>,
  properties: ReadonlySet<string>,
): Slice {
  const { design, requirements } = documents;
  const references = referencesOf(documents).filter(({ document }) => document === 'design');
  const criteriaOf = (named: readonly string[]) =>
    named.flatMap((id) => [id, ...((requirements && expandIds(requirements, [id])) ?? [])]);
  /** False for what names something, and nothing of ours. */
  const isNeeded = ({ start, end }: TextRange) => {
    const inside = references.filter(({ reference: { range } }) => range.start >= start && range.end <= end);
    const named = inside.filter(({ names }) => names !== 'task');
    return (
      named.length === 0 ||
      named.some(({ names, reference }) =>
        names === 'property'
          ? reference.ids.some((id) => properties.has(id))
          : criteriaOf(reference.ids).some((id) => ids.has(id)),
      )
    );
  };
  const own = new Set(
    design.properties.filter(({ id }) => properties.has(id)).map(({ range }) => range.start),
  );
  const out = leavesOf(design.sections).filter(({ range }) => !own.has(range.start) && !isNeeded(range));
  return {
    name: FILE_NAMES.design,
    text: without(
      design.text,
      out.map(({ range }) => range),
    ),
    leftOut: out.map(({ title }) => title),
  };
}

/** Sections without sections below them, the document's title left out. */
function leavesOf(sections: readonly Section[]): readonly Section[] {
  return sections.filter(
    ({ level, range }, index) => level > 1 && (sections[index + 1]?.range.start ?? range.end) >= range.end,
  );
}

function without(text: string, ranges: readonly TextRange[]): string {
  let from = 0;
  const kept: string[] = [];
  for (const { start, end } of ranges) {
    kept.push(text.slice(from, start));
    from = end;
  }
  return [...kept, text.slice(from)].join('').trim();
}

/** Every task in a line of its own, with its box. */
export function taskOutline({ tasks }: TasksDocument): Slice {
  const line = ({ id, title, optional, state }: Task) =>
    `- [${BOXES[state]}]${optional ? '*' : ''} ${id ?? ''} ${title}`.replace(/ {2,}/g, ' ');
  return { name: FILE_NAMES.tasks, text: flattenTasks(tasks).map(line).join('\n'), leftOut: [] };
}

const BOXES: Readonly<Record<Task['state'], string>> = { open: ' ', queued: '~', inProgress: '-', done: 'x' };

/** What one task needs of its spec; undefined where its links do not say. */
export function taskSlices(documents: SpecDocuments, task: Task): readonly Slice[] | undefined {
  const { requirements, design, tasks } = documents;
  const all = flattenTasks([task]);
  if (all.some(({ coversAll }) => coversAll)) return undefined;
  const named = all.flatMap((each) => [...each.requirements, ...each.references.flatMap(({ ids }) => ids)]);
  const ids = requirements && named.length > 0 ? expandIds(requirements, named) : undefined;
  if (requirements === undefined || ids === undefined) return undefined;
  const properties = new Set(all.flatMap((each) => each.properties.flatMap((each) => each.ids)));
  return [
    criteriaSlice(requirements, ids),
    ...(design ? [designSlice({ ...documents, design }, ids, properties)] : []),
    ...(tasks ? [taskOutline(tasks)] : []),
  ];
}
