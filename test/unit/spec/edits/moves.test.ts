// Feature: spec-engine, Property 12: References follow
// Verifies: spec-engine#6.5
/** Any move, in specs written in any of the ways that people write them. */
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { renumber } from '../../../../src/core/spec/edits/renumber';
import { moveCriterion } from '../../../../src/core/spec/edits/reorderCriteria';
import { moveRequirement } from '../../../../src/core/spec/edits/reorderRequirements';
import { moveTask } from '../../../../src/core/spec/edits/reorderTasks';
import { readTexts, type SpecTexts } from '../../../../src/core/spec/readTexts';
import { edited, meaning } from '../../../support/editSpec';
import { runs } from '../../../support/soak';

interface Shape {
  /** How many criteria each requirement has, and sub-tasks each task. */
  readonly criteria: readonly number[];
  readonly subTasks: readonly number[];
  readonly heading: 'Requirement ' | 'US-' | '';
  readonly marker: 'number' | 'label' | 'bold' | 'same';
  readonly eol: '\n' | '\r\n';
  readonly mark: '' | '\uFEFF';
  readonly loose: boolean;
  readonly indented: boolean;
  /** Which criteria and tasks are named; taken modulo how many there are, and one that is not there. */
  readonly names: readonly number[];
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  criteria: fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 1, maxLength: 4 }),
  subTasks: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 11 }),
  heading: fc.constantFrom('Requirement ', 'US-', ''),
  marker: fc.constantFrom('number', 'label', 'bold', 'same'),
  eol: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\uFEFF'),
  loose: fc.boolean(),
  indented: fc.boolean(),
  names: fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }),
});

const WORDS = 'abcdefghijklmnopqrstuvwxyz';

function write(shape: Shape): SpecTexts {
  const { criteria, subTasks, heading, marker, eol, mark, loose, indented, names } = shape;
  const prefix = heading === 'US-' ? heading : '';
  const ids = criteria.flatMap((count, requirement) =>
    Array.from({ length: count }, (_, index) => `${prefix}${requirement + 1}.${index + 1}`),
  );
  const tasks = subTasks.flatMap((count, task) => [
    `${task + 1}`,
    ...Array.from({ length: count }, (_, index) => `${task + 1}.${index + 1}`),
  ]);
  const some = (all: readonly string[], from: number) =>
    names.slice(from, from + 3).map((name) => [...all, 'none'][name % (all.length + 1)] ?? '');
  const known = (list: readonly string[]) => list.filter((id) => id !== 'none');
  const gap = loose ? eol + eol : eol;
  const markers: Readonly<Record<Shape['marker'], (requirement: number, index: number) => string>> = {
    number: (_, index) => `${index + 1}.`,
    same: () => '1.',
    label: (requirement, index) => `- AC-${requirement + 1}.${index + 1}:`,
    bold: (requirement, index) => `- **${requirement + 1}.${index + 1}**`,
  };
  const labelled = heading === 'US-' ? markers.number : markers[marker];
  let word = 0;
  const requirements = criteria.map((count, requirement) =>
    [
      `### ${heading}${requirement + 1}${heading === '' ? '.' : ':'} Title ${WORDS[requirement]}`,
      '#### Acceptance Criteria',
      Array.from({ length: count }, (_, index) => {
        const words = `THE S SHALL ${WORDS[word % 26]}${word++}z`;
        const more = index % 3 === 1 ? `${eol}   - and more` : '';
        const named = index === 0 && heading !== 'US-' ? known(some(ids, word % 5)) : [];
        return `${labelled(requirement, index)} ${words}${named.map((id) => `, see Requirement ${id}`).join('')}${more}`;
      }).join(gap),
    ].join(eol),
  );
  const items = subTasks.map((count, task) =>
    [
      `- [ ] ${task + 1}. Task ${WORDS[task]}`,
      `  - _Requirements: ${some(ids, task % 5).join(', ')}_`,
      `  - _Depends: ${some(tasks, task % 3).join(', ')}_`,
      ...Array.from(
        { length: count },
        (_, index) =>
          `${indented ? '  ' : ''}- [x] ${task + 1}.${index + 1} Sub ${WORDS[task]}${WORDS[index]}`,
      ),
    ].join(eol),
  );
  return {
    requirements: `${mark}## Requirements${eol}${eol}${requirements.join(eol + eol)}${eol}${eol}## End${eol}`,
    tasks: mark + items.join(gap),
    design: `### Property 1: P${eol}**Validates: Requirements ${prefix}1.1, ${known(some(ids, 2)).join(', ')}**${eol}${eol}Task ${known(some(tasks, 1))[0] ?? 1}.`,
  };
}

const spec = shapes.map((shape) => ({ shape, texts: write(shape) }));
const places = fc.tuple(fc.nat(40), fc.nat(40));

describe('Any move', () => {
  it('of a criterion keeps what everything names, and is undone by the move back', () => {
    fc.assert(
      fc.property(spec, places, places, ({ shape, texts }, from, to) => {
        const all = readTexts(texts).requirements?.requirements ?? [];
        const source = all[from[0] % all.length];
        const target = all[to[0] % all.length];
        assert.ok(source && target);
        const index = from[1] % source.criteria.length;
        const others = target === source ? target.criteria.length - 1 : target.criteria.length;
        const position = to[1] % (others + 1);
        const there = edited(texts, (documents) =>
          moveCriterion(documents, source.criteria[index]?.id ?? '', target.id, position),
        );
        assert.deepEqual(meaning(there), meaning(texts));
        const moved = readTexts(there).requirements?.requirements[to[0] % all.length]?.criteria[position];
        if (source.criteria.length > 1)
          assert.equal(moved?.text.split(',')[0], source.criteria[index]?.text.split(',')[0]);
        // A list of one does not show that it counts by itself.
        if (source.criteria.length < (shape.marker === 'same' ? 3 : 2)) return;
        assert.deepEqual(
          edited(there, (documents) => moveCriterion(documents, moved?.id ?? '', source.id, index)),
          texts,
        );
      }),
      runs(300),
    );
  });

  it('of a requirement keeps what everything names, and is undone by the move back', () => {
    fc.assert(
      fc.property(spec, places, ({ texts }, [from, to]) => {
        const all = readTexts(texts).requirements?.requirements ?? [];
        const [index, position] = [from % all.length, to % all.length];
        const there = edited(texts, (documents) =>
          moveRequirement(documents, all[index]?.id ?? '', position),
        );
        assert.deepEqual(meaning(there), meaning(texts));
        const moved = readTexts(there).requirements?.requirements[position];
        assert.equal(moved?.title, all[index]?.title);
        assert.deepEqual(
          edited(there, (documents) => moveRequirement(documents, moved?.id ?? '', index)),
          texts,
        );
      }),
      runs(300),
    );
  });

  it('of a task keeps what everything names, and is undone by the move back', () => {
    fc.assert(
      fc.property(spec, places, places, ({ texts }, from, to) => {
        const all = readTexts(texts).tasks?.tasks ?? [];
        const parent = all[from[0] % all.length];
        assert.ok(parent);
        const inside = from[1] % 2 === 0 && parent.children.length > 0;
        const siblings = inside ? parent.children : all;
        const index = from[1] % siblings.length;
        const position = to[1] % siblings.length;
        const parentKey = inside ? parent.key : undefined;
        const there = edited(texts, (documents) =>
          moveTask(documents, siblings[index]?.key ?? '', parentKey, position),
        );
        assert.deepEqual(meaning(there), meaning(texts));
        const after = readTexts(there).tasks?.tasks ?? [];
        const moved = (inside ? after[from[0] % all.length]?.children : after)?.[position];
        assert.equal(moved?.title, siblings[index]?.title);
        assert.deepEqual(
          edited(there, (documents) => moveTask(documents, moved?.key ?? '', parentKey, index)),
          texts,
        );
      }),
      runs(300),
    );
  });

  it('leaves nothing to renumber', () => {
    fc.assert(
      fc.property(spec, places, ({ texts }, [from, to]) => {
        const { requirements, tasks } = readTexts(texts);
        const requirement = requirements?.requirements[from % requirements.requirements.length];
        const task = tasks?.tasks[from % tasks.tasks.length];
        const once = edited(texts, (documents) => moveRequirement(documents, requirement?.id ?? '', to));
        const twice = edited(once, (documents) => moveTask(documents, task?.key ?? '', undefined, to));
        assert.deepEqual(renumber(readTexts(twice)), []);
      }),
      runs(100),
    );
  });
});
