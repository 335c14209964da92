// Feature: spec-engine, Property 12: References follow
// Verifies: spec-engine#6.5
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import {
  insertCriterion,
  moveCriterion,
  removeCriterion,
} from '../../../../src/core/spec/edits/reorderCriteria';
import { splitCriterion } from '../../../../src/core/spec/edits/splitCriterion';
import { readTexts, type SpecTexts } from '../../../../src/core/spec/readTexts';
import { edited, meaning } from '../../../support/editSpec';
import { runs } from '../../../support/soak';

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
    assert.equal(after.design, '### Property 1: P\n**Validates: Requirements 1.1, 1.3-1.4, 2.1**');
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

  it('removes one, and its name from every list', () => {
    const after = edited(TEXTS, (documents) => removeCriterion(documents, '1.1'));
    assert.match(
      after.requirements ?? '',
      /1\. THE B SHALL b\r\n {3}on two lines\r\n2\. THE C SHALL c\r\n###/,
    );
    assert.equal(after.tasks, '- [ ] 1. T\n  - _Requirements: 1.2_\n- [ ] 2. U\n  - _Requirements: 1.1_');
    assert.equal(after.design, '### Property 1: P\n**Validates: Requirements 1.1-1.2, 2.1**');
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

  describe('behind sub-headings where a list begins anew', () => {
    const texts: SpecTexts = {
      requirements:
        '### Requirement 1\n#### Acceptance Criteria\n**One:**\n1. THE A SHALL a\n2. THE B SHALL b\n\n**Two:**\n1. THE C SHALL c\n2. THE D SHALL d',
      tasks: '- [ ] 1. T\n  - _Requirements: 1.2, 1.3_\n- [ ] 2. U\n  - _Requirements: 1.4_',
    };
    const counted =
      '**One:**\n1. THE A SHALL a\n2. THE N SHALL n\n3. THE B SHALL b\n\n**Two:**\n1. THE C SHALL c\n2. THE D SHALL d';
    const told = (after: SpecTexts) => [after.requirements?.split('Criteria\n')[1], after.tasks];

    it('counts each list by itself when one is inserted', () => {
      const after = edited(texts, (documents) => insertCriterion(documents, '1', 1, 'THE N SHALL n'));
      assert.deepEqual(told(after), [
        counted,
        '- [ ] 1. T\n  - _Requirements: 1.3, 1.4_\n- [ ] 2. U\n  - _Requirements: 1.5_',
      ]);
      assert.deepEqual(meaning(after), meaning(texts));
    });

    it('counts each list by itself when one is split', () => {
      const after = edited(texts, (documents) =>
        splitCriterion(documents, '1.1', ['THE A SHALL a', 'THE N SHALL n']),
      );
      assert.deepEqual(told(after), [
        counted,
        '- [ ] 1. T\n  - _Requirements: 1.3, 1.4_\n- [ ] 2. U\n  - _Requirements: 1.5_',
      ]);
    });

    it('moves one from one sub-heading to the other', () => {
      const after = edited(texts, (documents) => moveCriterion(documents, '1.4', '1', 0));
      assert.deepEqual(told(after), [
        '**One:**\n1. THE D SHALL d\n2. THE A SHALL a\n3. THE B SHALL b\n\n**Two:**\n1. THE C SHALL c',
        '- [ ] 1. T\n  - _Requirements: 1.3, 1.4_\n- [ ] 2. U\n  - _Requirements: 1.1_',
      ]);
      assert.deepEqual(meaning(after), meaning(texts));
    });
  });

  it('moves one into another requirement, written as those there', () => {
    const texts: SpecTexts = {
      requirements:
        '### Requirement 1\n#### Acceptance Criteria\n\n1. THE A SHALL a\n\n2. THE B SHALL b\n   - one thing\n\n### Requirement 2\n- **AC-2.1:** THE C SHALL c (as in criterion 1.2)\n- **AC-2.2:** THE D SHALL d',
      tasks: '- [ ] 1. T\n  - _Requirements: 1.1, 1.2_\n- [ ] 2. U\n  - _Requirements: 2.1-2.2_',
    };
    const after = edited(texts, (documents) => moveCriterion(documents, '1.2', '2', 1));
    assert.equal(
      after.requirements,
      '### Requirement 1\n#### Acceptance Criteria\n\n1. THE A SHALL a\n\n### Requirement 2\n- **AC-2.1:** THE C SHALL c (as in criterion 2.2)\n- **AC-2.2:** THE B SHALL b\n   - one thing\n- **AC-2.3:** THE D SHALL d',
    );
    assert.equal(
      after.tasks,
      '- [ ] 1. T\n  - _Requirements: 1.1, 2.2_\n- [ ] 2. U\n  - _Requirements: 2.1, 2.3_',
    );
    assert.deepEqual(meaning(after), meaning(texts));
  });

  it('leaves no requirement without criteria', () => {
    assert.deepEqual(moveCriterion(readTexts(TEXTS), '2.1', '1', 0), []);
    assert.deepEqual(removeCriterion(readTexts(TEXTS), '2.1'), []);
  });

  it('lets no id that leads nowhere name what moved', () => {
    const orphan: SpecTexts = { ...TEXTS, tasks: '- [ ] 1. T\n  - _Requirements: 1.3, 1.4_' };
    const task = (edit: Parameters<typeof edited>[1]) => edited(orphan, edit).tasks?.slice(30);
    assert.equal(
      task((documents) => insertCriterion(documents, '1', 0, 'THE N SHALL n')),
      '1.4, 1.5_',
    );
    assert.equal(
      task((documents) => moveCriterion(documents, '1.3', '2', 0)),
      '2.1, 1.3_',
    );
    assert.equal(
      task((documents) => splitCriterion(documents, '1.3', ['THE N SHALL n', 'THE N SHALL m'])),
      '1.3, 1.4, 1.5_',
    );
    // What is added at the end may well be what was missed.
    assert.equal(
      task((documents) => insertCriterion(documents, '1', 3, 'THE N SHALL n')),
      '1.3, 1.4_',
    );
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
        assert.deepEqual(meaning(inserted), meaning(texts));
        assert.equal(
          readTexts(inserted).requirements?.requirements[0]?.criteria[to % (count + 1)]?.text,
          'THE S SHALL new',
        );
      }),
      runs(200),
    );
  });
});
