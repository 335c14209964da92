// Feature: agent-engine, Property 1: Only what was called runs
// Verifies: agent-engine#1.1, #1.2
import assert from 'node:assert/strict';
import { ModelError } from '../../../../src/core/agent/turn/model';
import { quiet, toolItems } from '../coreHarness';
import { answerAll, call, startTalk, type Talk, told, write } from './conversation';

const DONE = { text: 'Done.' };

describe('the turn loop', () => {
  it('runs tools when the model stops for them, in its order, and tells it what came of them', async () => {
    const talk = startTalk({
      settings: { autonomy: 'autopilot' },
      script: [
        {
          tools: [
            write('a.txt', 'one'),
            call('edit_file', { path: 'a.txt', oldText: 'one', newText: 'two' }),
            call('read_file', { path: 'a.txt' }),
          ],
        },
        DONE,
      ],
    });
    await talk.ended;
    assert.equal(talk.session.state.status, 'done');
    assert.deepEqual(
      told(talk).map(({ text }) => text),
      ['Created a.txt.', 'Changed a.txt.', '1\ttwo'],
    );
    assert.equal(talk.session.state.usage.inputTokens, 200);
  });

  for (const stop of ['end_turn', 'max_tokens', 'refusal', 'other'] as const) {
    it(`runs no tool of an answer that ended with ${stop}`, async () => {
      const talk = startTalk({
        settings: { autonomy: 'autopilot' },
        script: [{ text: 'I write.', tools: [write('a.txt')], stop }],
      });
      await talk.ended;
      assert.equal(talk.ports.files.text('a.txt'), undefined);
      assert.equal(talk.model.requests.length, 1);
    });
  }

  const failures: readonly [string, Parameters<typeof startTalk>[0]['script'], RegExp][] = [
    ['max_tokens in text', [{ text: 'Long', stop: 'max_tokens' }], /length limit/],
    ['max_tokens in a tool call', [{ tools: [write('a.txt')], stop: 'max_tokens' }], /length limit/],
    ['a refusal', [{ text: 'No.', stop: 'refusal' }], /refused/],
    ['a stop that nobody knows', [{ text: 'Hm', stop: 'other' }], /does not know/],
    ['a stop for a tool without a call', [{ text: 'Hm', stop: 'tool_use' }], /called none/],
    ['a model error', [{ text: 'Ha', error: new ModelError('cut', 'The answer was cut.') }], /was cut/],
  ];
  for (const [what, script, reason] of failures) {
    it(`ends in failed, with the reason, after ${what}`, async () => {
      const talk = startTalk({ script });
      await talk.ended;
      assert.equal(talk.session.state.status, 'failed');
      assert.match(talk.session.state.reason ?? '', reason);
      assert.match(talk.log(), /session\.ended/);
    });
  }

  it('says so when a model without tools calls one', async () => {
    const talk = startTalk({ tools: [], maxTurns: 1, script: [{ text: 'x', tools: [write('a.txt')] }] });
    await talk.ended;
    assert.match(talk.session.state.reason ?? '', /given none/);
  });

  it('tells the model what is wrong with a call, and goes on', async () => {
    const talk = startTalk({
      settings: { autonomy: 'autopilot' },
      files: { 'twice.txt': 'x x' },
      script: [
        {
          tools: [
            call('launch_rocket', {}),
            call('write_file', { path: 7 }),
            call('write_file', 'not even an object'),
            call('edit_file', { path: 'none.txt', oldText: 'a', newText: 'b' }),
            call('edit_file', { path: 'twice.txt', oldText: 'x', newText: 'y' }),
            call('run_command', { command: 'ls', timeoutSeconds: 0 }),
          ],
        },
        DONE,
      ],
    });
    await talk.ended;
    assert.equal(talk.session.state.status, 'done');
    const answers = told(talk);
    assert.ok(answers.every(({ ok }) => !ok));
    const patterns = [
      /no tool launch_rocket/,
      /Invalid input/,
      /Invalid input/,
      /no file none/,
      /more than once/,
      /Invalid input/,
    ];
    for (const [index, pattern] of patterns.entries()) assert.match(answers[index]?.text ?? '', pattern);
  });

  it('keeps calls apart whose ids repeat from answer to answer', async () => {
    const talk = startTalk({
      settings: { autonomy: 'autopilot' },
      script: [
        { tools: [{ ...write('a.txt', 'A'), id: 'call_0' }] },
        { tools: [{ ...call('read_file', { path: 'none' }), id: 'call_0' }] },
        DONE,
      ],
    });
    await talk.ended;
    assert.deepEqual(
      toolItems(talk.session.state).map(({ name, status }) => [name, status]),
      [
        ['write_file', 'ok'],
        ['read_file', 'failed'],
      ],
    );
  });

  it('shows that a request is tried again, and keeps it in the log', async () => {
    const seen: (string | undefined)[] = [];
    const talk = startTalk({
      script: [DONE],
      before: [{ type: 'retry', attempt: 1, delayMs: 500, message: 'Overloaded' }],
    });
    talk.sessions.onDidChange(() => seen.push(talk.session.state.retrying));
    await talk.ended;
    assert.ok(seen.includes('Overloaded Again in 1 s.'));
    assert.equal(talk.session.state.retrying, undefined);
    assert.match(talk.log(), /"turn\.retrying".*Overloaded/);
  });

  it('stops at the limit of requests and names the setting', async () => {
    const again = { tools: [call('list_files', {})] };
    const talk = startTalk({ maxTurns: 3, script: [again, again, again, again] });
    await talk.ended;
    assert.equal(talk.model.requests.length, 3);
    assert.match(talk.session.state.reason ?? '', /3 requests.*earshot\.maxTurns/);
  });
});

describe('permissions', () => {
  it('asks once for each call when answered once', async () => {
    const talk = startTalk({ script: [{ tools: [write('a.txt'), write('b.txt')] }, DONE] });
    answerAll(talk, 'once');
    await talk.ended;
    assert.equal(asked(talk), 2);
    assert.equal(talk.ports.files.text('b.txt'), 'new');
  });

  it('for this session: all writes, or exactly this command', async () => {
    const run = (command: string) => call('run_command', { command });
    const talk = startTalk({
      commands: { ls: 0, pwd: 0 },
      script: [{ tools: [write('a.txt'), write('b.txt'), run('ls'), run('ls'), run('pwd')] }, DONE],
    });
    answerAll(talk, 'session');
    await talk.ended;
    assert.deepEqual(
      toolItems(talk.session.state).map(({ question }) => question?.subject),
      ['a.txt', undefined, 'ls', undefined, 'pwd'],
    );
    assert.equal(talk.ports.processes.runs.length, 3);
  });

  it('a no changes nothing, is told to the model, and the rest goes on', async () => {
    const talk = startTalk({ script: [{ tools: [write('a.txt'), write('b.txt')] }, DONE] });
    answerAll(talk, 'deny', 'once');
    await talk.ended;
    assert.equal(talk.ports.files.text('a.txt'), undefined);
    assert.equal(talk.ports.files.text('b.txt'), 'new');
    assert.match(told(talk)[0]?.text ?? '', /did not allow/);
    assert.equal(toolItems(talk.session.state)[0]?.status, 'denied');
  });

  it('Autopilot does not ask; nobody there to ask is a no', async () => {
    const script = [{ tools: [write('a.txt'), call('run_command', { command: 'ls' })] }, DONE];
    const pilot = startTalk({ settings: { autonomy: 'autopilot' }, commands: { ls: 0 }, script });
    await pilot.ended;
    assert.equal(asked(pilot), 0);
    assert.equal(pilot.ports.processes.runs.length, 1);

    const headless = startTalk({ present: false, commands: { ls: 0 }, script });
    await headless.ended;
    assert.deepEqual(headless.ports.files.snapshot()['/project/a.txt'], undefined);
    assert.equal(headless.ports.processes.runs.length, 0);
    assert.equal(headless.session.state.status, 'done');
  });

  it('shows exactly what would be written, and writes nothing else', async () => {
    const talk = startTalk({
      files: { 'a.txt': 'old' },
      script: [{ tools: [write('./src/../a.txt')] }, DONE],
    });
    await quiet();
    const [item] = toolItems(talk.session.state);
    assert.equal(item?.status, 'asking');
    assert.deepEqual(item?.edit, { path: 'a.txt', before: 'old', after: 'new' });
    await talk.ports.files.writeText('/project/a.txt', 'by the person');
    talk.sessions.answer(talk.session.id, item?.call ?? '', 'once');
    await talk.ended;
    assert.equal(talk.ports.files.text('a.txt'), 'by the person');
    assert.match(told(talk)[0]?.text ?? '', /changed by somebody else/);
  });

  it('writes nowhere else when the place became a link while the person thought', async () => {
    const talk = startTalk({ script: [{ tools: [write('out/a.txt')] }, DONE] });
    await quiet();
    talk.ports.files.link('out', '/etc');
    talk.sessions.answer(talk.session.id, toolItems(talk.session.state)[0]?.call ?? '', 'once');
    await talk.ended;
    assert.equal(talk.ports.files.text('/etc/a.txt'), undefined);
    assert.match(told(talk)[0]?.text ?? '', /outside the workspace/);
  });
});

function asked(talk: Talk): number {
  return toolItems(talk.session.state).filter(({ question }) => question).length;
}
