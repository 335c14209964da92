// Feature: run-engine, Property 15: A turn has its checkpoint
// Verifies: run-engine#4.1, #4.6
import assert from 'node:assert/strict';
import { createScriptedModel, type ModelTurn } from '../../../support/scriptedModel';
import { startCore, until } from '../coreHarness';

const write = (path: string, text: string): ModelTurn => ({
  tools: [{ name: 'write_file', input: { path, content: text } }],
});
const DONE: ModelTurn = { text: 'Done.' };

async function chat(
  turns: readonly ModelTurn[],
  files: Readonly<Record<string, string>> = { 'a.txt': 'a1\n' },
) {
  const harness = await startCore({
    model: createScriptedModel({ turns }),
    settings: { autonomy: 'autopilot' },
    files,
  });
  const { core, ports } = harness;
  let id = '';
  return {
    ...harness,
    async say(text: string) {
      if (id === '') id = await core.chats.start('/project', { text });
      else await core.chats.say(id, { text });
      await until(ports, () => core.sessions.get(id)?.status !== 'running' && !core.sessions.isLive(id));
      return id;
    },
  };
}

describe('a turn', () => {
  it('that changes something has one checkpoint, from before it, and what it left', async () => {
    const { core, ports, say } = await chat([write('a.txt', 'a2\n'), write('b.txt', 'b1\n'), DONE]);
    const session = await say('Change it.');
    const [taken, ...others] = await core.checkpoints.list({ session });
    assert.ok(taken?.after);
    assert.deepEqual(others, []);
    assert.equal(await core.checkpoints.read('/project', taken.id, 'a.txt'), 'a1\n');
    assert.deepEqual(await core.checkpoints.diff('/project', taken.id, taken.after), [
      { path: 'a.txt', change: 'changed' },
      { path: 'b.txt', change: 'added' },
    ]);
    await ports.files.writeText('/project/c.txt', 'by hand');
    const between = { kind: 'between', from: taken.id, to: taken.after } as const;
    const plan = await core.checkpoints.plan('/project', taken.id, between);
    assert.deepEqual(
      plan.steps.map(({ path, byPerson }) => [path, byPerson]),
      [
        ['a.txt', false],
        ['b.txt', false],
      ],
    );
    await core.checkpoints.restore(plan);
    assert.equal(ports.files.text('/project/a.txt'), 'a1\n');
    assert.equal(ports.files.text('/project/b.txt'), undefined);
    assert.equal(ports.files.text('/project/c.txt'), 'by hand');
  });

  it('that only looks has none', async () => {
    const { core, say } = await chat([{ tools: [{ name: 'read_file', input: { path: 'a.txt' } }] }, DONE]);
    await say('Look.');
    assert.deepEqual(await core.checkpoints.list(), []);
  });

  it('is named by the words that began it, so that the conversation can be forked there', async () => {
    const { core, say } = await chat([write('a.txt', 'a2\n'), DONE, write('a.txt', 'a3\n'), DONE]);
    await say('First.');
    const session = await say('Second.');
    const [second, first] = await core.checkpoints.list({ session });
    const words = core.sessions
      .get(session)
      ?.items.flatMap((item) => (item.type === 'user' ? [item.seq] : []));
    assert.deepEqual(
      [first?.cause, second?.cause],
      words?.map((turn) => ({ kind: 'turn', session, turn })),
    );
    assert.ok(second?.cause.kind === 'turn');
    const fork = await core.sessions.fork(session, second.cause.turn);
    const told = core.sessions.get(fork)?.items.flatMap((item) => (item.type === 'user' ? [item.text] : []));
    assert.deepEqual(told, ['First.']);
  });

  it('goes on where no checkpoint can be taken', async () => {
    const { core, ports, say } = await chat([write('a.txt', 'a2\n'), DONE]);
    const told: string[] = [];
    core.checkpoints.onDidFail(({ message }) => told.push(message));
    ports.snapshots.take = async () => {
      throw new Error('The disk is full');
    };
    await say('Change it.');
    assert.equal(ports.files.text('/project/a.txt'), 'a2\n');
    assert.deepEqual(told, ['No checkpoint: The disk is full']);
  });
});
