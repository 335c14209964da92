// Feature: agent-engine, Property 5: A crash changes nothing
// Verifies: agent-engine#2.3, #2.4, #6.4
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SessionEvent } from '../../../../src/core/agent/session/events';
import { replay } from '../../../../src/core/agent/session/replay';
import { readLog } from '../../../../src/core/agent/session/sessionLog';
import type { Message } from '../../../../src/core/agent/turn/model';
import { toRequestBody } from '../../../../src/node/models/requestBody';
import { assertAccepted } from '../../../support/acceptedConversation';
import type { ModelTurn } from '../../../support/scriptedModel';
import { runs } from '../../../support/soak';
import { createTestPorts, type TestPorts } from '../../../support/testPorts';
import { quiet, toolItems } from '../coreHarness';
import { answerAll, call, logPath, resumeTalk, startTalk, type Talk, told, write } from './conversation';

const DONE = { text: 'Done.' };
const AUTOPILOT = { settings: { autonomy: 'autopilot' } } as const;

/** As the wire has them, by the rules of the service. */
function assertSendable(messages: readonly Message[]): void {
  const request = { system: '', messages, tools: [], maxTokens: 1 };
  const body = toRequestBody('m', request, 'm');
  assertAccepted(JSON.parse(JSON.stringify(body.messages)) as Parameters<typeof assertAccepted>[0]);
}

/** A disk as it was at some moment. */
type Disk = Readonly<Record<string, string>>;

interface Crash {
  readonly disk: Disk;
  readonly events: number;
  readonly torn: boolean;
}

/** The disk before and after each event was written, and in the middle of its line. */
function recordCrashes(ports: TestPorts): { readonly ports: TestPorts; readonly crashes: Crash[] } {
  const crashes: Crash[] = [];
  const take = (path: string, more: string, torn = false): void => {
    const disk = ports.files.snapshot();
    const text = (disk[path] ?? '') + more;
    crashes.push({ disk: { ...disk, [path]: text }, events: readLog(text).length, torn });
  };
  const files = {
    ...ports.files,
    async appendLines(path: string, text: string) {
      const lines = text.split(/(?<=\n)/);
      for (const [index, line] of lines.entries()) {
        const before = lines.slice(0, index).join('');
        take(path, before);
        take(path, before + line.slice(0, line.length / 2), true);
      }
      await ports.files.appendLines(path, text);
      take(path, '');
    },
  };
  return { ports: { ...ports, files }, crashes };
}

const run = (command: string) => call('run_command', { command });
const read = (path: string) => call('read_file', { path });

const ids = (turns: readonly ModelTurn[]): readonly ModelTurn[] =>
  turns.map((turn, at) => ({
    ...turn,
    ...(turn.tools && { tools: turn.tools.map((tool, nth) => ({ ...tool, id: `id_${at}_${nth}` })) }),
  }));

const SCRIPT = ids([
  { text: 'I look.', tools: [read('a.txt'), read('b.txt'), call('list_files', {})] },
  { tools: [write('a.txt', 'one'), write('new.txt', 'two')] },
  { tools: [call('edit_file', { path: 'a.txt', oldText: 'one', newText: 'three' }), read('a.txt')] },
  { text: 'I build.', tools: [run('build'), call('nonsense', {})] },
  { tools: [write('new.txt', 'four')] },
  DONE,
]);

const FILES = { 'a.txt': 'old', 'b.txt': 'other' };
const COMMANDS = { build: { output: 'built\n' } };

function workspace(ports: TestPorts): Disk {
  const entries = Object.entries(ports.files.snapshot());
  return Object.fromEntries(entries.filter(([path]) => path.startsWith(ports.root)));
}

/** What the model was told before its last answer. */
function transcript(talk: Talk): readonly Message[] {
  return replay(readLog(talk.log())).dialogue.messages();
}

async function resumeFrom({ disk }: Crash, id: string, script: readonly ModelTurn[], present = true) {
  const ports = createTestPorts({ ...AUTOPILOT, files: disk, commands: COMMANDS });
  const talk = await resumeTalk(id, { ports, script, present });
  answerAll(talk, 'once');
  await talk.ended;
  for (const { messages } of talk.model.requests) assertSendable(messages);
  return talk;
}

describe('a session whose process was killed', () => {
  async function whole() {
    const { ports, crashes } = recordCrashes(
      createTestPorts({ ...AUTOPILOT, files: FILES, commands: COMMANDS }),
    );
    const talk = startTalk({ ports, script: SCRIPT });
    await talk.ended;
    assert.equal(talk.session.state.status, 'done');
    return { talk, crashes: crashes.filter(({ events }) => events > 0) };
  }

  it('comes to the same workspace and transcript, wherever that was', async () => {
    const { talk, crashes } = await whole();
    const expected = { files: workspace(talk.ports), messages: transcript(talk) };
    assert.ok(crashes.length > 80, `${crashes.length}`);
    for (const crash of crashes.filter(
      ({ disk }) => !Object.values(disk).some((text) => text.includes('"session.ended"')),
    )) {
      const resumed = await resumeFrom(crash, talk.session.id, SCRIPT);
      const where = `killed after ${crash.events} events${crash.torn ? ', in a line' : ''}`;
      assert.equal(resumed.session.state.status, 'done', `${where}: ${resumed.session.state.reason}`);
      assert.deepEqual(workspace(resumed.ports), expected.files, where);
      assert.deepEqual(transcript(resumed), expected.messages, where);
    }
  });

  it('has no answer paid for twice that was whole', async () => {
    const { talk, crashes } = await whole();
    for (const crash of crashes) {
      const log = Object.entries(crash.disk).find(([path]) => path.endsWith('.jsonl'))?.[1] ?? '';
      if (log.includes('"session.ended"')) continue;
      const answers = readLog(log).filter(({ type }) => type === 'turn.ended').length;
      const { model } = await resumeFrom(crash, talk.session.id, SCRIPT);
      assert.equal(model.requests.length, SCRIPT.length - answers);
    }
  });

  it('runs no command again without a word of the person; nobody there: the model is told', async () => {
    const { talk, crashes } = await whole();
    const isBuilding = ({ disk }: Crash) => {
      const log = readLog(Object.entries(disk).find(([path]) => path.endsWith('.jsonl'))?.[1] ?? '');
      const last = log.at(-1);
      return last?.type === 'tool.started' && last.name === 'run_command';
    };
    const crash = crashes.find(isBuilding);
    assert.ok(crash);
    const absent = await resumeFrom(crash, talk.session.id, SCRIPT, false);
    assert.equal(absent.ports.processes.runs.length, 0);
    assert.ok(JSON.stringify(absent.model.requests).includes('It was interrupted; its effect is unknown.'));
    assert.equal(absent.session.state.status, 'done');

    const ports = createTestPorts({ ...AUTOPILOT, files: crash.disk, commands: COMMANDS });
    const asked = await resumeTalk(talk.session.id, { ports, script: SCRIPT });
    await quiet();
    const question = toolItems(asked.session.state).at(-1)?.question;
    assert.equal(question?.subject, 'build');
    assert.match(question?.why ?? '', /may have had its effect already/);
    assert.equal(ports.processes.runs.length, 0, 'Autopilot does not answer for the person');
    asked.sessions.answer(asked.session.id, 'id_3_0', 'deny');
    await asked.ended;
    assert.equal(ports.processes.runs.length, 0);
    assert.match(told(asked).at(0)?.text ?? '', /Changed|effect is unknown/);
  });

  it('leaves alone a file that somebody else has changed since', async () => {
    const { talk, crashes } = await whole();
    const isWriting = ({ disk }: Crash) =>
      Object.entries(disk).some(
        ([path, text]) => path.endsWith('.jsonl') && /"tool\.prepared"[^\n]*\n$/.test(text),
      );
    const crash = crashes.find(isWriting);
    assert.ok(crash);
    const disk = { ...crash.disk, '/project/a.txt': 'by the person' };
    const resumed = await resumeFrom({ ...crash, disk }, talk.session.id, [...SCRIPT.slice(0, 2), DONE]);
    assert.equal(resumed.ports.files.text('a.txt'), 'by the person');
    assert.match(told(resumed)[0]?.text ?? '', /effect is unknown/);
  });

  it('goes on after a failure of the server, and after a stop, too', async () => {
    for (const end of ['fail', 'stop'] as const) {
      const cut =
        end === 'fail' ? { text: 'x', stop: 'max_tokens' as const } : { hold: new Promise(() => {}) };
      const talk = startTalk({
        ...AUTOPILOT,
        files: FILES,
        commands: COMMANDS,
        script: [...SCRIPT.slice(0, 2), cut],
      });
      await quiet(30);
      if (end === 'stop') talk.sessions.stop(talk.session.id);
      await talk.ended;
      const again = await resumeTalk(talk.session.id, { ports: talk.ports, script: SCRIPT });
      assert.equal(again.session.state.status, 'running');
      await again.ended;
      assert.equal(again.session.state.status, 'done');
      assert.equal(again.ports.files.text('new.txt'), 'four');
      assert.equal(again.model.requests.length, SCRIPT.length - 2);
      const log = readLog(again.log());
      assert.deepEqual(
        log.map(({ seq }) => seq),
        [...log.keys()],
        'one log, numbered on',
      );
    }
  });

  it('is not resumed while it runs, or when it is done, or gone', async () => {
    const talk = startTalk({ script: [{ text: 'x', hold: new Promise(() => {}) }] });
    await quiet();
    await assert.rejects(talk.sessions.resume(talk.session.id), { reason: 'busy' });
    talk.ports.processes.alive.add('elsewhere');
    const path = logPath(talk.ports, talk.session.id);
    await talk.ports.files.writeText(path, talk.log().replace('test-process', 'elsewhere'));
    const { ports } = talk;
    await assert.rejects(resumeTalk(talk.session.id, { ports, script: [] }), { reason: 'busy' });
    ports.processes.alive.delete('elsewhere');
    const again = await resumeTalk(talk.session.id, { ports, script: [DONE] });
    await again.ended;
    await assert.rejects(again.sessions.resume(talk.session.id), {
      reason: 'notFound',
      message: /ended well/,
    });
    await assert.rejects(again.sessions.resume('nobody'), { reason: 'notFound', message: /gone/ });
  });
});

const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 };
const anyCall = fc.record({
  type: fc.constant('tool_use' as const),
  id: fc.constantFrom('a', 'a_2', 'fn.b:0', ''),
  name: fc.constantFrom('read_file', 'x'),
  input: fc.constant({}),
});
const anyText = fc.record({ type: fc.constant('text' as const), text: fc.constantFrom('', ' ', 'words') });
const anyBody = fc.oneof(
  fc.record({ type: fc.constant('user' as const), text: fc.constantFrom('', 'hello', 'and this') }),
  fc.record({
    type: fc.constant('turn.ended' as const),
    turn: fc.constant(1),
    content: fc.array(fc.oneof(anyText, anyCall), { maxLength: 4 }),
    stop: fc.constantFrom(
      'tool_use' as const,
      'tool_use' as const,
      'end_turn' as const,
      'max_tokens' as const,
    ),
    usage: fc.constant(usage),
    cost: fc.constant(undefined),
    durationMs: fc.constant(1),
  }),
  fc.record({
    type: fc.constant('tool.started' as const),
    call: fc.constantFrom('a', 'fn.b:0'),
    name: fc.constant('x'),
    input: fc.constant({}),
  }),
  fc.record({
    type: fc.constant('tool.ended' as const),
    call: fc.constantFrom('a', 'a_2', 'fn.b:0', ''),
    ok: fc.boolean(),
    output: fc.constantFrom('', 'fine'),
    durationMs: fc.constant(1),
  }),
);

describe('the conversation of a log', () => {
  it('is one that the service accepts, at every prefix of any log', () => {
    fc.assert(
      fc.property(fc.array(anyBody, { maxLength: 14 }), (bodies) => {
        const events = bodies.map((body, seq): SessionEvent => ({ ...body, seq, at: seq }));
        for (let length = 0; length <= events.length; length++) {
          const { dialogue } = replay(events.slice(0, length));
          dialogue.say('Go on.');
          assertSendable(dialogue.messages());
        }
      }),
      runs(400),
    );
  });
});
