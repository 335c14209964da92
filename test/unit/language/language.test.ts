// Feature: spec-engine, Property 12: References follow
// Feature: spec-engine, Property 13: An id means the same everywhere
// Verifies: spec-engine#6.5, #7.1-7.5
import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { completionsAt } from '../../../src/core/language/completion';
import { mentionAt, mentionsOfSame } from '../../../src/core/language/entities';
import { hoverText } from '../../../src/core/language/hover';
import { idHints } from '../../../src/core/language/inlayHints';
import { foldsOf, outlineOf } from '../../../src/core/language/outline';
import { renameEdits } from '../../../src/core/language/rename';
import { tokensOf } from '../../../src/core/language/tokens';
import type { DocumentKind } from '../../../src/core/spec/model';
import { readTexts } from '../../../src/core/spec/readTexts';
import { parseTasksMeta } from '../../../src/core/spec/tasks/parseTasksMeta';
import type { Evidence } from '../../../src/core/tasks/evidence/model';
import { applyEdits } from '../../../src/core/util/textRange';
import { corpusFiles } from '../../support/corpus';
import { runs } from '../../support/soak';
import { judged } from '../core/tasks/evidence/evidenceHarness';

const TEXTS = {
  requirements: `# Requirements Document

## Glossary

- **Door_Lock**: What keeps the door shut.
- **Bell**: It rings.

## Requirements

### Requirement 1: Opening

**User Story:** As a guest, I want to come in, so that I am not out.

#### Acceptance Criteria

1. WHEN a key fits the Door_Lock, THE Door_Lock SHALL open
2. IF the key breaks, THEN THE Bell SHALL ring

### Requirement 2: Closing

#### Acceptance Criteria

1. WHILE nobody is near, THE Door_Lock SHALL stay shut
`,
  design: `# Design

## Correctness Properties

### Property 1: Keys open

*For any* key that fits, the Door_Lock opens (see Requirement 2).

**Validates: Requirements 1.1, 1.1-1.2**
`,
  tasks: `# Plan

- [x] 1. Build the Door_Lock
  - Forge it
  - _Requirements: 1.1, 2_
- [ ] 2. Hang the Bell
  - **Property 1: Keys open**
  - _Depends: 1_
  - _Requirements: 1.2_
`,
};
const documents = readTexts(TEXTS);

/** The mention at the place marked `|` in a piece of a document. */
function at(kind: keyof typeof TEXTS, marked: string) {
  const start = TEXTS[kind].indexOf(marked.replace('|', ''));
  assert.notEqual(start, -1, marked);
  const mention = mentionAt(documents, kind, start + marked.indexOf('|'));
  assert.ok(mention, marked);
  return mention;
}

describe('What stands at a place', () => {
  const cases: readonly (readonly [kind: keyof typeof TEXTS, marked: string, expected: string])[] = [
    ['tasks', '_Requirements: 1.|1', 'criterion 1.1'],
    ['tasks', '1.1, |2_', 'requirement 2'],
    ['tasks', '_Depends: |1_', 'task 1'],
    ['tasks', '**Property |1', 'property 1'],
    ['tasks', '[ ] |2. Hang', 'task 2'],
    ['tasks', 'Build the Door|_Lock', 'term Door_Lock'],
    ['design', 'Requirements 1.1, 1.1-1.|2', 'criterion 1.2'],
    ['design', 'see Requirement |2', 'requirement 2'],
    ['requirements', 'WHEN a key fits the Door_|Lock', 'term Door_Lock'],
    ['requirements', '|1. WHEN a key', 'criterion 1.1'],
    ['requirements', 'Requirement |2: Closing', 'requirement 2'],
  ];
  for (const [kind, marked, expected] of cases)
    it(`${kind}: ${marked}`, () => {
      const { kind: what, id } = at(kind, marked);
      assert.equal(`${what} ${id}`, expected);
    });
});

describe('A hover', () => {
  it('shows a criterion with its pattern, its text and who names it', () => {
    const text = hoverText(documents, at('tasks', '_Requirements: 1.|1')) ?? '';
    assert.match(text, /\*\*1\.1\*\* · event-driven · Opening/);
    assert.match(text, /a key fits the Door\\_Lock/);
    assert.match(text, /task 1 \(1 of 1 done\) · property 1/);
  });

  it('counts a task that names all criteria at once, also below another', () => {
    const all = readTexts({ ...TEXTS, tasks: '- [ ] 1. A\n  - [x] 1.1 B\n    - _Requirements: All_' });
    const text = hoverText(all, at('tasks', '_Requirements: 1.|1')) ?? '';
    assert.match(text, /task 1\.1 \(1 of 1 done\)/);
  });

  it('tells of a task what became of its property test', () => {
    const { results } = parseTasksMeta(
      '{"pbtResults": {"1": {"status": "failed", "failingExample": "a `b`\\n*c*", "lastRunTimestamp": "2026-01-02"}, "2": {"status": "passed"}}}',
    );
    const told = (place: string) => hoverText(documents, at('tasks', place), results) ?? '';
    assert.match(
      told('_Depends: |1_'),
      /property test \*\*failed\*\* · 2026-01-02\n\nfails for `a 'b' \*c\*`$/,
    );
    assert.match(told('[ ] |2. Hang'), /property test passed$/);
    // Results are of tasks: criterion 1.1 has none.
    assert.doesNotMatch(told('_Requirements: 1.|1'), /property test/);
  });

  it('shows a task, a property, a requirement and a term', () => {
    const claim = { by: 'codex (agent)', at: '2026-11-28T00:00:00Z', summary: 'All [done](x)' };
    const own = { v: 1, id: 'c', task: '1', title: 'Build', hash: '', files: [], commands: [] } as const;
    const claimed = hoverText(documents, at('tasks', '_Depends: |1_'), undefined, undefined, () => ({
      ...own,
      ...claim,
    }));
    assert.match(claimed ?? '', /says that it is done · \*\*not checked\*\*/);
    assert.doesNotMatch(claimed ?? '', /\[done\]\(/);
    assert.match(hoverText(documents, at('tasks', '_Depends: |1_')) ?? '', /Task 1\*\* Build.*· done/);
    assert.match(hoverText(documents, at('tasks', '**Property |1')) ?? '', /validates[\s\S]*\*\*1\.2\*\* IF/);
    assert.match(
      hoverText(documents, at('tasks', '1.1, |2_')) ?? '',
      /Requirement 2\*\* Closing[\s\S]*\*\*2\.1\*\*/,
    );
    assert.match(hoverText(documents, at('tasks', 'Hang the |Bell')) ?? '', /glossary\n\nIt rings/);
  });

  it('tells of a task what its last run found', () => {
    const hover = (evidence: Evidence, stale = false) =>
      hoverText(documents, at('tasks', '[ ] |2. Hang'), undefined, () => ({ evidence, stale })) ?? '';
    const proved = judged({ criteria: [{ id: '1.1', text: '', tests: [] }] });
    assert.match(
      hover(proved),
      /\*\*proved\*\* · 1 of 1 check passed, 4 tests · 1 file, \+1 −1 · 2026-11-27\n\n- \*\*1\.1\*\* unproven\. No test names it\.$/,
    );
    assert.match(hover(proved, true), /found when the task said something else/);
    assert.match(hover(judged({ changes: [] })), /\*\*not done\*\*[\s\S]*- Nothing was changed/);
    assert.match(hover(judged({ changes: [], nothingToChange: '<b>' })), /as the agent says: \\<b\\>/);
  });

  it('lets no markup of the document through', () => {
    const hostile = readTexts({
      requirements:
        '### Requirement 1: <img src=x> [a](command:b)\n#### Acceptance Criteria\n1. THE `x` **Door** SHALL | open',
      tasks: '- [ ] 1. A\n  - _Requirements: 1, 1.1_',
    });
    for (const mention of mentionsOfSame(hostile, { kind: 'requirement', id: '1' } as never))
      assert.match(hoverText(hostile, mention) ?? '', /\\<img src=x\\> \\\[a\\\]\(command:b\)/);
  });
});

describe('All places that name the same', () => {
  it('are found in every document, the definition first', () => {
    const places = mentionsOfSame(documents, at('tasks', '_Requirements: 1.|1'));
    assert.deepEqual(
      places.map(({ document, role }) => `${document} ${role}`),
      ['requirements definition', 'design reference', 'design reference', 'tasks reference'],
    );
  });
});

function renamed(mention: ReturnType<typeof at>, name: string, texts: Record<string, string> = TEXTS) {
  const edits = renameEdits(readTexts(texts), mention, name);
  if ('refused' in edits) return edits.refused;
  return Object.fromEntries(
    Object.entries(texts).map(([kind, text]) => [
      kind,
      applyEdits(
        text,
        edits.filter((edit) => edit.document === kind),
      ),
    ]),
  );
}

describe('Renaming', () => {
  it('changes a term everywhere, and nothing else', () => {
    const after = renamed(at('tasks', 'Build the Door|_Lock'), 'Gate');
    const expected = Object.fromEntries(
      Object.entries(TEXTS).map(([kind, text]) => [kind, text.replaceAll('Door_Lock', 'Gate')]),
    );
    assert.deepEqual(after, expected);
  });

  it('takes the criteria of a requirement along', () => {
    const after = renamed(at('requirements', 'Requirement |2: Closing'), '7');
    assert.ok(typeof after === 'object');
    assert.match(after.requirements ?? '', /### Requirement 7: Closing/);
    assert.match(after.tasks ?? '', /_Requirements: 1\.1, 7_/);
    assert.match(after.design ?? '', /see Requirement 7/);
  });

  it('changes the number of a property and of a task', () => {
    const property = renamed(at('tasks', '**Property |1'), '4');
    assert.ok(typeof property === 'object');
    assert.match(property.design ?? '', /### Property 4: Keys/);
    assert.match(property.tasks ?? '', /\*\*Property 4: Keys/);
    const task = renamed(at('tasks', '_Depends: |1_'), '9');
    assert.ok(typeof task === 'object');
    assert.match(task.tasks ?? '', /- \[x\] 9\. Build[\s\S]*_Depends: 9_/);
  });

  it('says what cannot be renamed, and to what', () => {
    assert.match(String(renamed(at('tasks', '_Requirements: 1.|1'), '1.9')), /Move the criterion/);
    assert.match(String(renamed(at('tasks', '_Depends: |1_'), '2')), /already/);
    assert.match(String(renamed(at('tasks', '_Depends: |1_'), 'two')), /number such as 1/);
    assert.match(String(renamed(at('tasks', 'Hang the |Bell'), ' ')), /at most 80/);
  });
});

describe('Completion', () => {
  const labels = (kind: DocumentKind, text: string, texts: Partial<typeof TEXTS> = {}) => {
    const offset = text.indexOf('|');
    const all = readTexts({ ...TEXTS, ...texts, [kind]: text.replace('|', '') });
    return completionsAt(all, kind, offset).map(({ label }) => label);
  };

  it('offers ids where ids are named', () => {
    assert.deepEqual(labels('tasks', '- [ ] 1. A\n  - _Requirements: 1.1, |_'), [
      '1',
      '1.1',
      '1.2',
      '2',
      '2.1',
    ]);
    assert.deepEqual(labels('design', '### Property 1: A\n**Validates: Requirements |**'), [
      '1',
      '1.1',
      '1.2',
      '2',
      '2.1',
    ]);
    assert.deepEqual(labels('tasks', '- [ ] 1. A\n- [ ] 2. B\n  - _Depends: |_'), ['1', '2']);
    assert.deepEqual(labels('tasks', '- [ ] 1. A\n  - **Property |**'), ['1']);
  });

  it('replaces what was typed of an id with letters', () => {
    const requirements =
      '## Requirements\n### GE-1 Opening\n1. THE Door SHALL open\n### FR-AUTH-2 Entry\n1. THE Door SHALL wait\n';
    for (const typed of ['', 'G', 'ge', 'GE-', 'GE-1', 'GE-1.', 'FR-AUTH-', 'FR-AUTH-2.1', '1.']) {
      for (const before of ['_Requirements: ', '_Requirements: GE-1.1, ', '**Validates: Requirements ']) {
        const text = `- [ ] 1. A\n  - ${before}${typed}`;
        const kind = before.startsWith('_') ? 'tasks' : 'design';
        const documents = readTexts({ requirements, [kind]: text });
        const [first] = completionsAt(documents, kind, text.length);
        assert.equal(first?.label, 'GE-1', text);
        assert.deepEqual(first.range, { start: text.length - typed.length, end: text.length }, text);
      }
    }
  });

  it('offers the facts of a task where a detail begins', () => {
    assert.ok(labels('tasks', '- [ ] 1. A\n  - |').includes('_Verify: …_'));
  });

  it('offers patterns where a criterion begins, systems after THE, keywords after a comma', () => {
    const head = '## Glossary\n- **Bell**: It rings.\n### Requirement 1\n#### Acceptance Criteria\n';
    assert.equal(labels('requirements', `${head}1. |`).length, 6);
    assert.deepEqual(labels('requirements', `${head}1. WHEN a key fits, THE |`), ['Bell']);
    assert.ok(labels('requirements', `${head}1. WHEN a key fits, |`).includes('THE'));
  });

  it('offers SHALL after the system that a criterion is about, and nowhere else', () => {
    const head = '## Glossary\n- **Night Bell**: It rings.\n### Requirement 1\n#### Acceptance Criteria\n1. ';
    for (const words of [
      'THE Night Bell ',
      'THE Night Bell sha',
      'WHEN a key fits, THE Night Bell ',
      'IF a key breaks, THEN THE Night Bell ',
      'IF a key breaks, **THEN** **THE** Night Bell ',
      'WHEN a key fits THEN the system ',
    ])
      assert.deepEqual(labels('requirements', `${head}${words}|`), ['SHALL', 'SHALL NOT'], words);
    for (const words of [
      'WHEN THE Night Bell ',
      'THE Night Bell SHALL ring, then the Night Bell ',
      'THE Gate ',
    ])
      assert.deepEqual(labels('requirements', `${head}${words}|`), [], words);
  });

  it('offers the names of the glossary that begin like what is written in design and tasks', () => {
    assert.deepEqual(labels('design', '# A\n\nKeys fit the Do|'), ['Door_Lock']);
    assert.deepEqual(labels('design', '# A\n\n- B|: it rings'), ['Bell']);
    assert.deepEqual(labels('tasks', '- [ ] 1. Hang the Be|'), ['Bell']);
    for (const code of ['Call `Do|', '```ts\nnew Do|\n```', 'see a.Do|', 'do|', 'Gate|'])
      assert.deepEqual(labels('design', `# A\n\n${code}`), [], code);
  });

  it('offers nothing in ordinary text', () => {
    assert.deepEqual(labels('requirements', '# A\n\nSome words, |'), []);
    assert.deepEqual(labels('design', '# A\n\nSome words |'), []);
    assert.deepEqual(labels('tasks', '# A\n\nSome words |'), []);
  });
});

describe('Structure', () => {
  it('is an outline of requirements with their criteria, of properties and of tasks', () => {
    const names = (symbols: ReturnType<typeof outlineOf>): string =>
      symbols
        .map(({ name, children }) => (children.length > 0 ? `${name}(${names(children)})` : name))
        .join(' ');
    assert.ok(documents.requirements && documents.design && documents.tasks);
    assert.equal(
      names(outlineOf(documents.requirements)),
      'Requirements Document Glossary Requirements(Requirement 1(1.1 1.2) Requirement 2(2.1))',
    );
    assert.equal(names(outlineOf(documents.design)), 'Design Correctness Properties(Property 1)');
    assert.equal(names(outlineOf(documents.tasks)), '1 Build the Door_Lock 2 Hang the Bell');
  });

  it('says the ids that are nowhere written', () => {
    assert.ok(documents.requirements);
    assert.deepEqual(
      idHints(documents.requirements).map(({ id }) => id),
      ['1.1', '1.2', '2.1'],
    );
    const labelled = readTexts({
      requirements: '### Requirement 1\n#### Acceptance Criteria\n- AC-1.1: THE Door SHALL open',
    });
    assert.ok(labelled.requirements);
    assert.deepEqual(idHints(labelled.requirements), []);
  });

  it('colours the clauses of a criterion, and the terms inside them', () => {
    const line = '1. WHEN a key fits the Door_Lock, THE Door_Lock SHALL open';
    const start = TEXTS.requirements.indexOf(line);
    const tokens = tokensOf(documents, 'requirements')
      .filter(({ range }) => range.start >= start && range.end <= start + line.length)
      .map(({ range, type }) => `${type}:${TEXTS.requirements.slice(range.start, range.end)}`);
    assert.deepEqual(tokens, [
      'specId:1',
      'earsKeyword:WHEN',
      'earsCondition:a key fits the ',
      'specTerm:Door_Lock',
      'earsKeyword:THE',
      'earsSystem:Door_Lock',
      'earsModal:SHALL',
    ]);
  });

  it('never overlaps, lies within lines, and folds what it may, in any document', () => {
    const piece = fc.constantFrom(
      '### Requirement 1\n',
      '1. ',
      'WHEN a',
      ', THE Bell SHALL b\n',
      '- [x] 1. t\n',
      '```\n',
      '\n',
      '- **Bell**: x\n',
      '## Glossary\n',
      '  - _Requirements: 1.1_\n',
      'Requirement 1',
      '<!-- x',
      ' -->',
    );
    const soup = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    const real = [...corpusFiles('requirements.md'), ...corpusFiles('tasks.md')].map(({ text }) => text);
    const texts = real.length > 0 ? fc.oneof(soup, fc.constantFrom(...real)) : soup;
    fc.assert(
      fc.property(texts, fc.constantFrom<DocumentKind>('requirements', 'tasks', 'design'), (text, kind) => {
        const read = readTexts({ [kind]: text });
        let last = 0;
        for (const { range } of tokensOf(read, kind)) {
          assert.ok(range.start >= last && range.start < range.end && range.end <= text.length);
          assert.ok(!/[\r\n]/.test(text.slice(range.start, range.end)));
          last = range.end;
        }
        const document = read.requirements ?? read.tasks ?? read.design;
        assert.ok(document);
        for (const { range } of foldsOf(document))
          assert.ok(range.start <= range.end && range.end <= text.length);
        for (const { range } of outlineOf(document)) assert.ok(range.end <= text.length);
      }),
      runs(150),
    );
  });
});
