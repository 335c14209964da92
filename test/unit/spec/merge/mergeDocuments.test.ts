// Feature: workflow-engine, Property 10: No update is lost
// Verifies: workflow-engine#4.6
/** Two people change one text: nothing is lost, and only what both changed is a conflict. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Merged, mergeDocuments } from '../../../../src/core/spec/merge/mergeDocuments';
import { splitParts } from '../../../../src/core/spec/merge/parts';
import { parseDocument } from '../../../../src/core/spec/parseDocument';
import { FILE_NAMES } from '../../../../src/core/spec/readSpec';
import { corpusFiles } from '../../../support/corpus';
import { runs } from '../../../support/soak';

/** A criterion that is like no other, by its number. */
const criterion = (at: number, seconds = 5) =>
  `WHEN guest${at} rings bell${at}, THE Porter${at} SHALL lift door${at}, lamp${at}, gate${at}, stair${at} within ${seconds} seconds`;

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

  it('has both sides of a conflict between git’s marks, where that is asked for', () => {
    const { text } = mergeDocuments(
      'requirements',
      { base: BASE, ours: swap(BASE, 1, 7), theirs: swap(swap(BASE, 1, 9), 4, 9) },
      { ours: 'mine', theirs: 'yours' },
    );
    const both = `<<<<<<< mine\n2. ${criterion(1, 7)}\n||||||| before\n2. ${criterion(1)}\n=======\n2. ${criterion(1, 9)}\n>>>>>>> yours`;
    assert.equal(text, swap(BASE, 4, 9).replace(`2. ${criterion(1)}`, both));
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

  it('knows a criterion again that stands behind a new one in the same words but for one', () => {
    const call = (floor: string, seconds: number) =>
      `WHEN a guest on the ${floor} floor calls the lift, THE House SHALL send it within ${seconds} seconds`;
    const base = documentOf([call('first', 5), call('second', 5)]);
    const theirs = documentOf([call('first', 5), call('third', 9), call('second', 9)]);
    const { text, conflicts } = merge(base, documentOf([call('first', 7), call('second', 5)]), theirs);
    assert.deepEqual(conflicts, []);
    assert.equal(text, documentOf([call('first', 7), call('third', 9), call('second', 9)]));
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

/** Fails where a change is lost, or where there are more or fewer conflicts than criteria that were changed twice. */
function judge(mine: readonly Change[], yours: readonly Change[]): Merged {
  const merged = merge(changed([], 0), changed(mine, 7), changed(yours, 9));
  const { text, conflicts } = merged;
  const touched = (script: readonly Change[]) => script.filter(({ what }) => what !== 'insert');
  const both = touched(mine).filter(({ at }) => touched(yours).some((other) => other.at === at));
  // Taken out by both is no conflict, unless one put another in its place.
  const twice = both.filter(
    ({ at, what }) =>
      what !== 'remove' || touched(yours).some((other) => other.at === at && other.what !== 'remove'),
  );
  const conflictAt = (at: number) => conflicts.find(({ base }) => base.includes(criterion(at)));
  for (const { at } of twice) assert.ok(conflictAt(at), `no conflict at ${at}`);
  for (const { base } of conflicts)
    assert.ok(
      both.some(({ at }) => base.includes(criterion(at))),
      base,
    );
  for (const [script, seconds] of [
    [mine, 7],
    [yours, 9],
  ] as const)
    for (const { at, what } of script) {
      const words = criterion(at + seconds * 100, seconds);
      const told = conflicts.some(({ ours, theirs }) => `${ours}${theirs}`.includes(words));
      if (what === 'insert') assert.equal(text.split(words).length, told && seconds === 9 ? 1 : 2);
      else if (conflictAt(at) !== undefined) continue;
      else if (what === 'reword') assert.ok(text.includes(criterion(at, seconds)));
      else assert.ok(!text.includes(criterion(at)));
    }
  // Neither side of a conflict is lost: it is told whole.
  for (const { at, what } of yours.filter((change) => twice.some((other) => other.at === change.at)))
    if (what === 'reword') assert.ok(conflicts.some(({ theirs }) => theirs?.includes(criterion(at, 9))));
  return merged;
}

describe('A merge of any two changes', () => {
  it('loses none, and conflicts only where one criterion was changed twice', () => {
    fc.assert(
      fc.property(changes, changes, (mine, yours) => void judge(mine, yours)),
      runs(100),
    );
  });

  it('is so in 1,000 cases', () => {
    for (const [mine, yours] of fc.sample(fc.tuple(changes, changes), { numRuns: 1000, seed: 5 }))
      judge(mine, yours);
  });

  // With EARSHOT_SOAK=1 in 1,000: a process of git's for each is what takes the time.
  it('is as git’s wherever git finds no conflict, and finds fewer', () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-test-'));
    try {
      const cases = fc.sample(fc.tuple(changes, changes), runs(20));
      cases.forEach(([mine, yours], index) => {
        for (const [name, text] of Object.entries({
          ours: changed(mine, 7),
          base: changed([], 0),
          theirs: changed(yours, 9),
        }))
          writeFileSync(join(folder, `${index}.${name}`), text);
      });
      // In one shell: a process of its own for each would take longer to start than to work.
      const loop = `i=0; while [ $i -lt ${cases.length} ]; do git merge-file -q $i.ours $i.base $i.theirs; echo $?; i=$((i+1)); done`;
      const { stdout } = spawnSync('sh', ['-c', loop], { cwd: folder, encoding: 'utf8' });
      const codes = stdout.trim().split('\n').map(Number);
      assert.equal(codes.length, cases.length);
      let own = 0;
      cases.forEach(([mine, yours], index) => {
        const { text, conflicts } = judge(mine, yours);
        if (conflicts.length > 0) own++;
        if (codes[index] !== 0) return;
        assert.deepEqual(conflicts, []);
        assert.equal(
          withoutNumbers(text),
          withoutNumbers(readFileSync(join(folder, `${index}.ours`), 'utf8')),
        );
      });
      const git = codes.filter((code) => code !== 0).length;
      assert.ok(own < git && git < cases.length, JSON.stringify({ own, git }));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }).timeout(600_000);

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
