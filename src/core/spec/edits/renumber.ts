/** Numbers requirements, criteria, properties and tasks without gaps, in the order in which they stand. */
import type { DocumentEdit, SpecDocuments, Task } from '../model';
import { countsItself } from './criterionLines';
import { rewriteReferences } from './rewriteReferences';

type Moved = Map<string, readonly string[]>;

/** No edit where everything is in order, or where a number is used twice: then nobody knows what a reference means. */
export function renumber(documents: SpecDocuments): readonly DocumentEdit[] {
  const edits: DocumentEdit[] = [];
  const criteria: Moved = new Map();
  const properties: Moved = new Map();
  const tasks: Moved = new Map();
  numberRequirements(documents, criteria, edits);
  (documents.design?.properties ?? []).forEach(({ id, idRange }, index) => {
    move(properties, id, String(index + 1));
    if (id !== String(index + 1))
      edits.push({ document: 'design', range: idRange, newText: String(index + 1) });
  });
  numberTasks(documents.tasks?.tasks ?? [], '', tasks, edits);
  if ([criteria, properties, tasks].some(hasClash)) return [];
  return [...edits, ...rewriteReferences(documents, { criteria, properties, tasks })];
}

function numberRequirements(
  { requirements: document }: SpecDocuments,
  moved: Moved,
  edits: DocumentEdit[],
): void {
  // A bug fix's sections are 1, 2 and 3 by what they tell.
  if (document === undefined || document.kind === 'bugfix') return;
  const numbered = document.requirements.filter(({ id }) => /^\d+$/.test(id));
  numbered.forEach((requirement, at) => {
    const id = String(at + 1);
    move(moved, requirement.id, id);
    if (requirement.id !== id)
      edits.push({ document: document.kind, range: requirement.idRange, newText: id });
    requirement.criteria.forEach(({ id: old, idRange }, index) => {
      const now = `${id}.${index + 1}`;
      move(moved, old, now);
      const written = document.text.slice(idRange.start, idRange.end);
      const wanted = written.includes('.') ? now : String(index + 1);
      if (written !== '' && written !== wanted && !countsItself(document, requirement))
        edits.push({ document: document.kind, range: idRange, newText: wanted });
    });
  });
}

function numberTasks(tasks: readonly Task[], prefix: string, moved: Moved, edits: DocumentEdit[]): void {
  let next = 1;
  for (const { id, idRange, children } of tasks) {
    const now = id === undefined ? undefined : prefix + String(next++);
    if (id !== undefined && idRange !== undefined && now !== undefined) {
      move(moved, id, now);
      if (id !== now) edits.push({ document: 'tasks', range: idRange, newText: now });
    }
    numberTasks(children, now === undefined ? prefix : `${now}.`, moved, edits);
  }
}

const CLASH: readonly string[] = [];

function move(moved: Moved, id: string, now: string): void {
  moved.set(id, moved.has(id) ? CLASH : [now]);
}

function hasClash(moved: Moved): boolean {
  return [...moved.values()].includes(CLASH);
}
