/** Numbers that are used twice or left out: what gives them anew, with all that names them where that is clear. */
import { writtenId } from '../../../spec/edits/criterionList';
import { nextId } from '../../../spec/edits/moved';
import { renumber } from '../../../spec/edits/renumber';
import { renumberTasks } from '../../../spec/edits/taskIds';
import type { RequirementsDocument, SpecDocument } from '../../../spec/model';
import { flattenTasks } from '../../../spec/tasks/taskTree';
import type { Mend } from '../../rule';
import { rewrite } from '../rewrite';

/** Not in a bug fix, whose clauses go in pairs. */
export const renumbered: Mend = (_finding, { kind }, documents) =>
  kind === 'bugfix'
    ? []
    : [
        {
          title: 'Renumber this spec, with all that names its numbers',
          safe: false,
          edits: () => renumber(documents),
        },
      ];

/** What names the number goes on naming the first of the two. */
export const nextRequirement: Mend = ({ range }, document) => {
  const requirements = requirementsIn(document);
  const requirement = requirements.find(({ headingRange }) => headingRange.start === range.start);
  if (requirement === undefined || requirement.idRange.start === requirement.idRange.end) return [];
  const free = freeAfter(
    requirement.id,
    requirements.map(({ id }) => id),
  );
  const before = `${requirement.id}.`;
  const criteria = requirement.criteria.flatMap(({ idRange }) => {
    const written = document.text.slice(idRange.start, idRange.end);
    return written.startsWith(before)
      ? [{ range: idRange, newText: `${free}.${written.slice(before.length)}` }]
      : [];
  });
  return [rewrite(`Number it ${free}`, false, [{ range: requirement.idRange, newText: free }, ...criteria])];
};

export const nextCriterion: Mend = ({ range }, document) => {
  const found = requirementsIn(document)
    .flatMap(({ criteria }) => criteria.map((criterion) => ({ criterion, criteria })))
    .find(({ criterion }) => range.start <= criterion.range.start && criterion.range.start <= range.end);
  if (found === undefined) return [];
  const { criterion, criteria } = found;
  const { kind } = document;
  const written = kind === 'requirements' || kind === 'bugfix' ? writtenId(document, criterion) : '';
  if (!/\d$/.test(written)) return [];
  const free = freeAfter(
    criterion.id,
    criteria.map(({ id }) => id),
  );
  const newText = written.replace(/\d+$/, /\d+$/.exec(free)?.[0] ?? '');
  return [rewrite(`Number it ${newText}`, false, [{ range: criterion.idRange, newText }])];
};

export const nextProperty: Mend = ({ range }, document) => {
  if (document.kind !== 'design') return [];
  const property = document.properties.findLast((each) => each.range.start === range.start);
  if (property === undefined) return [];
  const free = freeAfter(
    property.id,
    document.properties.map(({ id }) => id),
  );
  return [rewrite(`Number it ${free}`, false, [{ range: property.idRange, newText: free }])];
};

export const nextTask: Mend = ({ range }, document) => {
  if (document.kind !== 'tasks') return [];
  const tasks = flattenTasks(document.tasks);
  const task = tasks.find(({ headRange }) => headRange.start === range.start);
  if (task?.id === undefined) return [];
  const free = freeAfter(
    task.id,
    tasks.flatMap(({ id }) => (id === undefined ? [] : [id])),
  );
  return [rewrite(`Number it ${free}`, false, renumberTasks(document, new Map([[task, free]])).edits)];
};

/** The number after the last one of its kind: `2.4` of `2.1` and `2.3`. */
function freeAfter(id: string, all: readonly string[]): string {
  const family = id.replace(/\d+$/, '');
  const numbers = all.flatMap((each) =>
    each.startsWith(family) && /^\d+$/.test(each.slice(family.length))
      ? [Number(each.slice(family.length))]
      : [],
  );
  return nextId(`${family}${Math.max(0, ...numbers)}`);
}

function requirementsIn(document: SpecDocument): RequirementsDocument['requirements'] {
  return document.kind === 'requirements' || document.kind === 'bugfix' ? document.requirements : [];
}
