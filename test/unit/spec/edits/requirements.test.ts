// Feature: spec-engine, Property 12: References follow
// Verifies: spec-engine#6.5
import { strict as assert } from 'node:assert';
import { insertRequirement, moveRequirement } from '../../../../src/core/spec/edits/reorderRequirements';
import { readTexts, type SpecTexts } from '../../../../src/core/spec/readTexts';
import { edited, meaning } from '../../../support/editSpec';

const TEXTS: SpecTexts = {
  requirements: `# Requirements

## Requirements

### Requirement 1: Opening

#### Acceptance Criteria

1. THE Door SHALL open

### Requirement 2: Closing

#### Acceptance Criteria

1. THE Door SHALL close (unlike Requirement 1.1)
2. THE Bell SHALL be still

### Requirement 3: Ringing

#### Acceptance Criteria

1. THE Bell SHALL ring

## Notes

Requirements 1 and 3 come first; “Requirement 2” is quoted.
`,
  design: `### Property 1: Doors

**Validates: Requirements 1.1, 2.1-2.2, 3**
`,
  tasks: `- [ ] 1. Build
  - _Requirements: 2, 3.1_
- [ ] 2. Hang
  - _Requirements: 1.1, 4.1_
`,
};

describe('Editing requirements', () => {
  it('moves one with its criteria, and everything that names them', () => {
    const after = edited(TEXTS, (documents) => moveRequirement(documents, '1', 2));
    assert.equal(
      after.requirements,
      `# Requirements

## Requirements

### Requirement 1: Closing

#### Acceptance Criteria

1. THE Door SHALL close (unlike Requirement 3.1)
2. THE Bell SHALL be still

### Requirement 2: Ringing

#### Acceptance Criteria

1. THE Bell SHALL ring

### Requirement 3: Opening

#### Acceptance Criteria

1. THE Door SHALL open

## Notes

Requirements 3 and 2 come first; “Requirement 2” is quoted.
`,
    );
    assert.equal(after.design, '### Property 1: Doors\n\n**Validates: Requirements 3.1, 1.1-1.2, 2**\n');
    assert.equal(
      after.tasks,
      '- [ ] 1. Build\n  - _Requirements: 1, 2.1_\n- [ ] 2. Hang\n  - _Requirements: 3.1, 4.1_\n',
    );
    assert.deepEqual(meaning(after), meaning(TEXTS));
    assert.deepEqual(
      edited(after, (documents) => moveRequirement(documents, '3', 0)),
      TEXTS,
    );
  });

  it('inserts one as the others are written', () => {
    const after = edited(TEXTS, (documents) =>
      insertRequirement(documents, 1, {
        title: 'Locking',
        userStory: 'As a guest, I want more than Requirement 2, so that I am safe.',
        criteria: ['THE Lock SHALL hold', 'THE Lock SHALL obey Requirement 3.1'],
      }),
    );
    assert.equal(
      after.requirements?.slice(after.requirements.indexOf('### Requirement 2')),
      TEXTS.requirements
        ?.slice(TEXTS.requirements.indexOf('### Requirement 2'))
        .replace('Requirement 3: R', 'Requirement 4: R')
        .replace(
          '### Requirement 2',
          `### Requirement 2: Locking

**User Story:** As a guest, I want more than Requirement 3, so that I am safe.

#### Acceptance Criteria

1. THE Lock SHALL hold
2. THE Lock SHALL obey Requirement 4.1

### Requirement 3`,
        )
        .replace('Requirements 1 and 3', 'Requirements 1 and 4'),
    );
    // What leads nowhere does so still.
    assert.match(after.tasks ?? '', /_Requirements: 3, 4\.1_[\s\S]*_Requirements: 1\.1, 5\.1_/);
    const told = meaning(after);
    for (const line of meaning(TEXTS)) assert.ok(told.includes(line), line);
  });

  it('inserts one at the end, where there is but one, and before what follows', () => {
    const one: SpecTexts = {
      requirements:
        '\uFEFF### Requirement 7\r\n\r\n#### Acceptance Criteria\r\n\r\n1. THE A SHALL a\r\n\r\n## Notes\r\n',
    };
    const after = edited(one, (documents) =>
      insertRequirement(documents, 9, { title: 'More', criteria: ['THE B SHALL b'] }),
    );
    assert.equal(
      after.requirements,
      '\uFEFF### Requirement 7\r\n\r\n#### Acceptance Criteria\r\n\r\n1. THE A SHALL a\r\n\r\n### Requirement 8: More\r\n\r\n#### Acceptance Criteria\r\n\r\n1. THE B SHALL b\r\n\r\n## Notes\r\n',
    );
  });

  it('counts labels by their kind, and writes their kind of heading', () => {
    const texts: SpecTexts = {
      requirements:
        '\uFEFF### US-9: Nine\r\n- [US-9.1] is this\r\n#### Acceptance Criteria\r\n1. THE A SHALL a\r\n### NFR-1: Fast\r\n#### Acceptance Criteria\r\n1. THE F SHALL f, see US-9\r\n### US-10 Ten\r\n#### Acceptance Criteria\r\n1. THE B SHALL b',
      tasks: '- [ ] 1. T\r\n  - _Requirements: US-9, US-10.1, NFR-1.1_',
    };
    const after = edited(texts, (documents) => moveRequirement(documents, 'US-9', 1));
    assert.deepEqual(meaning(after), meaning(texts));
    assert.match(after.tasks ?? '', /_Requirements: US-10, US-9\.1, NFR-1\.1_/);
    assert.match(after.requirements ?? '', /^\uFEFF### NFR-1: Fast\r\n[\s\S]*see US-10\r\n### US-9 Ten\r\n/);
    assert.match(after.requirements ?? '', /### US-10: Nine\r\n- \[US-10\.1\] is this\r\n[\s\S]*SHALL a$/);
    const inserted = edited(texts, (documents) =>
      insertRequirement(documents, 1, { title: 'New', criteria: [] }),
    );
    assert.match(inserted.requirements ?? '', /### US-10: New\r\n\r\n#### Acceptance Criteria\r\n/);
    assert.match(inserted.tasks ?? '', /_Requirements: US-9, US-11\.1, NFR-1\.1_/);
  });

  it('moves labels of criteria along', () => {
    const texts: SpecTexts = {
      requirements:
        '## Requirements\n### 1. Opening\n- AC-1.1: THE A SHALL a\n- AC-1.2: THE B SHALL b\n### 2. Closing\n- AC-2.1: THE C SHALL c, unlike AC-1.2',
      tasks: '- [ ] 1. T\n  - _Requirements: AC-1.2, AC-2.1_',
    };
    const after = edited(texts, (documents) => moveRequirement(documents, '2', 0));
    assert.equal(
      after.requirements,
      '## Requirements\n### 1. Closing\n- AC-1.1: THE C SHALL c, unlike AC-2.2\n### 2. Opening\n- AC-2.1: THE A SHALL a\n- AC-2.2: THE B SHALL b',
    );
    assert.equal(after.tasks, '- [ ] 1. T\n  - _Requirements: AC-2.2, AC-1.1_');
    assert.deepEqual(meaning(after), meaning(texts));
  });

  it('does nothing where a number is used twice, and in a bug fix', () => {
    const twice = '### Requirement 1\n1. THE A SHALL a\n### Requirement 1\n1. THE B SHALL b';
    assert.deepEqual(moveRequirement(readTexts({ requirements: twice }), '1', 1), []);
    const bugfix = '## Current Behavior\n1.1 WHEN a\n## Expected Behavior\n2.1 THE A SHALL a';
    assert.deepEqual(moveRequirement(readTexts({ bugfix }), '1', 1), []);
    assert.deepEqual(insertRequirement(readTexts({ bugfix }), 1, { title: '', criteria: [] }), []);
  });
});
