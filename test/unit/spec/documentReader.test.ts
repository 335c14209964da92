import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { createDocumentReader } from '../../../src/core/spec/documentReader';
import type { DocumentKind } from '../../../src/core/spec/model';
import { parseDocument } from '../../../src/core/spec/parseDocument';
import { corpusFiles } from '../../support/corpus';
import { runs } from '../../support/soak';

const OWN: Readonly<Record<DocumentKind, string>> = {
  requirements:
    '# Doors\r\n## Glossary\r\n- **Door**: It opens.\r\n### Requirement 1: A\r\n**User Story:** As a guest\r\n#### Acceptance Criteria\r\n1. WHEN a key fits, THE Door SHALL open\r\n2. THE Door SHALL ring\r\n### Requirement 2\r\n#### Acceptance Criteria\r\n1. IF it jams, THEN THE Door SHALL wait\r\n',
  bugfix:
    '# Bug\n### Current Behavior\n1.1 WHEN a THEN b\n### Expected Behavior\n2.1 WHEN a THEN the system SHALL c\n',
  design:
    '# Design\n## Correctness Properties\n### Property 1: A\n*For any* door\n\n**Validates: Requirements 1.1, 1.2-1.3**\n',
  tasks: '# Plan\n- [ ] 1. Build\n  - [x] 1.1 Part\n    - _Requirements: 1.1_\n- [-]* 2. Test\n',
};

const piece = fc.constantFrom(
  '\n',
  '- ',
  '1. ',
  '### Requirement 3: B\n',
  '#### Acceptance Criteria\n',
  'WHEN x, THE Door SHALL y',
  'SHALL',
  '```',
  '- [ ] 3. New\n',
  '<!-- ',
  '-->',
  '- **Gate**: It.\n',
  '**Validates: Requirements 2.1**',
  ' ',
  'x',
  '_',
  '### Property 2: B\n',
  '|',
);
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(20),
  put: fc.array(piece, { maxLength: 3 }),
});

describe('A document that is read again and again', () => {
  for (const kind of ['requirements', 'bugfix', 'design', 'tasks'] as const) {
    it(`is read as if for the first time: ${kind}`, () => {
      const texts = [OWN[kind], ...corpusFiles(`${kind}.md`).map(({ text }) => text)];
      fc.assert(
        fc.property(fc.nat(), fc.array(edit, { minLength: 1, maxLength: 4 }), (which, edits) => {
          const reader = createDocumentReader(kind);
          let text = texts[which % texts.length] ?? '';
          reader.read(text);
          for (const { at, cut, put } of edits) {
            const start = Math.floor(at * (text.length + 1));
            text = text.slice(0, start) + put.join('') + text.slice(start + cut);
            const same = isSame(reader.read(text), parseDocument(kind, text));
            assert.ok(same, JSON.stringify(text.slice(Math.max(0, start - 200), start + 200)));
          }
        }),
        runs(60),
      );
    });
  }

  it('is the same object while its text is the same', () => {
    const reader = createDocumentReader('tasks');
    assert.equal(reader.read(OWN.tasks), reader.read(OWN.tasks));
  });
});

/** Deep equality, without the long report that a failed assertion would make of it. */
function isSame(a: unknown, b: unknown): boolean {
  try {
    assert.deepStrictEqual(a, b);
    return true;
  } catch {
    return false;
  }
}
