// Feature: agent-engine, Property 5: A crash changes nothing
// Verifies: agent-engine#2.3
/**
 * A process that works on a task is killed at an event of its log, and another goes on: real processes, files and
 * HTTP. A sample of the places here; all of them, in all ways, in the long run (`npm run soak`).
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionEvent } from '../../../../src/core/agent/session/events';
import { readLog } from '../../../../src/core/agent/session/sessionLog';
import type { Evidence } from '../../../../src/core/tasks/evidence/model';
import { fromNativePath } from '../../../../src/node/nativePath';
import { assertAccepted } from '../../../support/acceptedConversation';
import type { Orders } from '../../../support/crashChild';
import { buildLives } from '../../../support/lives';
import { type MessagesBody, type ScriptedTurn, startMessagesServer } from '../../../support/messagesServer';
import { createWorkspace } from '../../../support/workspaceBuilder';

const SOAK = process.env.EARSHOT_SOAK === '1';
const MODES = ['before', 'within', 'after'] as const;

const read = (path: string) => ({ name: 'read_file', input: { path } });
const write = (path: string, content: string) => ({ name: 'write_file', input: { path, content } });
const edit = (path: string, oldText: string, newText: string) => ({
  name: 'edit_file',
  input: { path, oldText, newText },
});
const build_ = { name: 'run_command', input: { command: 'node build.js' } };

const SCRIPT: readonly ScriptedTurn[] = [
  { text: 'I look around.', tools: [{ name: 'list_files', input: {} }, read('build.js'), read('src/a.txt')] },
  { text: 'I begin.', tools: [write('src/b.txt', 'two'), write('src/c.txt', 'three')] },
  {
    tools: [
      edit('src/a.txt', 'one', 'uno'),
      read('src/a.txt'),
      { name: 'search', input: { pattern: 'uno' } },
    ],
  },
  { text: 'I build.', tools: [build_] },
  { tools: [edit('src/b.txt', 'two', 'due'), edit('src/b.txt', 'due', 'zwei'), write('src/d.txt', 'four')] },
  { tools: [read('src/b.txt'), read('src/c.txt')] },
  { text: 'I build again.', tools: [build_, write('notes.md', 'Built twice.')] },
  { text: 'All is done.' },
];

/** Gathers all sources; tells outside the workspace how often it ran. */
const BUILD = `const fs = require('node:fs');
const all = fs.readdirSync('src').sort().map((name) => fs.readFileSync('src/' + name, 'utf8'));
fs.writeFileSync('out.txt', all.join(' '));
fs.appendFileSync(process.env.BUILDS_ARE_TOLD_IN, 'built\\n');
console.log(all.join(' '));
`;

const CHECK = `const text = require('node:fs').readFileSync('out.txt', 'utf8');
process.exit(text === 'uno zwei three four' ? 0 : 1);
`;

interface Outcome {
  readonly files: Readonly<Record<string, string>>;
  /** What the last request told the model. */
  readonly transcript: MessagesBody['messages'];
  readonly events: readonly SessionEvent[];
  readonly requests: number;
  readonly builds: number;
  readonly said: string;
}

/** Evidence tells when, how long and in which session: of that only what was found is the same for every life. */
function withoutTimes([name, text]: readonly [string, string]): readonly [string, string] {
  if (!name.endsWith('evidence.jsonl')) return [name, text];
  const records = text.trim().split('\n');
  const found = records.map((line) => {
    const { task, hash, verdict, reasons } = JSON.parse(line) as Evidence;
    return { task, hash, verdict, reasons };
  });
  return [name, JSON.stringify(found)];
}

describe('a killed process', function () {
  this.timeout(60_000);
  let folder = '';
  let liveOnce: Awaited<ReturnType<typeof buildLives>>;
  let whole: Outcome;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-crash-'));
    liveOnce = await buildLives(folder);
    whole = await live();
    assert.equal(whole.said, 'done');
    assert.equal(whole.files['out.txt'], 'uno zwei three four');
    assert.match(whole.files['.kiro/specs/links/tasks.md'] ?? '', /\[x\] 1/);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** One life after another, the last of them to its end. */
  async function live(...deaths: readonly Pick<Orders, 'killAt' | 'killWhen'>[]): Promise<Outcome> {
    const [workspace, home] = [createWorkspace(), createWorkspace()];
    workspace
      .files({ 'build.js': BUILD, 'check.js': CHECK, 'src/a.txt': 'one' })
      .spec('links', { tasks: '# Implementation Plan\n\n- [ ] 1. Build\n  - _Verify: node check.js_\n' });
    const server = await startMessagesServer({ answer: ({ body }) => answerTo(body) });
    const builds = join(home.native, 'builds.txt');
    const orders = {
      root: workspace.root,
      home: `${fromNativePath(home.native)}/earshot`,
      spec: workspace.path('.kiro/specs/links'),
      url: server.url,
    };
    for (const death of deaths) assert.equal((await run({ ...orders, ...death }, builds)).signal, 'SIGKILL');
    const last = await run(orders, builds);
    assert.equal(last.code, 0, last.said);
    for (const { body } of server.requests) assertAccepted(body.messages);
    const logs = filesIn(join(home.native, 'earshot/workspaces')).filter(([name]) =>
      name.includes('sessions'),
    );
    const outcome = {
      files: Object.fromEntries(filesIn(workspace.native).map(withoutTimes)),
      transcript: server.requests.at(-1)?.body.messages ?? [],
      events: readLog(logs.at(-1)?.[1] ?? ''),
      requests: server.requests.length,
      builds: readFileSync(builds, 'utf8').split('\n').length - 1,
      said: last.said,
    };
    await server.close();
    return outcome;
  }

  const run = (orders: Orders, builds: string) => liveOnce(orders, { BUILDS_ARE_TOLD_IN: builds });

  function assertSame(found: Outcome, where: string): void {
    assert.deepEqual(found.files, whole.files, where);
    assert.deepEqual(found.transcript, whole.transcript, where);
    const { events } = found;
    assert.deepEqual(
      events.map(({ seq }) => seq),
      [...events.keys()],
      `${where}: one log without gaps`,
    );
    const last = events.at(-1);
    assert.equal(last?.type === 'session.ended' && last.status, 'done', where);
    const paid = events.flatMap((event) => (event.type === 'turn.ended' ? [event.content] : []));
    assert.equal(paid.length, SCRIPT.length, `${where}: no answer was asked for again that had come`);
  }

  /** Places of a sample, from the beginning to the end; the ways to die take turns. */
  const SAMPLE = [2, 17, 27, 62];

  it(`comes to the same end, ${SOAK ? 'wherever' : 'at some of the places where'} it dies`, async function () {
    const { length } = whole.events;
    assert.ok(length >= 40, `${length} events`);
    const places = SOAK ? whole.events.map((_, index) => index + 1) : SAMPLE;
    const deaths = places.flatMap((killAt, nth) =>
      (SOAK ? MODES : MODES.filter((_, mode) => mode === nth % MODES.length)).map((killWhen) => ({
        killAt,
        killWhen,
      })),
    );
    this.timeout(deaths.length * 20_000);
    for (const death of deaths) {
      const where = `${death.killWhen} event ${death.killAt}, ${whole.events[death.killAt - 1]?.type}`;
      const found = await live(death);
      assertSame(found, where);
      assert.ok(found.requests <= whole.requests + 1, where);
      assert.ok(
        found.builds <= whole.builds + (isBuilding(death) ? 1 : 0),
        `${where}: ${found.builds} builds`,
      );
    }
    if (SOAK) console.log(`      ${deaths.length} deaths, ${length} events`);
  });

  it('comes to the same end when it dies again and again', async () => {
    const found = await live(
      { killAt: 12 },
      { killAt: 9, killWhen: 'within' },
      { killAt: 14, killWhen: 'before' },
    );
    assertSame(found, 'three deaths');
  });

  /** The command has been started and its end is not on the disk. */
  function isBuilding({ killAt, killWhen }: { readonly killAt: number; readonly killWhen: string }): boolean {
    const written = whole.events.slice(0, killWhen === 'after' ? killAt : killAt - 1);
    const last = written.at(-1);
    return last?.type === 'tool.started' && last.name === 'run_command';
  }
});

/** By how far the conversation has come, with the same ids each time. */
function answerTo({ messages }: MessagesBody): ScriptedTurn {
  const at = messages.filter(({ role }) => role === 'assistant').length;
  const { tools = [], ...turn } = SCRIPT[at] ?? { text: 'There is nothing more to say.' };
  return { ...turn, tools: tools.map((tool, nth) => ({ ...tool, id: `toolu_${at}_${nth}` })) };
}

/** Name below the folder and text of every file. */
function filesIn(root: string): readonly (readonly [string, string])[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')] as const);
}
