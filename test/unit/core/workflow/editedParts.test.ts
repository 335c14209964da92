// Feature: workflow-engine, Property 14: An edit un-approves what it touched
// Verifies: workflow-engine#3.2, #3.8
/** What an edit of an approved document touched, by name; and what follows from it. */
import assert from 'node:assert/strict';
import type { DocumentKind, DocumentSnapshot } from '../../../../src/core/spec/model';
import { parseDocument } from '../../../../src/core/spec/parseDocument';
import { changesWords } from '../../../../src/core/spec/phase';
import { changesOf } from '../../../../src/core/workflow/approvals/parts';
import { nodeHasher } from '../../../../src/node/nodePorts';
import { approveAll } from '../approveAll';
import { type Harness, REQUIREMENTS, SPEC, specFile, startCore } from '../coreHarness';

const FILES = { [specFile('requirements.md')]: REQUIREMENTS };

function requirements({ core }: Harness): DocumentSnapshot | undefined {
  return core.specs.get(SPEC)?.documents[0];
}

/** Writes a file as git or an agent would, and lets the store see it. */
async function write({ ports }: Harness, path: string, text: string): Promise<void> {
  await ports.files.writeText(path, text);
  await ports.clock.advance(1100);
}

describe('An approval tells which parts were edited since', () => {
  const TEXT = `${REQUIREMENTS}\n   Not one day more.\n\n#### Why\n\nDisks fill.\n\n## Evidence\n\n- 1.1: a.js:1\n`;
  const edits: readonly (readonly [what: string, now: readonly [from: string, to: string], told: string])[] =
    [
      ['a criterion', ['30', '60'], '1.1 changed'],
      [
        'the title',
        ['# Requirements Document', '# Requirements of Links'],
        'Requirements of Links new, Requirements Document gone',
      ],
      ['the introduction', ['Links expire', 'Links end'], 'Introduction changed'],
      ['the glossary', ['keeps links', 'loses links'], 'Glossary changed'],
      ['a user story', ['As an owner', 'As a guest'], 'Requirement 1 changed'],
      ['a requirement’s title', ['1: Expiry', '1: End'], 'Requirement 1 changed'],
      ['words below a criterion', ['one day', 'two days'], 'the text after 1.1 changed'],
      ['a section of a requirement', ['Disks', 'Tapes'], 'Why changed'],
      ['a section after all requirements', ['a.js', 'b.js'], 'Evidence changed'],
      [
        'words before everything',
        ['# Requirements Document', 'Words before.\n\n# Requirements Document'],
        'the beginning new',
      ],
      ['a section that came', ['## Evidence', '## Open Points\n\nNone.\n\n## Evidence'], 'Open Points new'],
    ];
  for (const [what, [from, to], told] of edits) {
    it(`${what}: ${told}`, async () => {
      const harness = await startCore({ files: { [specFile('requirements.md')]: TEXT } });
      await harness.core.workflow.approve(SPEC, 'requirements');
      assert.equal(requirements(harness)?.changes, undefined);
      assert.ok(TEXT.includes(from));
      await write(harness, `${SPEC}/requirements.md`, TEXT.replace(from, to));
      const { state, changes } = requirements(harness) ?? {};
      assert.deepEqual([state, changes && changesWords(changes)], ['changed', told]);
    });
  }

  it('of a design and of tasks, too', async () => {
    const design = '# Design Document\n\n## Overview\n\nA sweep.\n\n### When\n\nAt night.\n';
    const tasks = '# Implementation Plan\n\nIn order.\n\n- [ ] 1. Sweep\n  - [ ] 1.1 Write it\n';
    const files = { ...FILES, [specFile('design.md')]: design, [specFile('tasks.md')]: tasks };
    const harness = await startCore({ files });
    await approveAll(harness.core, SPEC);
    const told = async (name: string, text: string) => {
      await write(harness, `${SPEC}/${name}`, text);
      const document = harness.core.specs.get(SPEC)?.documents.find(({ path }) => path.endsWith(name));
      return document?.changes && changesWords(document.changes);
    };
    assert.equal(await told('design.md', design.replace('night', 'noon')), 'When changed');
    assert.equal(await told('tasks.md', tasks.replace('In order', 'At once')), 'Implementation Plan changed');
    assert.equal(await told('tasks.md', tasks.replace('1.1 Write', '1.1 Test')), '1.1 changed');
    assert.equal(await told('tasks.md', tasks.replace('[ ] 1.1', '[ ]* 1.1')), '1.1 changed');
  });

  it('as well as the record can: one of an earlier version names no more than it did', () => {
    // As such versions wrote it of these very documents.
    const old = (text: string) => nodeHasher.sha256(text).slice(0, 16);
    const changes = (kind: DocumentKind, parts: Readonly<Record<string, string>>, text: string) =>
      changesWords(changesOf(parts, parseDocument(kind, text), nodeHasher));
    const criterion = 'WHEN a link is 30 days old, THE Link_Store SHALL delete it.';
    const edited = TEXT.replace('Links expire', 'Links end');
    assert.equal(changes('requirements', { '1.1': old(criterion) }, edited), undefined);
    assert.equal(changes('requirements', { '1.1': old(criterion), '1.2': old('x') }, edited), '1.2 gone');
    assert.equal(changes('requirements', { '1.1': old('another') }, edited), '1.1 changed');
    const design =
      '# Design\n\n## Overview\n\n### When\n\nAt night.\n\n## Properties\n\n### Property 1: It ends\n\n*For any* x.\n';
    const parts = {
      Overview: old('## Overview ### When At noon.'),
      Properties: old('## Properties ### Property 1: It ends *For any* x.'),
      'property 1': old('### Property 1: It ends *For any* x.'),
    };
    assert.equal(changes('design', parts, design), 'Overview changed');
  });
});

describe('An edit of approved requirements', () => {
  const TEXT = `${REQUIREMENTS}2. THE Link_Store SHALL keep a log.\n`;
  const DESIGN =
    '# Design Document\n\n## Sweep\n\nDeletes old links (Requirement 1.1).\n\n## Log\n\nOf Requirement 1.2.\n\n## Correctness Properties\n\n### Property 1: All\n\n*For any* link, it ends.\n\n**Validates: Requirements 1**\n';
  const TASKS =
    '# Plan\n\n- [ ] 1. Sweep\n  - _Requirements: 1.1_\n- [ ] 2. Log\n  - _Requirements: 1.2_\n- [ ] 3. All\n  - _Requirements: 1_\n';

  async function suspectsAfter(from: string, to: string) {
    const files = {
      [specFile('requirements.md')]: TEXT,
      [specFile('design.md')]: DESIGN,
      [specFile('tasks.md')]: TASKS,
    };
    const harness = await startCore({ files });
    await approveAll(harness.core, SPEC);
    await write(harness, `${SPEC}/requirements.md`, TEXT.replace(from, to));
    const spec = harness.core.specs.get(SPEC);
    assert.ok(spec);
    const { criteria } = await harness.core.trace.graph(spec, { code: false });
    const links = criteria.flatMap(({ levels }) => Object.values(levels).flatMap((level) => level.links));
    const suspects = links.filter(({ status }) => status === 'suspect').map(({ from: source }) => source);
    return { states: spec.documents.map(({ state }) => state), suspects: [...new Set(suspects)].sort() };
  }

  it('of a criterion makes suspect what names it, or its whole requirement, and nothing else', async () => {
    assert.deepEqual(await suspectsAfter('30', '60'), {
      states: ['changed', 'approved', 'approved'],
      suspects: ['design:Sweep', 'property:1', 'task:1', 'task:3'],
    });
  });

  for (const [what, from, to] of [
    ['a user story', 'As an owner', 'As a guest'],
    ['a requirement’s title', '1: Expiry', '1: End'],
    ['a term', 'keeps links', 'loses links'],
    ['the introduction', 'Links expire', 'Links end'],
  ] as const)
    it(`of ${what} makes nothing suspect: links are confirmed for the words of criteria`, async () => {
      assert.deepEqual(await suspectsAfter(from, to), {
        states: ['changed', 'approved', 'approved'],
        suspects: [],
      });
    });
});
