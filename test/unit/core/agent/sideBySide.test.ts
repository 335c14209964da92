// Feature: agent-engine, Property 1: Only what was called runs
// Verifies: agent-engine#1.3, #1.4, #2.1
import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod';
import { readLog } from '../../../../src/core/agent/session/sessionLog';
import { defineTool, reading, type Tool } from '../../../../src/core/agent/tool';
import { settle } from '../../../support/fakeClock';
import { runs } from '../../../support/soak';
import { quiet } from '../coreHarness';
import { call, startTalk, type Talk, told } from './conversation';

const DONE = { text: 'Done.' };

/** Tools that say when they begin and end, and end when they are let. */
function createProbe() {
  const journal: string[] = [];
  const waiting: (() => void)[] = [];
  let most = 0;
  let now = 0;
  async function work(name: string): Promise<string> {
    journal.push(`+${name}`);
    most = Math.max(most, ++now);
    await new Promise<void>((resolve) => waiting.push(resolve));
    now -= 1;
    journal.push(`-${name}`);
    if (name.startsWith('bad')) throw new Error(`${name} failed`);
    return `told by ${name}`;
  }
  const input = z.object({ name: z.string() });
  const look = defineTool({
    name: 'look',
    description: 'Looks.',
    reads: true,
    input,
    prepare: async ({ name }) => reading(() => work(name)),
  });
  const act = defineTool({
    name: 'act',
    description: 'Acts.',
    input,
    prepare: async ({ name }) => ({
      question: undefined,
      perform: async () => ({ ok: true, output: await work(name) }),
    }),
  });
  const tools: readonly Tool[] = [look, act];
  return { journal, tools, waiting, most: () => most };
}

const looks = (name: string) => call('look', { name }, `id_${name}`);
const acts = (name: string) => call('act', { name }, `id_${name}`);

describe('calls of one answer', () => {
  it('run side by side when they only look; the results keep the model’s order', async () => {
    const { tools, journal, waiting } = createProbe();
    const talk = startTalk({ tools, script: [{ tools: [looks('a'), looks('b'), looks('c')] }, DONE] });
    await quiet();
    assert.deepEqual(journal, ['+a', '+b', '+c']);
    for (const release of waiting.reverse()) {
      release();
      await settle();
    }
    await talk.ended;
    assert.deepEqual(journal.slice(3), ['-c', '-b', '-a']);
    assert.deepEqual(
      told(talk).map(({ text }) => text),
      ['told by a', 'told by b', 'told by c'],
    );
  });

  it('that act wait for those before them, and those after wait for them', async () => {
    const { tools, journal, waiting } = createProbe();
    const script = [{ tools: [looks('a'), acts('b'), looks('c'), looks('d'), acts('e'), acts('f')] }, DONE];
    const talk = startTalk({ tools, script });
    await releaseAll(talk, waiting);
    assert.deepEqual(journal, ['+a', '-a', '+b', '-b', '+c', '+d', '-c', '-d', '+e', '-e', '+f', '-f']);
  });

  it('each fail for themselves', async () => {
    const { tools, waiting } = createProbe();
    const talk = startTalk({ tools, script: [{ tools: [looks('a'), looks('bad'), looks('c')] }, DONE] });
    await releaseAll(talk, waiting);
    assert.deepEqual(
      told(talk).map(({ ok, text }) => [ok, text]),
      [
        [true, 'told by a'],
        [false, 'bad failed'],
        [true, 'told by c'],
      ],
    );
    assert.equal(talk.session.state.status, 'done');
  });

  it('stop together: none begins after the person stopped the session', async () => {
    const { tools, journal, waiting } = createProbe();
    const talk = startTalk({ tools, script: [{ tools: [looks('a'), looks('b'), acts('c')] }, DONE] });
    await quiet();
    talk.sessions.stop(talk.session.id);
    await releaseAll(talk, waiting);
    assert.equal(talk.session.state.status, 'cancelled');
    assert.deepEqual(journal, ['+a', '+b', '-a', '-b']);
    assert.equal(talk.model.requests.length, 1);
  });

  it('are in the log, on the disk, before they begin; however they are mixed', async () => {
    const kinds = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(kinds, async (mixed) => {
        const { tools, journal, waiting, most } = createProbe();
        const calls = mixed.map((isLook, index) => (isLook ? looks : acts)(`${index}`));
        const talk = startTalk({ tools, script: [{ tools: calls }, DONE] });
        let isOver = false;
        void talk.ended.then(() => {
          isOver = true;
        });
        for (let seen = 0; !isOver; ) {
          await settle();
          const begun = journal.slice(seen).filter((line) => line.startsWith('+'));
          seen = journal.length;
          for (const line of begun)
            assert.ok(talk.log().includes(`"tool.started","call":"id_${line.slice(1)}"`));
          waiting.shift()?.();
        }
        const order = readLog(talk.log()).flatMap((event) =>
          event.type === 'tool.started' ? [event.call] : [],
        );
        assert.deepEqual(
          order,
          calls.map(({ id }) => id),
        );
        assert.deepEqual(
          told(talk).map(({ text }) => text),
          mixed.map((_, index) => `told by ${index}`),
        );
        assert.ok(most() <= 8, 'not too many at once');
      }),
      runs(40),
    );
  });
});

async function releaseAll(talk: Talk, waiting: (() => void)[]): Promise<void> {
  let isOver = false;
  void talk.ended.then(() => {
    isOver = true;
  });
  while (!isOver) {
    await settle();
    waiting.shift()?.();
  }
}
