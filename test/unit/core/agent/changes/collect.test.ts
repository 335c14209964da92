// Feature: agent-engine, Property 8: What is refused is gone, and only that
// Verifies: agent-engine#5.2, #5.3
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addStep, filesOf } from '../../../../../src/core/agent/changes/collect';
import { foldChanges, NO_CHANGES } from '../../../../../src/core/agent/changes/foldChanges';
import { hunksOf, withHunks } from '../../../../../src/core/agent/changes/hunks';
import type { ChangedFile, Choices, PathStep } from '../../../../../src/core/agent/changes/model';
import { takeBack } from '../../../../../src/core/agent/changes/takeBack';
import type { FileEdit, SessionEvent } from '../../../../../src/core/agent/session/events';
import { createMemoryFileCopies } from '../../../../support/memoryFileCopies';
import { createMemoryFiles, type MemoryFiles } from '../../../../support/memoryFiles';
import { runs } from '../../../../support/soak';
import { createTestPorts } from '../../../../support/testPorts';

const ROOT = '/w';
const PATHS = ['a', 'b', 'c', 'd/e'] as const;

type Act =
  | { readonly type: 'write'; readonly path: string; readonly text: string }
  | { readonly type: 'delete'; readonly path: string }
  | { readonly type: 'move'; readonly path: string; readonly to: string };

const path = fc.constantFrom(...PATHS);
const text = fc
  .array(fc.constantFrom('one\n', 'two\n', 'three\r\n', '\n', '🎉\n'), { maxLength: 8 })
  .chain((lines) => fc.constantFrom('', 'end').map((last) => lines.join('') + last));
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('write' as const), path, text }) },
  fc.record({ type: fc.constant('delete' as const), path }),
  fc.record({ type: fc.constant('move' as const), path, to: path }),
);
const start = fc.dictionary(path, text, { maxKeys: 4 });

interface World {
  readonly files: MemoryFiles;
  readonly copies: ReturnType<typeof createMemoryFileCopies>;
  steps: readonly PathStep[];
}

function world(given: Readonly<Record<string, string>>): World {
  const files = createMemoryFiles({ root: ROOT, files: given });
  return { files, copies: createMemoryFileCopies(files), steps: [] };
}

/** As the tools do it, each with a copy first; what they would refuse is not done. */
async function perform(world: World, one: Act): Promise<void> {
  const { files, copies } = world;
  const place = `${ROOT}/${one.path}`;
  const there = files.text(place);
  if (one.type !== 'write' && there === undefined) return;
  if (one.type === 'move' && files.text(`${ROOT}/${one.to}`) !== undefined) return;
  const kept = await copies.keep(place);
  const copy = { reviewed: true, ...(kept ? { kept } : {}) };
  const note = (touch: { path: string; from?: string; deletes?: true }, edit: FileEdit) => {
    world.steps = addStep(world.steps, { ...touch, ...copy }, edit);
  };
  if (one.type === 'write') {
    await files.writeText(place, one.text);
    note({ path: one.path }, { path: one.path, before: there, after: one.text });
  } else if (one.type === 'delete') {
    await files.remove(place);
    note({ path: one.path, deletes: true }, { path: one.path, before: there, after: undefined });
  } else {
    await files.move(place, `${ROOT}/${one.to}`);
    const edit = { path: one.to, from: one.path, before: undefined, after: there };
    note({ path: one.to, from: one.path }, edit);
  }
}

const { hasher } = createTestPorts();

function refuse({ files, copies, steps }: World, refused: Choices) {
  return takeBack({ files, copies, hasher }, ROOT, filesOf(steps), refused);
}

const all = (files: readonly ChangedFile[]): Choices =>
  Object.fromEntries(files.map(({ path: name }) => [name, 'all' as const]));

describe('the change set of a turn', () => {
  it('refused as a whole gives back every file as it was, whatever the agent did', async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.array(act, { maxLength: 12 }), async (given, acts) => {
        const made = world(given);
        const before = made.files.snapshot();
        for (const one of acts) await perform(made, one);
        assert.deepEqual(await refuse(made, all(filesOf(made.steps))), []);
        assert.deepEqual(made.files.snapshot(), before);
        // Once more, as after a crash in the middle of it.
        assert.deepEqual(await refuse(made, all(filesOf(made.steps))), []);
        assert.deepEqual(made.files.snapshot(), before);
      }),
      runs(500),
    );
  });

  it('names what differs and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.array(act, { maxLength: 12 }), async (given, acts) => {
        const made = world(given);
        const before = made.files.snapshot();
        for (const one of acts) await perform(made, one);
        const after = made.files.snapshot();
        const files = filesOf(made.steps);
        const rebuilt = new Map(Object.entries(before));
        for (const { path: name, from } of files) {
          rebuilt.delete(`${ROOT}/${from ?? name}`);
        }
        for (const { path: name, after: now } of files) {
          if (typeof now === 'string') rebuilt.set(`${ROOT}/${name}`, now);
        }
        assert.deepEqual(Object.fromEntries([...rebuilt].sort(([a], [b]) => (a < b ? -1 : 1))), after);
        const differs = (name: string) => before[`${ROOT}/${name}`] !== after[`${ROOT}/${name}`];
        for (const file of files) assert.ok(differs(file.path), file.path);
      }),
      runs(300),
    );
  });

  it('with some hunks refused leaves exactly the others in each file', async () => {
    const edits = fc.array(fc.record({ type: fc.constant('write' as const), path, text }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(start, edits, fc.infiniteStream(fc.boolean()), async (given, acts, coin) => {
        const made = world(given);
        for (const one of acts) await perform(made, one);
        const wanted: Record<string, string> = { ...made.files.snapshot() };
        const refused: Record<string, number[]> = {};
        for (const { path: name, before, after } of filesOf(made.steps)) {
          if (typeof before !== 'string' || typeof after !== 'string') continue;
          const hunks = hunksOf(before, after);
          const out = hunks.flatMap((_, index) => (coin.next().value ? [index] : []));
          if (out.length > 0) refused[name] = out;
          wanted[`${ROOT}/${name}`] = withHunks(before, hunks, (index) => !out.includes(index));
        }
        assert.deepEqual(await refuse(made, refused), []);
        assert.deepEqual(made.files.snapshot(), wanted);
      }),
      runs(400),
    );
  });

  it('keeps what a person wrote elsewhere in the file, before and after the turn', async () => {
    const lines = (...changed: readonly (readonly [number, string])[]) => {
      const made = Array.from({ length: 20 }, (_, index) => `line ${index}\n`);
      for (const [at, word] of changed) made[at] = `${word}\n`;
      return made.join('');
    };
    const made = world({ a: lines() });
    await perform(made, { type: 'write', path: 'a', text: lines([2, 'agent']) });
    // The person, between two steps of the agent.
    await made.files.writeText(`${ROOT}/a`, lines([2, 'agent'], [10, 'person']));
    await perform(made, { type: 'write', path: 'a', text: lines([2, 'agent'], [10, 'person'], [6, 'more']) });
    // And again, when the turn is over.
    await made.files.writeText(`${ROOT}/a`, lines([2, 'agent'], [10, 'person'], [6, 'more'], [18, 'later']));
    const [file] = filesOf(made.steps);
    assert.equal(file?.before, lines([10, 'person']), 'the person’s line is none of the agent’s change');
    assert.deepEqual(await refuse(made, { a: 'all' }), []);
    assert.equal(made.files.text(`${ROOT}/a`), lines([10, 'person'], [18, 'later']));
  });

  it('leaves a file alone where the person changed the same lines, and says so', async () => {
    const made = world({ a: 'one\n', gone: 'text\n' });
    await perform(made, { type: 'write', path: 'a', text: 'two\n' });
    await perform(made, { type: 'write', path: 'new', text: 'new\n' });
    await perform(made, { type: 'delete', path: 'gone' });
    await perform(made, { type: 'write', path: 'b', text: 'mine\n' });
    await made.files.writeText(`${ROOT}/a`, 'three\n');
    await made.files.writeText(`${ROOT}/new`, 'new\nand the person’s\n');
    await made.files.writeText(`${ROOT}/gone`, 'another\n');
    await made.files.remove(`${ROOT}/b`);
    const now = made.files.snapshot();
    const left = await refuse(made, { a: 'all', new: 'all', gone: 'all', b: 'all' });
    assert.deepEqual(made.files.snapshot(), now, 'nothing is lost');
    assert.deepEqual(left.map(({ path: name }) => name).sort(), ['a', 'gone', 'new']);
    assert.match(left.find(({ path: name }) => name === 'a')?.why ?? '', /You changed the same lines/);
  });
});

describe('a call that changes several files', () => {
  it('has each of them in the set', () => {
    const body = (type: string, more: object) => ({ type, call: 'c', seq: 0, at: 0, ...more });
    const touch = { path: 'a', reviewed: true, also: [{ path: 'b' }] };
    const edit = { path: 'a', before: '1', after: '2', also: [{ path: 'b', before: '3', after: '4' }] };
    const events = [
      body('change.began', { touch }),
      body('tool.ended', { ok: true, output: '', durationMs: 0, edit }),
    ] as SessionEvent[];
    const { set } = events.reduce(foldChanges, NO_CHANGES);
    assert.deepEqual(
      set?.files.map(({ path: name, before, after }) => [name, before, after]),
      [
        ['a', '1', '2'],
        ['b', '3', '4'],
      ],
    );
  });
});
