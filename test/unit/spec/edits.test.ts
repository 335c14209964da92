// Feature: spec-engine, Property 12: References follow
// Verifies: spec-engine#6.5
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { renumber } from '../../../src/core/spec/edits/renumber';
import {
  insertCriterion,
  moveCriterion,
  removeCriterion,
} from '../../../src/core/spec/edits/reorderCriteria';
import { splitCriterion } from '../../../src/core/spec/edits/splitCriterion';
import type { DocumentEdit, SpecDocuments } from '../../../src/core/spec/model';
import { readTexts, type SpecTexts } from '../../../src/core/spec/readTexts';
import { flattenTasks } from '../../../src/core/spec/taskTree';
import { applyEdits } from '../../../src/core/util/textRange';
import { runs } from '../../support/soak';

function edited(texts: SpecTexts, edit: (documents: SpecDocuments) => readonly DocumentEdit[]): SpecTexts {
  const edits = edit(readTexts(texts));
  return Object.fromEntries(
    Object.entries(texts).map(([kind, text]) => [
      kind,
      applyEdits(
        text,
        edits.filter(({ document }) => document === kind),
      ),
    ]),
  );
}

/** What each task names, by the texts of the criteria: that is what must not change. */
function meaning(texts: SpecTexts): readonly string[] {
  const { requirements, design, tasks } = readTexts(texts);
  const words = new Map(
    (requirements?.requirements ?? []).flatMap(({ criteria }) =>
      criteria.map(({ id, text }) => [id, text.replace(/Requirement \d\.\d/, 'another')] as const),
    ),
  );
  const named = (ids: readonly string[]) =>
    [...new Set(ids.map((id) => words.get(id) ?? `? ${id}`))].sort().join(' | ');
  return [
    ...flattenTasks(tasks?.tasks ?? []).map(({ title, requirements: ids }) => `${title}: ${named(ids)}`),
    ...(design?.properties ?? []).map(({ title, validates }) => `${title}: ${named(validates)}`),
  ];
}

const TEXTS: SpecTexts = {
  requirements:
    '### Requirement 1\r\n#### Acceptance Criteria\r\n1. THE A SHALL a\r\n2. THE B SHALL b\r\n   on two lines\r\n3. THE C SHALL c\r\n### Requirement 2\r\n#### Acceptance Criteria\r\n1. THE D SHALL d (see Requirement 1.3)',
  design: '### Property 1: P\n**Validates: Requirements 1.1-1.3, 2.1**',
  tasks: '- [ ] 1. T\n  - _Requirements: 1.1, 1.3_\n- [ ] 2. U\n  - _Requirements: 1.2_',
};

describe('Editing criteria', () => {
  it('inserts one, and everything that moved is named as before', () => {
    const after = edited(TEXTS, (documents) => insertCriterion(documents, '1', 1, 'THE N SHALL n'));
    assert.equal(
      after.requirements,
      TEXTS.requirements
        ?.replace('2. THE B', '2. THE N SHALL n\r\n3. THE B')
        .replace('3. THE C', '4. THE C')
        .replace('Requirement 1.3', 'Requirement 1.4'),
    );
    assert.equal(
      after.tasks,
      '- [ ] 1. T\n  - _Requirements: 1.1, 1.4_\n- [ ] 2. U\n  - _Requirements: 1.3_',
    );
    assert.equal(after.design, '### Property 1: P\n**Validates: Requirements 1.1, 1.3, 1.4, 2.1**');
    assert.deepEqual(meaning(after), meaning(TEXTS));
  });

  it('moves one there and back without a trace', () => {
    const there = edited(TEXTS, (documents) => moveCriterion(documents, '1.3', '1', 0));
    assert.deepEqual(meaning(there), meaning(TEXTS));
    assert.match(
      there.requirements ?? '',
      /1\. THE C SHALL c\r\n2\. THE A SHALL a\r\n3\. THE B SHALL b\r\n {3}on two lines\r\n###/,
    );
    const back = edited(there, (documents) => moveCriterion(documents, '1.1', '1', 2));
    assert.equal(back.requirements, TEXTS.requirements);
    assert.equal(back.tasks, TEXTS.tasks);
  });

  it('removes one; what named it alone is left for a person', () => {
    const after = edited(TEXTS, (documents) => removeCriterion(documents, '1.1'));
    assert.match(
      after.requirements ?? '',
      /1\. THE B SHALL b\r\n {3}on two lines\r\n2\. THE C SHALL c\r\n###/,
    );
    assert.match(
      after.tasks ?? '',
      /_Requirements: , ?1\.2_|_Requirements: 1\.2_|_Requirements: 1\.1, 1\.2_/,
    );
  });

  it('splits one into several, and what named it names them all', () => {
    const after = edited(TEXTS, (documents) =>
      splitCriterion(documents, '1.1', ['THE A SHALL x', 'THE A SHALL y']),
    );
    assert.match(after.requirements ?? '', /1\. THE A SHALL x\r\n2\. THE A SHALL y\r\n3\. THE B/);
    assert.match(after.tasks ?? '', /_Requirements: 1\.1, 1\.2, 1\.4_[\s\S]*_Requirements: 1\.3_/);
    assert.match(after.design ?? '', /Requirements 1\.1-1\.4, 2\.1/);
  });

  it('leaves lists alone that count by themselves', () => {
    const texts = {
      requirements: '### Requirement 1\n#### Acceptance Criteria\n1. THE A SHALL a\n1. THE B SHALL b',
      tasks: '- [ ] 1. T\n  - _Requirements: 1.2_',
    };
    const after = edited(texts, (documents) => insertCriterion(documents, '1', 0, 'THE N SHALL n'));
    assert.match(after.requirements ?? '', /1\. THE N SHALL n\n1\. THE A SHALL a\n1\. THE B SHALL b$/);
    assert.match(after.tasks ?? '', /1\.3/);
  });

  it('keeps what every task and property means, for any list and any move', () => {
    const spec = fc.record({
      count: fc.integer({ min: 2, max: 7 }),
      named: fc.array(fc.nat(6), { maxLength: 5 }),
      from: fc.nat(6),
      to: fc.nat(6),
      crlf: fc.boolean(),
      dash: fc.boolean(),
    });
    fc.assert(
      fc.property(spec, ({ count, named, from, to, crlf, dash }) => {
        const eol = crlf ? '\r\n' : '\n';
        const marker = (index: number) => (dash ? `- AC-1.${index + 1}:` : `${index + 1}.`);
        const items = Array.from(
          { length: count },
          (_, index) => `${marker(index)} THE S SHALL ${'abcdefg'[index]}`,
        );
        const ids = [...new Set(named.map((each) => `1.${(each % count) + 1}`))];
        const texts: SpecTexts = {
          requirements: ['### Requirement 1', '#### Acceptance Criteria', ...items, '', 'End.'].join(eol),
          tasks: `- [ ] 1. T${eol}  - _Requirements: ${ids.join(', ')}_`,
          design: `### Property 1: P${eol}**Validates: Requirements 1.1-1.${count}**`,
        };
        const moved = edited(texts, (documents) =>
          moveCriterion(documents, `1.${(from % count) + 1}`, '1', to % count),
        );
        assert.deepEqual(meaning(moved), meaning(texts));
        const back = edited(moved, (documents) =>
          moveCriterion(documents, `1.${(to % count) + 1}`, '1', from % count),
        );
        assert.equal(back.requirements, texts.requirements);
        const inserted = edited(texts, (documents) =>
          insertCriterion(documents, '1', to % (count + 1), 'THE S SHALL new'),
        );
        // A range that was all of it may now hold the new one, or be a list without it.
        assert.deepEqual(meaning(inserted)[0], meaning(texts)[0]);
        assert.equal(
          readTexts(inserted).requirements?.requirements[0]?.criteria[to % (count + 1)]?.text,
          'THE S SHALL new',
        );
      }),
      runs(200),
    );
  });
});

describe('Renumbering', () => {
  const GAPS: SpecTexts = {
    requirements:
      '### Requirement 2\n#### Acceptance Criteria\n1. THE A SHALL a\n4. THE B SHALL b\n### Requirement 5\n#### Acceptance Criteria\n1. THE C SHALL c',
    design: '### Property 3: P\n**Validates: Requirements 2.2, 5.1**',
    tasks:
      '- [ ] 2. T\n  - [ ] 2.4 S\n    - _Requirements: 2.1-2.2_\n- [ ] 7. U\n  - _Depends: 2.4_\n  - _Requirements: 5_',
  };

  it('closes gaps everywhere, and every reference follows', () => {
    const after = edited(GAPS, renumber);
    assert.equal(
      after.requirements,
      '### Requirement 1\n#### Acceptance Criteria\n1. THE A SHALL a\n2. THE B SHALL b\n### Requirement 2\n#### Acceptance Criteria\n1. THE C SHALL c',
    );
    assert.equal(after.design, '### Property 1: P\n**Validates: Requirements 1.2, 2.1**');
    assert.equal(
      after.tasks,
      '- [ ] 1. T\n  - [ ] 1.1 S\n    - _Requirements: 1.1-1.2_\n- [ ] 2. U\n  - _Depends: 1.1_\n  - _Requirements: 2_',
    );
    assert.deepEqual(meaning(after)[1], meaning(GAPS)[1]);
  });

  it('does nothing a second time, nor where a number is used twice', () => {
    const after = edited(GAPS, renumber);
    assert.deepEqual(renumber(readTexts(after)), []);
    assert.deepEqual(renumber(readTexts({ tasks: '- [ ] 1. A\n- [ ] 1. B\n- [ ] 5. C' })), []);
  });
});
