// Feature: spec-engine, Property 1: Reading loses nothing
// Verifies: spec-engine#1.1, #1.2
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { readBlocks } from '../../../src/core/markdown/blocks';
import { approvalText } from '../../../src/core/spec/contentHash';
import type { DocumentKind, TaskState } from '../../../src/core/spec/model';
import { parseConfig } from '../../../src/core/spec/parseConfig';
import { parseDocument } from '../../../src/core/spec/parseDocument';
import { parseTasks } from '../../../src/core/spec/tasks/parseTasks';
import { flattenTasks } from '../../../src/core/spec/tasks/taskTree';
import { tickEdit } from '../../../src/core/spec/tasks/tick';
import { applyEdits } from '../../../src/core/util/textRange';
import { checkRanges } from '../../support/checkRanges';
import { patience, runs } from '../../support/soak';

const KINDS: readonly DocumentKind[] = ['requirements', 'bugfix', 'design', 'tasks'];
const LINES = [
  ...[
    '# Requirements Document',
    '## Glossary',
    '- **Door**: opens',
    '### Requirement 1: T',
    '### Requirement 1',
    '#### Acceptance Criteria',
  ],
  ...[
    '**User Story:** As a user, I want x',
    '1. WHEN a, THE Door SHALL b',
    '2. IF a fails THEN SHALL c',
    '1.1 WHEN a THEN b',
    '**Acceptance Criteria:**',
  ],
  ...[
    '**WHEN** a',
    '**THEN** THE Door **SHALL** b',
    '- **GIVEN** a',
    '  - AND b',
    '**Errors:**',
    '**Note:** c',
    '- Scenario: d',
    '#### Scenario: e',
    'THE Door SHALL f',
  ],
  ...[
    '### Current Behavior (Defect)',
    '### Expected Behavior',
    '### Property 1: P',
    '**Validates: Requirements 1.1, 2.4-2.1**',
    '**Property 2: Q**',
  ],
  ...[
    '- [ ] 1. a',
    '  - [x] 1.1 b',
    '- [-]* 2.1 c',
    '- [?] d',
    '    - _Requirements: 1.1, 1.3-1.5_',
    '  - _Verify: `npm test`_',
  ],
  ...[
    '```',
    '~~~',
    '<!--',
    '-->',
    '---',
    '===',
    '| a | b |',
    '|---|---|',
    '',
    '',
    '\t',
    '    ',
    '* x',
    '+ y',
    '> z',
    '1)',
    '- ',
  ],
];
const document = fc
  .array(fc.tuple(fc.constantFrom(...LINES), fc.constantFrom('\n', '\r\n', '\r', '\n', '\n')), {
    maxLength: 40,
  })
  .map((lines) => lines.map(([line, end]) => line + end).join(''));
/** A document in which a few characters were lost, doubled or replaced. */
const mutated = fc
  .tuple(
    document,
    fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.string({ unit: 'binary', maxLength: 2 })), { maxLength: 5 }),
  )
  .map(([text, changes]) =>
    changes.reduce((result, [at, length, insert]) => {
      const start = result.length === 0 ? 0 : at % result.length;
      return result.slice(0, start) + insert + result.slice(start + length);
    }, text),
  );
const anyText = fc.oneof(document, mutated, fc.string({ unit: 'binary', maxLength: 300 }));

describe('Any text', () => {
  it('gives blocks in order, each line in at most one', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let line = -1;
        let end = 0;
        for (const block of readBlocks(text)) {
          assert.ok(block.line > line && block.endLine >= block.line);
          assert.ok(
            block.range.start >= end &&
              block.range.end >= block.range.start &&
              block.range.end <= text.length,
          );
          line = block.endLine;
          end = block.range.end;
        }
      }),
      runs(2000),
    );
  });

  for (const kind of KINDS) {
    it(`is read as ${kind}, every range in its place`, () => {
      fc.assert(
        fc.property(anyText, (text) => checkRanges(text, parseDocument(kind, text))),
        runs(1000),
      );
    });
  }

  it('is read as .config.kiro', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), anyText), (text) => {
        for (const { range } of parseConfig(text).findings)
          assert.ok(0 <= range.start && range.start <= range.end && range.end <= text.length);
      }),
      runs(500),
    );
  });

  it('is ticked by one character, and stays approved', () => {
    const states: readonly TaskState[] = ['open', 'inProgress', 'done', 'queued'];
    fc.assert(
      fc.property(anyText, fc.constantFrom(...states), (text, state) => {
        const before = parseTasks(text);
        for (const task of flattenTasks(before.tasks)) {
          const edit = tickEdit(before, task.key, state);
          const after = edit === undefined ? text : applyEdits(text, [edit]);
          assert.equal(after.length, text.length);
          assert.equal(approvalText('tasks', after), approvalText('tasks', text));
          const again = flattenTasks(parseTasks(after).tasks).find(({ key }) => key === task.key);
          assert.deepEqual([again?.state, again?.title], [state, task.title]);
        }
      }),
      runs(1000),
    );
  });

  it('takes linear time in every document', function () {
    this.timeout(patience(60_000));
    const pieces = [
      '- [ ] 1. a\n',
      '  - [ ] 1.1 b\n',
      '1. x\n',
      '### Requirement 1\n',
      '1.1 a\n',
      '**',
      '- ',
      ' ',
      '\n',
      '_Verify:',
      'Validates:',
      '(',
      'a, ',
      '**a**\n',
      '**WHEN** a\n',
      '**IF** a\n**WHEN** b\n',
      '- WHEN a\n',
      '- AND a\n',
      '- Scenario: a\n  - GIVEN b\n',
      '- GIVEN a\n- WHEN b\n',
      'Scenario: a\n',
    ];
    for (const kind of KINDS) {
      for (const piece of pieces) {
        const text = `### Requirement 1\n#### Acceptance Criteria\n- [ ] a\n  - _Requirements: ${piece.repeat(30_000)}`;
        parseDocument(kind, text);
        parseDocument(kind, `### Requirement 1\n#### Acceptance Criteria\n${piece.repeat(30_000)}`);
      }
    }
  });
});
