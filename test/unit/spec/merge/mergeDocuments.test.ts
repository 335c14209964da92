/** Two people change one text: nothing is lost, and only what both changed is a conflict. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { mergeDocuments } from '../../../../src/core/spec/merge/mergeDocuments';
import { splitParts } from '../../../../src/core/spec/merge/parts';
import { parseDocument } from '../../../../src/core/spec/parseDocument';
import { FILE_NAMES } from '../../../../src/core/spec/readSpec';
import { corpusFiles } from '../../../support/corpus';
import { runs } from '../../../support/soak';

const SUBJECTS = ['door', 'bell', 'lamp', 'gate', 'lift', 'stair', 'window', 'heater'];

/** A criterion that nobody else has, by its number. */
const criterion = (index: number, seconds = 5) =>
  `WHEN guest ${index} calls the ${SUBJECTS[index % SUBJECTS.length]}, THE House SHALL answer number ${index} within ${seconds} seconds`;

/** Requirements of three criteria each, numbered as they stand. */
function documentOf(criteria: readonly string[]): string {
  const blocks = [];
  for (let at = 0; at < criteria.length; at += 3) {
    const list = criteria.slice(at, at + 3).map((words, index) => `${index + 1}. ${words}`);
    blocks.push(
      `### Requirement ${at / 3 + 1}: Part ${at / 3 + 1}\n\n#### Acceptance Criteria\n\n${list.join('\n')}\n`,
    );
  }
  return `# Requirements Document\n\n## Requirements\n\n${blocks.join('\n')}`;
}

const merge = (base: string, ours: string, theirs: string) =>
  mergeDocuments('requirements', { base, ours, theirs });

const BASE = documentOf([0, 1, 2, 3, 4, 5].map((index) => criterion(index)));
const swap = (text: string, index: number, seconds: number) =>
  text.replace(criterion(index), criterion(index, seconds));

describe('A merge of two changes', () => {
  it('takes both where they touch neighbours', () => {
    const { text, conflicts } = merge(BASE, swap(BASE, 1, 7), swap(BASE, 2, 9));
    assert.deepEqual(conflicts, []);
    assert.equal(text, swap(swap(BASE, 1, 7), 2, 9));
  });

  it('is a conflict where both change one criterion, and names it', () => {
    const { text, conflicts } = merge(BASE, swap(BASE, 1, 7), swap(swap(BASE, 1, 9), 4, 9));
    assert.deepEqual(
      conflicts.map(({ id }) => id),
      ['1.2'],
    );
    assert.match(conflicts[0]?.theirs ?? '', /within 9/);
    assert.equal(text, swap(swap(BASE, 1, 7), 4, 9), 'ours stands, and the rest is merged');
  });

  it('is none where both make the same change', () => {
    assert.deepEqual(merge(BASE, swap(BASE, 1, 7), swap(BASE, 1, 7)), {
      text: swap(BASE, 1, 7),
      conflicts: [],
    });
  });

  it('is a conflict where one changes what the other takes out', () => {
    const without = BASE.replace(`2. ${criterion(1)}\n`, '');
    const { conflicts } = merge(BASE, without, swap(BASE, 1, 9));
    assert.deepEqual(
      conflicts.map(({ id, ours }) => [id, ours]),
      [['1.2', undefined]],
    );
  });

  it('keeps what both insert at one place', () => {
    const add = (index: number) =>
      BASE.replace(`3. ${criterion(2)}\n`, `3. ${criterion(2)}\n4. ${criterion(index)}\n`);
    const { text, conflicts } = merge(BASE, add(20), add(30));
    assert.deepEqual(conflicts, []);
    assert.ok(text.includes(`4. ${criterion(20)}\n5. ${criterion(30)}\n`));
  });

  it('has a criterion that both move once', () => {
    const list = [0, 1, 2, 3, 4, 5].map((index) => criterion(index));
    const order = (...indexes: number[]) => documentOf(indexes.map((index) => list[index] ?? ''));
    const { text, conflicts } = merge(BASE, order(1, 2, 3, 4, 5, 0), order(1, 2, 0, 3, 4, 5));
    assert.deepEqual(conflicts, []);
    assert.equal(text.split(criterion(0)).length, 2);
  });

  it('keeps line ends, byte order mark and the end of our text', () => {
    const ours = `\uFEFF${swap(BASE, 0, 7).trimEnd()}`.replaceAll('\n', '\r\n');
    const { text } = merge(BASE, ours, swap(BASE, 5, 9));
    assert.equal(text, `\uFEFF${swap(swap(BASE, 0, 7), 5, 9).trimEnd()}`.replaceAll('\n', '\r\n'));
  });

  it('reads tasks and designs by their own parts', () => {
    const tasks =
      '# Plan\n\n- [ ] 1. Build the door\n  - [ ] 1.1 Cut wood\n  - [ ] 1.2 Paint it\n- [ ] 2. Hang the door\n';
    const merged = mergeDocuments('tasks', {
      base: tasks,
      ours: tasks.replace('Cut wood', 'Cut the wood'),
      theirs: tasks.replace('Paint it', 'Paint it red'),
    });
    assert.deepEqual(merged, {
      text: tasks.replace('Cut wood', 'Cut the wood').replace('Paint it', 'Paint it red'),
      conflicts: [],
    });
    const design = '# Design\n\n## Overview\n\nA door.\n\n## Data\n\nNone.\n';
    const both = mergeDocuments('design', {
      base: design,
      ours: design.replace('A door.', 'A red door.'),
      theirs: design.replace('None.', 'One row.'),
    });
    assert.deepEqual(both.conflicts, []);
    assert.equal(both.text, design.replace('A door.', 'A red door.').replace('None.', 'One row.'));
  });
});

/** What one person does to the criteria, each known by its place in the base. */
interface Change {
  readonly at: number;
  readonly what: 'reword' | 'insert' | 'remove';
}

const COUNT = 9;
const changes = fc.uniqueArray(
  fc.record<Change>({
    at: fc.integer({ min: 0, max: COUNT - 1 }),
    what: fc.constantFrom('reword', 'insert', 'remove'),
  }),
  { maxLength: 4, selector: ({ at }) => at },
);

function changed(script: readonly Change[], seconds: number): string {
  const list = Array.from({ length: COUNT }, (_, index) => {
    const change = script.find(({ at }) => at === index);
    if (change?.what === 'remove') return [];
    if (change?.what === 'reword') return [criterion(index, seconds)];
    return change === undefined
      ? [criterion(index)]
      : [criterion(index), criterion(index + seconds * 100, seconds)];
  });
  // Each requirement keeps its own, so that only the numbers of one list move.
  const blocks = [0, 3, 6].map((from) => {
    const own = list.slice(from, from + 3).flat();
    return `### Requirement ${from / 3 + 1}: Part\n\n#### Acceptance Criteria\n\n${own.map((words, index) => `${index + 1}. ${words}\n`).join('')}`;
  });
  return `# Requirements Document\n\n## Requirements\n\n${blocks.join('\n')}`;
}

describe('A merge of any two changes', () => {
  it('loses none, and conflicts only where one criterion was changed twice', () => {
    fc.assert(
      fc.property(changes, changes, (mine, yours) => {
        const { text, conflicts } = merge(changed([], 0), changed(mine, 7), changed(yours, 9));
        const touched = (script: readonly Change[]) => script.filter(({ what }) => what !== 'insert');
        const twice = touched(mine).filter(({ at, what }) =>
          touched(yours).some((other) => other.at === at && (what !== 'remove' || other.what !== 'remove')),
        );
        assert.equal(conflicts.length, twice.length);
        for (const [script, seconds] of [
          [mine, 7],
          [yours, 9],
        ] as const)
          for (const { at, what } of script) {
            const isTwice = twice.some((other) => other.at === at);
            if (what === 'insert') assert.equal(text.split(criterion(at + seconds * 100, seconds)).length, 2);
            else if (what === 'reword' && !isTwice) assert.ok(text.includes(criterion(at, seconds)));
            else if (what === 'remove' && !isTwice) assert.ok(!text.includes(criterion(at)));
          }
      }),
      runs(100),
    );
  });

  it('is as git’s where git finds no conflict, and finds fewer', () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-test-'));
    const seen = { git: 0, own: 0 };
    try {
      fc.assert(
        fc.property(changes, changes, (mine, yours) => {
          const [base, ours, theirs] = [changed([], 0), changed(mine, 7), changed(yours, 9)];
          const names = Object.entries({ ours, base, theirs }).map(([name, text]) => {
            writeFileSync(join(folder, name), text);
            return name;
          });
          const git = spawnSync('git', ['merge-file', '-p', ...names], { cwd: folder, encoding: 'utf8' });
          const { text, conflicts } = merge(base, ours, theirs);
          if (git.status !== 0) seen.git++;
          if (conflicts.length > 0) seen.own++;
          if (git.status !== 0) return;
          assert.deepEqual(conflicts, []);
          assert.equal(withoutNumbers(text), withoutNumbers(git.stdout));
        }),
        runs(20),
      );
      assert.ok(seen.own < seen.git, JSON.stringify(seen));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('with one side unchanged is the other, for any text', () => {
    fc.assert(
      fc.property(changes, fc.string(), (script, more) => {
        const [base, other] = [changed([], 0), `${changed(script, 7)}${more.replaceAll('\r', '')}\n`];
        assert.equal(merge(base, base, other).text, other);
        assert.equal(merge(base, other, base).text, other);
        assert.deepEqual(merge(base, other, base).conflicts, []);
      }),
      runs(100),
    );
  });
});

/** Which number a list gives a criterion is settled by the lists, not by who wins. */
function withoutNumbers(text: string): string {
  return text.replace(/^\d+\. /gm, '1. ');
}

describe('The parts of a document', () => {
  it('are its text, joined, for every document of the corpus', function () {
    let read = 0;
    for (const kind of ['requirements', 'bugfix', 'design', 'tasks'] as const)
      for (const { text } of corpusFiles(FILE_NAMES[kind])) {
        read++;
        const parts = splitParts(parseDocument(kind, text));
        assert.equal(parts.map(({ number, words, gap }) => number + words + gap).join(''), text);
      }
    if (read === 0) this.skip();
  });
});
