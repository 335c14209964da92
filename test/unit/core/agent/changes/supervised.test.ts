// Feature: agent-engine, Property 8: What is refused is gone, and only that
// Verifies: agent-engine#5.1, #5.4
import assert from 'node:assert/strict';
import { createReviews } from '../../../../../src/core/agent/changes/reviews';
import { quiet } from '../../coreHarness';
import { call, resumeTalk, startTalk, type Talk, told, write } from '../conversation';

const SUPERVISED = { settings: { autonomy: 'supervised' } } as const;
const DONE = { text: 'Done.' };
const LINES = Array.from({ length: 12 }, (_, index) => `line ${index}\n`);
const BEFORE = LINES.join('');
const AFTER = LINES.with(1, 'one\n').with(9, 'nine\n').join('');

const open = ({ session }: Talk) => session.state.changes.set;
const words = ({ model }: Talk) => {
  const blocks = model.requests.at(-1)?.messages.at(-1)?.content ?? [];
  return blocks.flatMap((block) => (block.type === 'text' ? [block.text] : []));
};
const decide = ({ sessions, session }: Talk, how: 'chosen' | 'keepAll' | 'refuseAll') =>
  assert.ok(sessions.review(session.id, { type: 'decide', how }));
const reviewsOf = ({ ports, sessions }: Talk) => createReviews(ports, sessions, () => {});

describe('a supervised agent', () => {
  it('writes without a question, so that its commands see it, and waits when its turn is over', async () => {
    const talk = startTalk({
      ...SUPERVISED,
      files: { a: BEFORE },
      commands: { test: 0 },
      script: [{ tools: [write('a', AFTER), call('run_command', { command: 'test' }, 'run')] }, DONE],
    });
    await quiet();
    assert.equal(talk.ports.files.text('a'), AFTER, 'it is there when the command is asked for');
    talk.sessions.answer(talk.session.id, 'run', 'once');
    await quiet();
    assert.equal(open(talk)?.state, 'open');
    assert.deepEqual(
      open(talk)?.files.map(({ path }) => path),
      ['a'],
    );
    assert.equal(open(talk)?.commands, true, 'what the command did itself is not in the set');
    assert.equal(talk.session.state.status, 'running');
    decide(talk, 'keepAll');
    await talk.ended;
    assert.equal(talk.session.state.status, 'done');
    assert.equal(talk.ports.files.text('a'), AFTER);
    assert.equal(talk.model.requests.length, 2, 'nobody asks the model about it');
  });

  it('has one piece taken back and the rest kept, and is told with the next message', async () => {
    const talk = startTalk({
      ...SUPERVISED,
      files: { a: BEFORE },
      script: [{ tools: [write('a', AFTER), write('new', 'x\n')] }, DONE, { text: 'I see.' }],
    });
    await quiet();
    await talk.sessions.send(talk.session.id, 'Go on with the docs.');
    await quiet();
    assert.equal(talk.model.requests.length, 2, 'the next turn waits');
    talk.sessions.review(talk.session.id, { type: 'choose', path: 'a', refused: [1] });
    decide(talk, 'chosen');
    await talk.ended;
    assert.equal(talk.ports.files.text('a'), LINES.with(1, 'one\n').join(''));
    assert.equal(talk.ports.files.text('new'), 'x\n');
    assert.ok(
      talk.session.state.items.some(
        (item) => item.type === 'note' && item.text === 'Reviewed: refused one piece of a. The rest is kept.',
      ),
    );
    const [review, next] = words(talk);
    assert.match(review ?? '', /Refused[\s\S]*a, only these lines:\n {2}-line 9\n {2}\+nine\n/);
    assert.match(review ?? '', /Kept: new\./);
    assert.equal(next, 'Go on with the docs.');
  });

  it('goes on after a crash in the review with what was chosen so far', async () => {
    const options = { ...SUPERVISED, files: { a: BEFORE } };
    const script = [{ tools: [write('a', AFTER)] }, DONE];
    const first = startTalk({ ...options, script });
    await quiet();
    first.sessions.review(first.session.id, { type: 'choose', path: 'a', refused: [0] });
    await first.session.flush();
    const again = await resumeTalk(first.session.id, { ...options, script, ports: first.ports });
    await quiet();
    assert.equal(open(again)?.state, 'open');
    assert.deepEqual(open(again)?.refused, { a: [0] });
    decide(again, 'chosen');
    await again.ended;
    assert.equal(again.ports.files.text('a'), LINES.with(9, 'nine\n').join(''));
    assert.equal(again.model.requests.length, 0, 'nothing is paid for twice');
  });

  it('carries out what was decided when it crashed before that was done', async () => {
    const options = { ...SUPERVISED, files: { a: BEFORE } };
    const script = [{ tools: [write('a', AFTER)] }, DONE];
    const first = startTalk({ ...options, script });
    await quiet();
    first.session.append({ type: 'review.decided', refused: { a: 'all' } });
    await first.session.flush();
    const again = await resumeTalk(first.session.id, { ...options, script, ports: first.ports });
    await again.ended;
    assert.equal(again.ports.files.text('a'), BEFORE);
    assert.equal(open(again)?.state, 'settled');
  });

  it('that was stopped leaves its changes for a review, and nothing else waits for that', async () => {
    const talk = startTalk({
      ...SUPERVISED,
      files: { a: BEFORE },
      script: [{ tools: [write('a', AFTER), call('run_command', { command: 'test' }, 'run')] }],
    });
    await quiet();
    talk.sessions.stop(talk.session.id);
    await talk.ended;
    assert.equal(open(talk)?.state, 'open');
    const reviews = reviewsOf(talk);
    await reviews.act(talk.session.id, { type: 'choose', path: 'a', refused: [0] });
    await reviews.act(talk.session.id, { type: 'decide', how: 'chosen' });
    assert.equal(talk.ports.files.text('a'), LINES.with(9, 'nine\n').join(''));
    assert.equal(open(talk)?.state, 'settled');
    await assert.rejects(
      reviews.act(talk.session.id, { type: 'decide', how: 'keepAll' }),
      /waits for a review/,
    );
  });

  it('asks for each write where nobody reviews, and is refused then', async () => {
    const talk = startTalk({
      ...SUPERVISED,
      present: false,
      script: [{ tools: [write('a')] }, DONE],
    });
    await talk.ended;
    assert.equal(talk.ports.files.text('a'), undefined);
    assert.equal(told(talk)[0]?.ok, false);
  });

  it('changes nothing of which no copy can be made', async () => {
    const talk = startTalk({ ...SUPERVISED, files: { a: BEFORE }, script: [{ tools: [write('a')] }, DONE] });
    talk.ports.copies.keep = async () => {
      throw new Error('the disk is full');
    };
    await talk.ended;
    assert.equal(talk.ports.files.text('a'), BEFORE);
    assert.match(told(talk)[0]?.text ?? '', /disk is full/);
  });

  it('is not reviewed on autopilot, and its changes are known all the same', async () => {
    const talk = startTalk({
      settings: { autonomy: 'autopilot' },
      files: { a: BEFORE, b: 'b\n' },
      script: [
        {
          tools: [
            write('a', AFTER),
            call('delete_file', { path: 'b' }),
            call('move_file', { path: 'a', newPath: 'c' }),
          ],
        },
        DONE,
      ],
    });
    await talk.ended;
    assert.deepEqual(
      open(talk)?.files.map(({ path, from }) => [path, from]),
      [
        ['b', undefined],
        ['c', 'a'],
      ],
    );
    assert.equal(open(talk)?.state, 'growing');
  });
});

describe('a supervised agent that was stopped', () => {
  it('does nothing more, when it goes on, before its changes are decided', async () => {
    const options = { ...SUPERVISED, files: { a: BEFORE } };
    const script = [
      { tools: [write('a', AFTER), call('run_command', { command: 'test' }, 'run')] },
      { text: 'I see.' },
    ];
    const first = startTalk({ ...options, script });
    await quiet();
    first.sessions.stop(first.session.id);
    await first.ended;
    const again = await resumeTalk(first.session.id, { ...options, script, ports: first.ports });
    await quiet();
    assert.equal(again.model.requests.length, 0);
    decide(again, 'refuseAll');
    await again.ended;
    assert.equal(again.ports.files.text('a'), BEFORE);
    assert.match(words(again)[0] ?? '', /Refused[\s\S]*a: all of it/);
    assert.equal(again.session.state.status, 'done');
  });
});
