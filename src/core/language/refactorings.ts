/** What can be done with the structure of a spec at a place: each edit takes all references along. */
import { linesAround } from '../spec/edits/lines';
import { renumber } from '../spec/edits/renumber';
import { insertCriterion, moveCriterion, removeCriterion } from '../spec/edits/reorderCriteria';
import { countedWith, insertRequirement, moveRequirement } from '../spec/edits/reorderRequirements';
import { insertTask, moveTask, siblingsOf } from '../spec/edits/reorderTasks';
import type {
  DocumentEdit,
  DocumentKind,
  Requirement,
  SpecDocument,
  SpecDocuments,
  Task,
} from '../spec/model';
import { parseDocument } from '../spec/parseDocument';
import { findTask } from '../spec/tasks/taskTree';
import { lazy } from '../util/lazy';
import { applyEdits, type TextRange } from '../util/textRange';
import { type CriterionHead, type Head, headAt, type RequirementHead, type TaskHead } from './heads';

export type RefactoringId = 'moveUp' | 'moveDown' | 'insertBelow' | 'insertInside' | 'remove' | 'renumber';

export interface Refactoring {
  readonly id: RefactoringId;
  /** As a menu says it: `Move Task 2.1 Down`. */
  readonly title: string;
  edits(): readonly DocumentEdit[];
  /** The document's text afterwards, and what is then selected in it; undefined where the cursor stays. */
  outcome(): { readonly text: string; readonly selection: TextRange } | undefined;
}

/** What may come to nothing, and what is selected in the document as it is read then. */
interface Candidate {
  readonly id: RefactoringId;
  readonly title: string;
  readonly edits: (documents: SpecDocuments) => readonly DocumentEdit[];
  readonly selects?: (after: SpecDocument) => TextRange | undefined;
}

const RENUMBER: Candidate = { id: 'renumber', title: 'Renumber This Spec', edits: renumber };
const NEW_REQUIREMENT = 'New requirement';
const NEW_TASK = 'New task';

/** What is on offer where something is selected, or the cursor stands; nothing that would change nothing. */
export function refactoringsAt(
  documents: SpecDocuments,
  kind: DocumentKind,
  selection: TextRange,
): readonly Refactoring[] {
  const all = [documents.requirements, documents.design, documents.tasks];
  const document = all.find((each) => each?.kind === kind);
  if (document === undefined) return [];
  const head = headAt(document, selection);
  return [...(head === undefined ? [] : candidatesOf(head, selection)), RENUMBER]
    .map((candidate) => offer(documents, document, candidate))
    .filter(({ edits }) => edits().length > 0);
}

function offer(
  documents: SpecDocuments,
  { kind, text }: SpecDocument,
  { id, title, edits, selects }: Candidate,
): Refactoring {
  const computed = lazy(() => edits(documents));
  return {
    id,
    title,
    edits: computed,
    outcome() {
      const own = computed().filter(({ document = kind }) => document === kind);
      const after = parseDocument(kind, applyEdits(text, own));
      const selection = selects?.(after);
      return selection && { text: after.text, selection };
    },
  };
}

function candidatesOf(head: Head, selection: TextRange): readonly Candidate[] {
  switch (head.kind) {
    case 'requirement':
      return ofRequirement(head, selection);
    case 'criterion':
      return ofCriterion(head, selection);
    case 'task':
      return ofTask(head, selection);
  }
}

function ofCriterion(
  { document, requirement, criterion }: CriterionHead,
  selection: TextRange,
): readonly Candidate[] {
  const { requirements } = document;
  const list = requirements.indexOf(requirement);
  const index = requirement.criteria.indexOf(criterion);
  const at = (after: SpecDocument, [to, position]: readonly [number, number]) =>
    requirementsIn(after)[to]?.criteria[position]?.range;
  const move = (id: 'moveUp' | 'moveDown', to: readonly [list: number, position: number]): Candidate => ({
    id,
    title: `Move Criterion ${criterion.id} ${id === 'moveUp' ? 'Up' : 'Down'}`,
    edits: (documents) => moveCriterion(documents, criterion.id, requirements[to[0]]?.id ?? '', to[1]),
    selects: (after) => moved(selection, criterion.range, at(after, to)),
  });
  // At the ends of its list it goes on into the next one.
  const above = requirements[list - 1]?.criteria.length ?? 0;
  const isLast = index === requirement.criteria.length - 1;
  const system = criterion.clauses.find(({ role }) => role === 'system')?.text ?? 'System';
  return [
    move('moveUp', index === 0 ? [list - 1, above] : [list, index - 1]),
    move('moveDown', isLast ? [list + 1, 0] : [list, index + 1]),
    {
      id: 'insertBelow',
      title: 'Insert Criterion Below',
      edits: (documents) => insertCriterion(documents, requirement.id, index + 1, `THE ${system} SHALL `),
      selects: (after) => lineEnd(after, at(after, [list, index + 1])),
    },
    {
      id: 'remove',
      title: `Remove Criterion ${criterion.id}`,
      edits: (documents) => removeCriterion(documents, criterion.id),
    },
  ];
}

function ofRequirement(
  { document, requirement }: RequirementHead,
  selection: TextRange,
): readonly Candidate[] {
  const { id, headingRange } = requirement;
  const index = countedWith(document, requirement).indexOf(requirement);
  const at = (after: SpecDocument, position: number) =>
    countedWith({ requirements: requirementsIn(after) }, requirement)[position]?.headingRange;
  const move = (direction: 'moveUp' | 'moveDown', position: number): Candidate => ({
    id: direction,
    title: `Move Requirement ${id} ${direction === 'moveUp' ? 'Up' : 'Down'}`,
    edits: (documents) => (position < 0 ? [] : moveRequirement(documents, id, position)),
    selects: (after) => moved(selection, headingRange, at(after, position)),
  });
  return [
    move('moveUp', index - 1),
    move('moveDown', index + 1),
    {
      id: 'insertBelow',
      title: 'Insert Requirement Below',
      edits: (documents) =>
        insertRequirement(documents, index + 1, { title: NEW_REQUIREMENT, criteria: ['THE System SHALL '] }),
      selects: (after) => wordsIn(after, at(after, index + 1), NEW_REQUIREMENT),
    },
  ];
}

function ofTask({ document, task }: TaskHead, selection: TextRange): readonly Candidate[] {
  const { key, id, headRange, children } = task;
  const { parent, siblings } = siblingsOf(document, task);
  const index = siblings.indexOf(task);
  const at = (after: SpecDocument, of: Task | undefined, position: number) =>
    tasksIn(after, of)[position]?.headRange;
  const move = (direction: 'moveUp' | 'moveDown', position: number): Candidate => ({
    id: direction,
    title: `Move Task ${id ?? ''} ${direction === 'moveUp' ? 'Up' : 'Down'}`.replace('  ', ' '),
    edits: (documents) => (position < 0 ? [] : moveTask(documents, key, parent?.key, position)),
    selects: (after) => moved(selection, headRange, at(after, parent, position)),
  });
  return [
    move('moveUp', index - 1),
    move('moveDown', index + 1),
    {
      id: 'insertBelow',
      title: 'Insert Task Below',
      edits: (documents) => insertTask(documents, parent?.key, index + 1, NEW_TASK),
      selects: (after) => wordsIn(after, at(after, parent, index + 1), NEW_TASK),
    },
    {
      id: 'insertInside',
      title: 'Insert Sub-Task',
      edits: (documents) => insertTask(documents, key, children.length, NEW_TASK),
      selects: (after) => wordsIn(after, at(after, task, children.length), NEW_TASK),
    },
  ];
}

function requirementsIn(document: SpecDocument): readonly Requirement[] {
  return document.kind === 'requirements' || document.kind === 'bugfix' ? document.requirements : [];
}

/** The sub-tasks of a task in another reading of its document, in which it has kept its place. */
function tasksIn(document: SpecDocument, parent: Task | undefined): readonly Task[] {
  if (document.kind !== 'tasks') return [];
  return parent === undefined ? document.tasks : (findTask(document, parent.key)?.children ?? []);
}

/** A selection in a head that stands elsewhere now. */
function moved({ start, end }: TextRange, from: TextRange, to: TextRange | undefined): TextRange | undefined {
  return to && { start: start - from.start + to.start, end: end - from.start + to.start };
}

function lineEnd({ text }: SpecDocument, range: TextRange | undefined): TextRange | undefined {
  if (range === undefined) return undefined;
  const { end } = linesAround(text, range);
  return { start: end, end };
}

function wordsIn({ text }: SpecDocument, range: TextRange | undefined, words: string): TextRange | undefined {
  const start = range === undefined ? -1 : text.indexOf(words, range.start);
  return start === -1 ? undefined : { start, end: start + words.length };
}
