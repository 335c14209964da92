// Feature: spec-engine, Property 12: References follow
// Verifies: spec-engine#6.5
import { strict as assert } from 'node:assert';
import { renumber } from '../../../../src/core/spec/edits/renumber';
import { readTexts, type SpecTexts } from '../../../../src/core/spec/readTexts';
import { edited, meaning } from '../../../support/editSpec';

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
    assert.deepEqual(meaning(after), meaning(GAPS));
  });

  it('counts through lists behind sub-headings, but lets no number swallow a list', () => {
    const head =
      '### Requirement 1\n#### Acceptance Criteria\n\n**One**\n1. THE A SHALL a\n3. THE B SHALL b\n\n';
    const numbered = (requirements: string) =>
      edited({ requirements }, renumber)
        .requirements?.match(/^\d+\. THE \w/gm)
        ?.join(', ');
    assert.equal(
      numbered(`${head}**Two**\n\n1. THE C SHALL c\n2. THE D SHALL d`),
      '1. THE A, 2. THE B, 3. THE C, 4. THE D',
    );
    // Right below a line of text, no list begins with another number than 1.
    assert.equal(
      numbered(`${head}**Two**\n1. THE C SHALL c\n2. THE D SHALL d`),
      '1. THE A, 2. THE B, 1. THE C, 2. THE D',
    );
  });

  it('does nothing a second time, nor where a number is used twice', () => {
    const after = edited(GAPS, renumber);
    assert.deepEqual(renumber(readTexts(after)), []);
    assert.deepEqual(renumber(readTexts({ tasks: '- [ ] 1. A\n- [ ] 1. B\n- [ ] 5. C' })), []);
  });

  it('writes shorter and longer numbers, each kind of label by itself', () => {
    const texts: SpecTexts = {
      requirements:
        '### US-10: A, unlike US-12\n#### Acceptance Criteria\n1. THE A SHALL a\n### NFR-2: F\n#### Acceptance Criteria\n1. THE F SHALL f\n### US-12: B\n#### Acceptance Criteria\n1. THE B SHALL b',
      tasks: '- [ ] 1. T\n  - _Requirements: US-12.1, NFR-2_',
    };
    const after = edited(texts, renumber);
    assert.equal(
      after.requirements,
      '### US-1: A, unlike US-2\n#### Acceptance Criteria\n1. THE A SHALL a\n### NFR-1: F\n#### Acceptance Criteria\n1. THE F SHALL f\n### US-2: B\n#### Acceptance Criteria\n1. THE B SHALL b',
    );
    assert.match(after.tasks ?? '', /_Requirements: US-2\.1, NFR-1_/);
    assert.deepEqual(meaning(after), meaning(texts));
  });

  it('leaves a kind of things alone where an id that leads nowhere would come to name one', () => {
    const texts: SpecTexts = { ...GAPS, tasks: '- [ ] 2. T\n  - _Requirements: 1, 2.1_' };
    const after = edited(texts, renumber);
    assert.equal(after.requirements, GAPS.requirements);
    assert.equal(after.tasks, '- [ ] 1. T\n  - _Requirements: 1, 2.1_');
  });
});
