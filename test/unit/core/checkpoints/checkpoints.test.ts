// Feature: run-engine, Property 14: A restore is as it was shown
// Verifies: run-engine#4.4, #4.5
import assert from 'node:assert/strict';
import { lateCheckpoints } from '../../../../src/core/checkpoints/lateCheckpoints';
import type { Cause } from '../../../../src/core/checkpoints/model';
import { createHome } from '../../../../src/core/home';
import { createTestPorts, type TestPortsOptions } from '../../../support/testPorts';

const ROOT = '/project';

function setUp(options: TestPortsOptions = {}) {
  const ports = createTestPorts({ files: { 'a.txt': 'a1', 'b.txt': 'b1' }, ...options });
  const checkpoints = lateCheckpoints(ports, createHome('/home/.earshot', ports.hasher), [ROOT]);
  const failed: string[] = [];
  checkpoints.onDidFail(({ message }) => failed.push(message));
  async function take(cause: Cause = { kind: 'person', label: 'by hand' }) {
    const taken = await checkpoints.take(ROOT, cause);
    await ports.clock.advance(1000);
    assert.ok(taken);
    return taken;
  }
  const write = (path: string, text: string) => ports.files.writeText(`${ROOT}/${path}`, text);
  return {
    ports,
    checkpoints,
    failed,
    take,
    write,
    text: (path: string) => ports.files.text(`${ROOT}/${path}`),
  };
}

const turn = (session: string, seq: number): Cause => ({ kind: 'turn', session, turn: seq });

describe('checkpoints', () => {
  it('are listed newest first, and by what they were taken for', async () => {
    const { checkpoints, take, write } = setUp();
    const one = await take(turn('s1', 3));
    await write('a.txt', 'a2');
    const two = await take(turn('s2', 0));
    const three = await take({
      kind: 'task',
      spec: '/project/.kiro/specs/x',
      task: '1',
      when: 'before',
      run: 'r',
    });
    const all = await checkpoints.list();
    assert.deepEqual(all, [three, two, one]);
    assert.deepEqual([one.changed, two.changed, three.changed], [0, 1, 0]);
    assert.deepEqual(await checkpoints.list({ session: 's1' }), [one]);
    assert.deepEqual(await checkpoints.list({ run: 'r', root: ROOT }), [three]);
    assert.deepEqual(await checkpoints.list({ spec: '/project/.kiro/specs/x' }), [three]);
    assert.deepEqual(await checkpoints.list({ root: '/elsewhere' }), []);
  });

  it('are compared with each other and with now, and read', async () => {
    const { checkpoints, take, write } = setUp();
    const one = await take();
    await write('a.txt', 'a2');
    const two = await take();
    await write('c.txt', 'c1');
    assert.deepEqual(await checkpoints.diff(ROOT, one.id, two.id), [{ path: 'a.txt', change: 'changed' }]);
    assert.deepEqual(await checkpoints.diff(ROOT, two.id), [{ path: 'c.txt', change: 'added' }]);
    assert.equal(await checkpoints.read(ROOT, one.id, 'a.txt'), 'a1');
    assert.equal(await checkpoints.read(ROOT, one.id, 'c.txt'), undefined);
    assert.equal((await checkpoints.list()).length, 2, 'a look at now is no checkpoint');
  });

  it('call out what a person changed since the newest, and restoring is undone by restoring', async () => {
    const { checkpoints, take, write, text } = setUp();
    const one = await take();
    await write('a.txt', 'by the agent');
    await take();
    await write('b.txt', 'by the person');
    const plan = await checkpoints.plan(ROOT, one.id, { kind: 'all' });
    assert.deepEqual(
      plan.steps.map(({ path, byPerson }) => [path, byPerson]),
      [
        ['a.txt', false],
        ['b.txt', true],
      ],
    );
    const before = await checkpoints.restore(plan);
    assert.deepEqual([text('a.txt'), text('b.txt')], ['a1', 'b1']);
    assert.deepEqual(before.cause, { kind: 'restore', of: one.id });
    const back = await checkpoints.plan(ROOT, before.id, { kind: 'all' });
    assert.ok(
      back.steps.every(({ byPerson }) => !byPerson),
      'what a restore wrote is no person’s edit',
    );
    await checkpoints.restore(back);
    assert.deepEqual([text('a.txt'), text('b.txt')], ['by the agent', 'by the person']);
  });

  it('give back files, folders, what one turn changed, or part of a plan', async () => {
    const { checkpoints, take, write, text } = setUp();
    await write('d/e.txt', 'e1');
    const one = await take();
    await write('a.txt', 'a2');
    const two = await take();
    await write('b.txt', 'b2');
    await write('d/e.txt', 'e2');
    await take();
    const between = await checkpoints.plan(ROOT, one.id, { kind: 'between', from: one.id, to: two.id });
    assert.deepEqual(
      between.steps.map(({ path }) => path),
      ['a.txt'],
    );
    await checkpoints.restore(between);
    assert.deepEqual([text('a.txt'), text('b.txt')], ['a1', 'b2']);
    await checkpoints.restore(await checkpoints.plan(ROOT, one.id, { kind: 'paths', paths: ['d'] }));
    assert.deepEqual([text('d/e.txt'), text('b.txt')], ['e1', 'b2']);
    await write('a.txt', 'a3');
    const all = await checkpoints.plan(ROOT, one.id, { kind: 'all' });
    await checkpoints.restore({ ...all, steps: all.steps.filter(({ path }) => path === 'b.txt') });
    assert.deepEqual([text('a.txt'), text('b.txt')], ['a3', 'b1']);
  });

  it('take back what one task changed, line by line, where later ones and a person worked in the same files', async () => {
    const { checkpoints, take, write, text } = setUp();
    const tasks = (...boxes: readonly string[]) => boxes.map((box, i) => `- [${box}] ${i + 1}. T\n`).join('');
    const both = 'one\r\ntwo\r\nthree\r\nfour\r\n';
    await write('src.txt', both);
    await write('lines.txt', 'one\ntwo\n');
    await write('tasks.md', tasks(' ', ' ', ' '));
    const before = await take();
    await write('src.txt', both.replace('one', 'ONE'));
    await write('.earshot/.gitattributes', '*.jsonl merge=union\n');
    await write('own.txt', 'made by it');
    await write('clash.txt', 'made by it');
    await write('lines.txt', 'ONE\ntwo\n');
    await write('tasks.md', tasks('x', ' ', ' '));
    await write('.earshot/evidence.jsonl', '{"task":"1"}\n');
    const after = await take();
    await write('src.txt', both.replace('one', 'ONE').replace('four', 'FOUR'));
    await write('lines.txt', 'ONE\nTWO\n');
    await write('clash.txt', 'made by it, and changed by the next');
    await write('tasks.md', tasks('x', 'x', ' '));
    await write('.earshot/evidence.jsonl', '{"task":"1"}\n{"task":"2"}\n');
    await take();
    await write('tasks.md', tasks('x', 'x', ' ', ' '));
    const scope = { kind: 'between', from: before.id, to: after.id } as const;
    const plan = await checkpoints.plan(ROOT, before.id, scope);
    assert.deepEqual(
      plan.steps.map(({ path, change, partly, byPerson }) => [path, change, partly, byPerson]),
      [
        ['.earshot/evidence.jsonl', 'changed', true, false],
        ['own.txt', 'deleted', undefined, false],
        ['src.txt', 'changed', true, false],
        ['tasks.md', 'changed', true, true],
      ],
    );
    assert.deepEqual(plan.refused, [
      { path: 'clash.txt', why: 'It was made then, and changed since, so it stays as it is now.' },
      {
        path: 'lines.txt',
        why: 'The same lines, or lines beside them, were changed since, so it stays as it is now.',
      },
    ]);
    const undo = await checkpoints.restore(plan);
    assert.equal(text('src.txt'), both.replace('four', 'FOUR'), 'the ends of lines, too');
    assert.equal(text('tasks.md'), tasks(' ', 'x', ' ', ' '));
    assert.equal(text('.earshot/evidence.jsonl'), '{"task":"2"}\n');
    assert.deepEqual(
      [text('own.txt'), text('clash.txt')],
      [undefined, 'made by it, and changed by the next'],
    );
    assert.deepEqual((await checkpoints.plan(ROOT, before.id, scope)).steps, [], 'nothing is left of it');
    await checkpoints.restore(await checkpoints.plan(ROOT, undo.id, { kind: 'all' }));
    assert.deepEqual([text('own.txt'), text('tasks.md')], ['made by it', tasks('x', 'x', ' ', ' ')]);
  });

  it('take back what one task changed where others worked between its tries', async () => {
    const { checkpoints, take, write, text } = setUp();
    const lines = (...all: readonly string[]) => all.map((line) => `${line}\n`).join('');
    await write('both.txt', lines('one', 'two', 'three', 'four', 'five', 'six', 'seven'));
    await write('again.txt', 'a');
    await write('swung.txt', 'a');
    await write('later.txt', 'a');
    const before = await take();
    // The first try.
    await write('both.txt', lines('ONE', 'two', 'three', 'four', 'five', 'six', 'seven'));
    await write('again.txt', 'b');
    await write('own.txt', 'made by it');
    const left = await take();
    // Others.
    await write('both.txt', lines('ONE', 'two', 'three', 'FOUR', 'five', 'six', 'seven'));
    await write('theirs.txt', 'made by others');
    await write('swung.txt', 'b');
    await write('later.txt', 'b');
    const again = await take();
    // The second try.
    await write('both.txt', lines('ONE', 'two', 'three', 'FOUR', 'five', 'six', 'SEVEN'));
    await write('again.txt', 'c');
    await write('own.txt', 'made by it, and better');
    await write('swung.txt', 'a');
    await write('later.txt', 'c');
    const after = await take();
    const pauses = [{ left: left.id, again: again.id }];
    const scope = { kind: 'between', from: before.id, to: after.id, pauses } as const;
    const plan = await checkpoints.plan(ROOT, before.id, scope);
    assert.deepEqual(
      plan.steps.map(({ path, change, partly }) => [path, change, partly]),
      [
        ['again.txt', 'changed', undefined],
        ['both.txt', 'changed', true],
        ['later.txt', 'changed', true],
        ['own.txt', 'deleted', undefined],
      ],
    );
    assert.deepEqual(plan.refused, [
      { path: 'swung.txt', why: 'Others changed it between its tries, so it stays as it is now.' },
    ]);
    assert.deepEqual(plan.notes, ['Others worked between its tries: what they did stays.']);
    await checkpoints.restore(plan);
    assert.equal(text('both.txt'), lines('one', 'two', 'three', 'FOUR', 'five', 'six', 'seven'));
    assert.deepEqual(['again.txt', 'later.txt', 'own.txt', 'theirs.txt', 'swung.txt'].map(text), [
      'a',
      'b',
      undefined,
      'made by others',
      'a',
    ]);
    assert.deepEqual((await checkpoints.plan(ROOT, before.id, scope)).steps, [], 'nothing is left of it');
  });

  it('refuse a plan that is stale, and write nothing then', async () => {
    const { checkpoints, take, write, text } = setUp();
    const one = await take();
    await write('a.txt', 'a2');
    const plan = await checkpoints.plan(ROOT, one.id, { kind: 'all' });
    await write('a.txt', 'typed meanwhile');
    await assert.rejects(checkpoints.restore(plan), { reason: 'changed', message: /a\.txt changed/ });
    assert.equal(text('a.txt'), 'typed meanwhile');
    assert.equal((await checkpoints.list()).length, 1);
    await assert.rejects(checkpoints.plan(ROOT, 'f'.repeat(40), { kind: 'all' }), { reason: 'notFound' });
  });

  it('are not taken where it is not trusted or they are off', async () => {
    const untrusted = setUp({ trusted: false });
    assert.equal(await untrusted.checkpoints.take(ROOT, turn('s', 0)), undefined);
    await assert.rejects(untrusted.checkpoints.plan(ROOT, 'x', { kind: 'all' }), { reason: 'untrusted' });
    const off = setUp();
    const settings = { on: false, maxFileSize: 1, maxStoreSize: 1, keep: 1, keepDays: 1 };
    off.ports.set({ checkpoints: settings });
    assert.equal(await off.checkpoints.take(ROOT, turn('s', 0)), undefined);
    assert.deepEqual([...untrusted.failed, ...off.failed], []);
  });

  it('that fail say so once, and hold nobody up', async () => {
    const { ports, checkpoints, failed } = setUp();
    ports.snapshots.take = async () => {
      throw new Error('The disk is full');
    };
    assert.equal(await checkpoints.take(ROOT, turn('s', 0)), undefined);
    assert.equal(await checkpoints.take(ROOT, turn('s', 4)), undefined);
    assert.deepEqual(failed, ['No checkpoint: The disk is full']);
  });

  it('survive a torn line in their records', async () => {
    const { ports, checkpoints, take } = setUp();
    const one = await take();
    const [file] = Object.keys(ports.files.snapshot()).filter((path) => path.includes('/checkpoints/'));
    assert.ok(file);
    await ports.files.appendLines(file, '{"type":"checkpoint","id":"ab');
    assert.deepEqual(await checkpoints.list(), [one]);
  });
});
