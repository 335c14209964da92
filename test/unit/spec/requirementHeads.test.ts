/** Requirements whose headings do not say “Requirement 1”. */
import { strict as assert } from 'node:assert';
import { DEFAULT_LINT } from '../../../src/core/lint/config';
import { lintSpec } from '../../../src/core/lint/lint';
import { renameId } from '../../../src/core/spec/edits/renameId';
import { renumber } from '../../../src/core/spec/edits/renumber';
import { moveCriterion } from '../../../src/core/spec/edits/reorderCriteria';
import { moveRequirement } from '../../../src/core/spec/edits/reorderRequirements';
import { readTexts, type SpecTexts } from '../../../src/core/spec/readTexts';
import { mentionsOf } from '../../../src/core/spec/references/mentions';
import { parseRequirements } from '../../../src/core/spec/requirements/parseRequirements';
import { checkRanges } from '../../support/checkRanges';
import { edited, meaning } from '../../support/editSpec';
import { lintText } from '../../support/lintText';

const A = '1. THE Door SHALL open\n';
const AC = '\n**Acceptance Criteria:**\n\n- [ ] The door opens\n- [ ] It rings\n';

/** `id title (criteria)` of each requirement. */
function check(text: string, expected: readonly string[]): void {
  for (const words of [text, text.replaceAll('\n', '\r\n')]) {
    const document = parseRequirements(words);
    checkRanges(words, document);
    assert.deepEqual(
      document.requirements.map(({ id, idRange, title, criteria }) => {
        assert.ok(id.endsWith(words.slice(idRange.start, idRange.end)));
        return `${id} ${title} (${criteria.map((each) => each.id).join(', ')})`;
      }),
      expected,
    );
  }
}

describe('Requirement headings', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    [
      'codes',
      `# Doors\n## Requirements\n### GE-1 Opening\n${A}### GE-2: Ringing\n${A}2. THE Bell SHALL ring\n`,
      ['GE-1 Opening (GE-1.1)', 'GE-2 Ringing (GE-2.1, GE-2.2)'],
    ],
    [
      'codes of two words, and without a hyphen',
      `## Functional Requirements\n### FR-AUTH-1 Entry\n${A}### FR2. Exit\n${A}### [PAY-3] Toll\n${A}`,
      ['FR-AUTH-1 Entry (FR-AUTH-1.1)', 'FR2 Exit (FR2.1)', 'PAY-3 Toll (PAY-3.1)'],
    ],
    [
      'a code, and the word in the title',
      `## Requirements\n### TR-3: Testing Requirements\n${A}### US-4 Requirement of US-4\n${A}`,
      ['TR-3 Testing Requirements (TR-3.1)', 'US-4 Requirement of US-4 (US-4.1)'],
    ],
    [
      'R for Requirement',
      `## Requirements\n### R1. Opening\n${A}### R2 Ringing\n${A}### R2.1 – Loud\n${A}`,
      ['1 Opening (1.1)', '2 Ringing (2.1)', '2.1 Loud (2.1.1)'],
    ],
    [
      'numbers below “Functional Requirements”',
      `## Functional Requirements\n### 1.1 Opening\n${A}### 1.2 Ringing\n${A}## Out of scope\n### 2.1 Shutting\nno\n`,
      ['1.1 Opening (1.1.1)', '1.2 Ringing (1.2.1)'],
    ],
    [
      'numbers below numbers, with check boxes',
      `## 2. Functional Requirements\n### 1. Access\n#### 1.1 Opening\n${AC}#### 1.2 Ringing\n- [ ] WHEN it rings THEN THE Door SHALL open\n- [x] IF not THEN THE Door SHALL wait\n`,
      ['1.1 Opening (1.1.1, 1.1.2)', '1.2 Ringing (1.2.1, 1.2.2)'],
    ],
    [
      'numbers in a document that has no such section',
      `# Door requirements\n## 1. Introduction\nWords.\n## 2. Opening\n${A}## 3. Ringing\n${AC}## 4. Notes\n- If time permits\n`,
      ['2 Opening (2.1)', '3 Ringing (3.1, 3.2)'],
    ],
    [
      'one of them without criteria',
      `## User Stories\n### 1.1 Opening\n${A}### 1.2 Ringing\nWords.\n`,
      ['1.1 Opening (1.1.1)', '1.2 Ringing ()'],
    ],
    [
      'parts of a requirement that have numbers of their own',
      `## Requirements\n### GE-1 Opening\n#### 1. By day\n${A}#### 2. By night\n${A}`,
      ['GE-1 Opening (GE-1.1, GE-1.2)'],
    ],
    [
      'none beside “Requirement 1”',
      `## Requirements\n### Requirement 1: Opening\n${A}#### 1.1 At night\n2. THE Bell SHALL ring\n## Non-Functional Requirements\n### 4.1 Speed\n- THE Door SHALL open in 1 s\n`,
      ['1 Opening (1.1, 1.2)'],
    ],
    [
      'none without criteria',
      '## Functional Requirements\n### 1. Opening\n- by key\n### 2. Ringing\n- loud\n',
      [],
    ],
    [
      'none in a list of ordinary steps',
      '# Requirements\n## 1. Set up\n1. Open the door.\n2. When it rings, leave.\n',
      [],
    ],
  ];
  for (const [name, text, expected] of cases) it(`are ${name}`, () => check(text, expected));

  it('leave no finding where all is read', () => {
    const text = `# Doors\n## Requirements\n### GE-1 Opening\n${A}### GE-2: Ringing\n2. THE Bell SHALL ring\n`;
    assert.deepEqual(
      lintText(text.replace('2.', '1.')).map(({ rule }) => rule),
      [],
    );
  });

  it('say which one has no criterion', () => {
    const text = `## User Stories\n### 1.1 Opening\n${A}### 1.2 Ringing\nWords.\n`;
    assert.deepEqual(
      lintText(text).map(({ rule, message }) => `${rule}: ${message.split('.').slice(0, 2).join('.')}`),
      ['empty-criteria: Requirement 1.2 has no acceptance criterion'],
    );
  });
});

describe('Requirements that no heading counts', () => {
  const cases: readonly (readonly [name: string, text: string, expected: readonly string[]])[] = [
    [
      'a list right below “Requirements”',
      `# Doors\n## Overview\n1. THE Door SHALL be described\n## Requirements\n${A}2. THE Bell SHALL ring\n## Notes\n- THE Door SHALL be red\n`,
      ['1 Requirements (1.1, 1.2)'],
    ],
    [
      'lists below headings',
      `## Requirements\n### Opening\n${A}### Design\n- words\n### Ringing\n${A}2. THE Bell SHALL ring\n### Out of scope\n- THE Door SHALL NOT fly\n`,
      ['1 Opening (1.1)', '2 Ringing (2.1, 2.2)'],
    ],
    [
      'lists of all headings, where none is called “Requirements”',
      `# Doors\n## Opening\n${A}## Ringing\nTHE Bell SHALL ring\n## Glossary\n- THE Bell SHALL\n`,
      ['1 Opening (1.1)', '2 Ringing (2.1)'],
    ],
    [
      'stories with a heading “Acceptance Criteria” each',
      `## User Stories\n### Opening\nAs a guest, I want in.\n#### Acceptance Criteria\n##### By day\n1. It opens\n##### By night\n2. It rings\n### Leaving\n**Acceptance Criteria**\n- It shuts\n`,
      ['1 Opening (1.1, 1.2)', '2 Leaving (2.1)'],
    ],
    [
      'one list below “Acceptance Criteria”',
      '# Doors\n## User Story\nAs a guest, I want in.\n## Acceptance Criteria\n1. It opens\n2. It rings\n## Tasks\n1. Build\n',
      ['1 Acceptance Criteria (1.1, 1.2)'],
    ],
    [
      'scenarios',
      '## Requirements\n### Requirement: Opening\nThe door SHALL open.\n#### Scenario: A key\n- **WHEN** a key fits\n- **THEN** it opens\n',
      ['1 Requirement: Opening (1.1)'],
    ],
    [
      'none in steps and prose',
      '# Doors\n## Set up\n1. Open it.\n2. If it rings, leave.\n\nWhen open, it is open.\n',
      [],
    ],
    ['none in an overview', '# Doors\n## Introduction\n- THE Door SHALL open\n', []],
  ];
  for (const [name, text, expected] of cases) it(`are ${name}`, () => check(text, expected));

  const texts: SpecTexts = {
    requirements: `## Requirements\n\n### Opening\n\n${A}2. THE Door SHALL shut\n\n### Ringing\n\n1. THE Bell SHALL ring\n`,
    tasks: '- [ ] 1. T\n  - _Requirements: 1.2, 2, 7_\n',
  };

  it('have no finding about their number, since people may count otherwise', () => {
    const found = [...lintSpec(readTexts(texts), DEFAULT_LINT).values()].flatMap(({ problems }) => problems);
    assert.deepEqual(
      found.map(({ rule }) => rule),
      [],
    );
  });

  it('keep their order and their numbers, but their criteria move', () => {
    assert.deepEqual(moveRequirement(readTexts(texts), '2', 0), []);
    const mention = mentionsOf(readTexts(texts)).find(({ kind }) => kind === 'requirement');
    assert.ok(mention);
    assert.deepEqual(renameId(readTexts(texts), mention, '9'), {
      refused:
        'Requirement 1 is counted by its position. Write “Requirement 1: …” and so on into the headings first.',
    });
    const moved = edited(texts, (documents) => moveCriterion(documents, '1.2', '2', 0));
    assert.match(moved.requirements ?? '', /1\. THE Door SHALL shut\n2\. THE Bell/);
    assert.match(moved.tasks ?? '', /2\.1, 2, 7/);
    assert.deepEqual(renumber(readTexts(moved)), []);
  });
});

describe('Requirements with other headings', () => {
  const written = (one: string, two: string, names: string): SpecTexts => ({
    requirements: `## Requirements\n\n### ${one} Opening\n\n${A}\n### ${two} Ringing\n\n1. THE Bell SHALL ring\n`,
    tasks: `- [ ] 1. T\n  - _Requirements: ${names}_\n`,
  });
  const forms: readonly (readonly [name: string, texts: SpecTexts, id: string, moved: string])[] = [
    ['codes', written('GE-1', 'GE-2:', 'GE-1, GE-2.1'), 'GE-2', 'GE-2, GE-1.1'],
    ['R', written('R1.', 'R2.', 'R1, R2.1, 1.1'), '2', 'R2, R1.1, 2.1'],
    ['dotted numbers', written('3.1', '3.2', '3.1, 3.2.1'), '3.2', '3.2, 3.1.1'],
  ];
  for (const [name, texts, id, moved] of forms) {
    it(`are moved there and back: ${name}`, () => {
      const there = edited(texts, (documents) => moveRequirement(documents, id, 0));
      assert.match(there.requirements ?? '', /ring\n\n### \S+ Opening/);
      assert.equal(there.tasks, `- [ ] 1. T\n  - _Requirements: ${moved}_\n`);
      assert.deepEqual(meaning(there), meaning(texts));
      assert.deepEqual(renumber(readTexts(there)), []);
      assert.deepEqual(
        edited(there, (documents) => moveRequirement(documents, id, 0)),
        texts,
      );
    });

    it(`are renamed: ${name}`, () => {
      const documents = readTexts(texts);
      const mention = mentionsOf(documents).find((each) => each.id === id);
      assert.ok(mention);
      const after = edited(texts, (read) => {
        const edits = renameId(read, mention, id.replace('2', '7'));
        return 'refused' in edits ? [] : edits;
      });
      assert.match(after.requirements ?? '', /### \S*7\S* Ringing/);
      assert.deepEqual(meaning(after), meaning(texts));
    });
  }

  it('are known by the number of the section that holds them', () => {
    const requirements = `## Requirements\n### 1. Access\n#### 1.1 Opening\n${AC}`;
    const texts = readTexts({ requirements, tasks: '- [ ] 1. T\n  - _Requirements: 1, 1.1, 1.1.2, 2_\n' });
    const found = lintSpec(texts, DEFAULT_LINT).get('tasks')?.problems ?? [];
    assert.deepEqual(
      found.filter(({ rule }) => rule === 'unknown-reference').map(({ message }) => message),
      ['There is no requirement 2 in the requirements. Correct the number, or take it out.'],
    );
  });
});
