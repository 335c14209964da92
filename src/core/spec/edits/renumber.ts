/** Numbers requirements, criteria, properties and tasks without gaps, in the order in which they stand. */
import type { DocumentEdit, Requirement, RequirementsDocument, SpecDocuments, Task } from '../model';
import type { Namespace } from '../references/proseReferences';
import { countsItself, writtenId } from './criterionList';
import { lineStart } from './lines';
import { listStarts, numbersOfLists } from './listNumbers';
import { adoptsOrphans, isAmbiguous, type MovedIds } from './moved';
import { rewriteReferences } from './rewriteReferences';

/** New numbers of one kind of things, and the edits that write them where the things are defined. */
interface Numbering {
  readonly moved: Map<string, readonly string[]>;
  readonly edits: DocumentEdit[];
}

/**
 * No edit where everything is in order. A kind of things is left as it is where a number is used twice, or where
 * what names nothing would come to name one of them.
 */
export function renumber(documents: SpecDocuments): readonly DocumentEdit[] {
  const all: Readonly<Record<Namespace, Numbering>> = {
    criterion: numberRequirements(documents),
    property: numberProperties(documents),
    task: numberTasks(documents),
  };
  const sound = Object.entries(all).filter(([names, { moved }]) => {
    const alone: MovedIds = { [names]: moved };
    return !isAmbiguous(documents, alone) && !adoptsOrphans(documents, alone);
  });
  const moved: MovedIds = Object.fromEntries(sound.map(([names, numbering]) => [names, numbering.moved]));
  return [...sound.flatMap(([, { edits }]) => edits), ...rewriteReferences(documents, moved)];
}

function numberRequirements({ requirements: document }: SpecDocuments): Numbering {
  const numbering: Numbering = { moved: new Map(), edits: [] };
  // A bug fix's sections are 1, 2 and 3 by what they tell, and their clauses go in pairs.
  if (document === undefined || document.kind === 'bugfix') return numbering;
  const next = counter();
  for (const requirement of document.requirements) {
    const family = /^(?:[A-Z]+(?:-[A-Z]+)*-?)?(?=\d+$)/.exec(requirement.id)?.[0];
    const id = family === undefined ? requirement.id : next(family);
    call(numbering, requirement.id, id, { document: document.kind, range: requirement.idRange });
    const counts = countsItself(document, requirement);
    const numbers = mayCountOn(document, requirement)
      ? []
      : numbersOfLists(document, requirement, requirement.criteria);
    requirement.criteria.forEach((criterion, index) => {
      const now = `${id}.${index + 1}`;
      const written = writtenId(document, criterion);
      const wanted = written.includes('.') ? now : (numbers[index] ?? String(index + 1));
      numbering.moved.set(criterion.id, [now]);
      if (written !== '' && written !== wanted && !counts)
        numbering.edits.push({ document: document.kind, range: criterion.idRange, newText: wanted });
    });
  }
  return numbering;
}

/** A list right below a line of text begins with 1: Markdown reads any other number there as more text. */
function mayCountOn(document: RequirementsDocument, requirement: Requirement): boolean {
  return listStarts(document, requirement).every((start) => {
    const at = lineStart(document.text, requirement.criteria[start]?.idRange.start ?? 0);
    return (
      start === 0 || /(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)$/.test(document.text.slice(Math.max(0, at - 80), at))
    );
  });
}

function numberProperties({ design }: SpecDocuments): Numbering {
  const numbering: Numbering = { moved: new Map(), edits: [] };
  const next = counter();
  for (const { id, idRange } of design?.properties ?? [])
    if (/^\d+$/.test(id)) call(numbering, id, next(''), { document: 'design', range: idRange });
  return numbering;
}

/** A sub-task's number begins with its parent's, be that a task or, in hand-made documents, a heading. */
function numberTasks({ tasks: document }: SpecDocuments): Numbering {
  const numbering: Numbering = { moved: new Map(), edits: [] };
  const next = counter();
  const visit = (tasks: readonly Task[], parent: string | undefined): void => {
    for (const { id, idRange, children } of tasks) {
      const own = id?.slice(0, Math.max(0, id.lastIndexOf('.'))) ?? '';
      const above = parent ?? numbering.moved.get(own)?.[0] ?? own;
      const now = id === undefined ? undefined : next(above === '' ? '' : `${above}.`);
      if (id !== undefined && idRange !== undefined && now !== undefined)
        call(numbering, id, now, { document: 'tasks', range: idRange });
      visit(children, now);
    }
  };
  visit(document?.tasks ?? [], undefined);
  return numbering;
}

/** Counts for each beginning of an id: `US-`, `2.`. */
function counter(): (beginning: string) => string {
  const counts = new Map<string, number>();
  return (beginning) => {
    const count = (counts.get(beginning) ?? 0) + 1;
    counts.set(beginning, count);
    return beginning + String(count);
  };
}

function call(
  { moved, edits }: Numbering,
  id: string,
  now: string,
  place: Pick<DocumentEdit, 'document' | 'range'>,
): void {
  moved.set(id, [now]);
  if (id !== now) edits.push({ ...place, newText: now });
}
