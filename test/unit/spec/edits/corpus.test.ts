// Feature: spec-engine, Property 12: References follow
// Verifies: spec-engine#6.5
/** Moves in real specs: there and back, and nothing that they name is lost. */
import { strict as assert } from 'node:assert';
import { dirname } from 'node:path';
import { renumber } from '../../../../src/core/spec/edits/renumber';
import { moveCriterion } from '../../../../src/core/spec/edits/reorderCriteria';
import { moveRequirement } from '../../../../src/core/spec/edits/reorderRequirements';
import { moveTask } from '../../../../src/core/spec/edits/reorderTasks';
import type { DocumentEdit, Requirement, SpecDocuments, Task } from '../../../../src/core/spec/model';
import { readTexts, type SpecTexts } from '../../../../src/core/spec/readTexts';
import type { TextRange } from '../../../../src/core/util/textRange';
import { corpusFiles, corpusRoot } from '../../../support/corpus';
import { edited, meaning } from '../../../support/editSpec';

type Edit = (documents: SpecDocuments) => readonly DocumentEdit[];

interface Spec {
  readonly name: string;
  readonly texts: SpecTexts;
  readonly told: readonly string[];
}

/** Of all lists of criteria one in so many: each move reads whole documents several times. */
const SAMPLE = process.env.EARSHOT_SOAK === '1' ? 1 : 5;

function readSpecs(): readonly Spec[] {
  const found = new Map<string, SpecTexts>();
  for (const kind of ['requirements', 'bugfix', 'design', 'tasks'] as const)
    for (const { name, text } of corpusFiles(`${kind}.md`))
      found.set(dirname(name), { ...found.get(dirname(name)), [kind]: text });
  return [...found].map(([name, texts]) => ({ name, texts, told: meaning(texts) }));
}

/** Moves there and back; false where nothing is moved, since a number is used twice or something else is in between. */
function thereAndBack({ name, texts, told }: Spec, what: string, there: Edit, back: Edit): boolean {
  const moved = edited(texts, there);
  if (Object.entries(moved).every(([kind, text]) => texts[kind as keyof SpecTexts] === text)) return false;
  assert.deepEqual(meaning(moved), told, `${name} ${what}`);
  const again = edited(moved, back);
  if (Object.entries(again).every(([kind, text]) => texts[kind as keyof SpecTexts] === text)) return true;
  assert.deepEqual(withoutRanges(again), withoutRanges(texts), `${name} ${what}`);
  assert.deepEqual(meaning(again), told, `${name} ${what}`);
  return true;
}

/** A range of two that was torn comes back as a list of two. */
function withoutRanges(texts: SpecTexts): SpecTexts {
  const numbers = /\d+(?:\.\d+)*(?:[-–]|, )\d+(?:\.\d+)*/g;
  return Object.fromEntries(Object.entries(texts).map(([kind, text]) => [kind, text.replace(numbers, '#')]));
}

/** Is there nothing but blank lines between things? Where there is more, it cannot know on which side it was. */
function areClose(text: string, things: readonly { readonly range: TextRange }[]): boolean {
  return things.every(({ range }, index) => {
    const next = things[index + 1];
    return next === undefined || text.slice(range.end, next.range.start).trim() === '';
  });
}

describe('Editing the corpus of real specs', () => {
  let specs: readonly Spec[] = [];
  before(function () {
    specs = readSpecs();
    if (corpusRoot() !== undefined) return;
    console.log('    no corpus here (EARSHOT_CORPUS), so these tests are skipped');
    this.skip();
  });

  it('moves the first criterion of each requirement to the end and back', () => {
    let moved = 0;
    let all = 0;
    for (const spec of specs)
      for (const { id, criteria } of requirementsOf(spec).filter(inSample)) {
        const [first] = criteria;
        const last = criteria.length - 1;
        if (first === undefined || last < 1) continue;
        all++;
        const back: Edit = (documents) =>
          moveCriterion(documents, named(documents, id)?.criteria[last]?.id ?? '', id, 0);
        const there: Edit = (documents) => moveCriterion(documents, first.id, id, last);
        if (thereAndBack(spec, first.id, there, back)) moved++;
      }
    assert.ok(moved > 60 && moved >= all * 0.98, `${moved} of ${all}`);
  });

  it('moves the last criterion of each requirement into the next one and back', () => {
    let moved = 0;
    for (const spec of specs) {
      const requirements = requirementsOf(spec);
      requirements.forEach(({ id, criteria }, index) => {
        const next = requirements[index + 1];
        const last = criteria.at(-1);
        if (last === undefined || next === undefined || criteria.length < 2 || !inSample(next, index)) return;
        const back: Edit = (documents) =>
          moveCriterion(documents, named(documents, next.id)?.criteria[0]?.id ?? '', id, criteria.length);
        if (thereAndBack(spec, last.id, (documents) => moveCriterion(documents, last.id, next.id, 0), back))
          moved++;
      });
    }
    assert.ok(moved > 40, `${moved}`);
  });

  it('moves the first requirement to the end and back', () => {
    let moved = 0;
    for (const spec of specs) {
      const text = readTexts(spec.texts).requirements?.text ?? '';
      const [first, ...others] = requirementsOf(spec).filter(({ id }) => /^\d+$/.test(id));
      const last = others.at(-1);
      if (first === undefined || last === undefined || !areClose(text, [first, ...others])) continue;
      const there: Edit = (documents) => moveRequirement(documents, first.id, others.length);
      if (thereAndBack(spec, first.id, there, (documents) => moveRequirement(documents, last.id, 0))) moved++;
    }
    assert.ok(moved > 20, `${moved}`);
  });

  it('moves the first task of each list to the end and back', () => {
    let moved = 0;
    for (const spec of specs) {
      const { tasks } = readTexts(spec.texts);
      const visit = (siblings: readonly Task[], path: readonly number[]): void => {
        const last = siblings.length - 1;
        if (last > 0 && areClose(tasks?.text ?? '', siblings)) {
          const move =
            (from: number, to: number): Edit =>
            (documents) => {
              const parent = taskAt(documents, path);
              const children = parent?.children ?? documents.tasks?.tasks ?? [];
              return moveTask(documents, children[from]?.key ?? '', parent?.key, to);
            };
          if (thereAndBack(spec, siblings[0]?.title ?? '', move(0, last), move(last, 0))) moved++;
        }
        siblings.forEach(({ children }, index) => void visit(children, [...path, index]));
      };
      visit(tasks?.tasks ?? [], []);
    }
    assert.ok(moved > 120, `${moved}`);
  });

  it('has nothing to renumber once it was renumbered', () => {
    for (const { name, texts, told } of specs) {
      const once = edited(texts, renumber);
      assert.deepEqual(renumber(readTexts(once)), [], name);
      assert.deepEqual(meaning(once), told, name);
    }
  });
});

function inSample(_: unknown, index: number): boolean {
  return index % SAMPLE === 0;
}

function requirementsOf({ texts }: Spec): readonly Requirement[] {
  return readTexts(texts).requirements?.requirements ?? [];
}

function named({ requirements }: SpecDocuments, id: string): Requirement | undefined {
  return requirements?.requirements.find((requirement) => requirement.id === id);
}

function taskAt({ tasks }: SpecDocuments, [first, ...path]: readonly number[]): Task | undefined {
  return path.reduce(
    (task, index) => task?.children[index],
    first === undefined ? undefined : tasks?.tasks[first],
  );
}
