// Verifies: agent-engine#8.5, #8.6
/** The built command line, spawned as a person would, on real folders and against a real socket. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { version } from '../../package.json';
import { foldSession, interrupt } from '../../src/core/agent/session/sessionState';
import { isOwnerAlive } from '../../src/node/processInfo';
import { type Bench, buildCli, createBench, KEY } from '../support/cliBench';
import { corpusRoot } from '../support/corpus';
import { startMessagesServer } from '../support/messagesServer';

/** One task that is done when out.txt says hello. */
function withTask(bench: Bench, verify = '\n  - _Verify: node check.js_'): Bench {
  bench.workspace
    .file(
      'check.js',
      "process.exit(require('fs').readFileSync('out.txt', 'utf8').includes('hello') ? 0 : 3);\n",
    )
    .spec('greeting', { tasks: `# Implementation Plan\n\n- [ ] 1. Write the greeting${verify}\n` });
  return bench;
}

const TASKS = '.kiro/specs/greeting/tasks.md';
const AGREED = ['--agree-check', '--run-unapproved'] as const;
const writing = (content: string) => ({
  text: 'I write it.',
  tools: [{ name: 'write_file', input: { path: 'out.txt', content } }],
});
const jsonLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end; await delay(25)) if (await holds()) return;
  assert.fail(`Waited in vain for ${what}`);
}

describe('the command line', function () {
  this.timeout(60_000);

  before(buildCli);

  describe('itself', () => {
    it('says its version and helps', async () => {
      const bench = createBench();
      assert.deepEqual(await bench.run('--version'), { code: 0, stdout: `${version}\n`, stderr: '' });
      const help = await bench.run('--help');
      assert.equal(help.code, 0);
      for (const name of ['spec list', 'spec new <idea>', 'task run <spec> [id]'])
        assert.ok(help.stdout.includes(name), name);
      const list = await bench.run('spec', 'list', '--help');
      assert.equal(list.code, 0);
      assert.match(list.stdout, /phase is the furthest/);
      assert.match(list.stdout, /--cwd DIR/);
    });

    it('refuses what it does not know, with the usage on standard error', async () => {
      const bench = createBench();
      for (const args of [[], ['spec'], ['spec', 'frobnicate'], ['--frobnicate']]) {
        const { code, stdout, stderr } = await bench.run(...args);
        assert.deepEqual([code, stdout], [2, ''], args.join(' '));
        assert.match(stderr, /Usage: earshot <command>/);
      }
      const option = await bench.run('spec', 'list', '--frobnicate');
      assert.equal(option.code, 2);
      assert.match(option.stderr, /--frobnicate[\s\S]*Usage: earshot spec list/);
      const operand = await bench.run('task', 'run');
      assert.equal(operand.code, 2);
      assert.match(operand.stderr, /<spec> \[id\]/);
    });
  });

  describe('spec list', () => {
    it('says that there is none', async () => {
      const bench = createBench();
      const plain = await bench.run('spec', 'list');
      assert.deepEqual([plain.code, plain.stderr], [0, '']);
      assert.match(plain.stdout, /No specs/);
      assert.deepEqual(await bench.run('spec', 'list', '--json'), { code: 0, stdout: '[]\n', stderr: '' });
    });

    it('tells of each spec as JSON, from any folder of the workspace', async () => {
      const bench = createBench();
      bench.workspace
        .spec('links', {
          requirements: '# Requirements Document\n',
          design: '# Design\n',
          tasks: '- [x] 1. A\n- [ ] 2. B\n- [ ]* 3. C\n',
        })
        .spec('crash', { bugfix: '# Bugfix Requirements Document\n' })
        .spec('finished', { requirements: '# Requirements Document\n', tasks: '- [x] 1. A\n' })
        .folder('src/deep');
      const cwd = join(bench.workspace.native, 'src/deep');
      const { code, stdout, stderr } = await bench.start(['spec', 'list', '--json'], { cwd }).ended;
      assert.deepEqual([code, stderr], [0, '']);
      assert.deepEqual(JSON.parse(stdout), [
        {
          name: 'crash',
          group: '',
          path: '.kiro/specs/crash',
          type: 'bugfix',
          phase: 'bugfix',
          documents: [
            { kind: 'bugfix', file: 'bugfix.md', state: 'draft' },
            { kind: 'design', file: 'design.md', state: 'missing' },
            { kind: 'tasks', file: 'tasks.md', state: 'missing' },
          ],
          tasks: { done: 0, total: 0 },
        },
        {
          name: 'finished',
          group: '',
          path: '.kiro/specs/finished',
          type: 'feature',
          phase: 'done',
          documents: [
            { kind: 'requirements', file: 'requirements.md', state: 'draft' },
            { kind: 'design', file: 'design.md', state: 'missing' },
            { kind: 'tasks', file: 'tasks.md', state: 'draft' },
          ],
          tasks: { done: 1, total: 1 },
        },
        {
          name: 'links',
          group: '',
          path: '.kiro/specs/links',
          type: 'feature',
          phase: 'tasks',
          documents: [
            { kind: 'requirements', file: 'requirements.md', state: 'draft' },
            { kind: 'design', file: 'design.md', state: 'draft' },
            { kind: 'tasks', file: 'tasks.md', state: 'draft' },
          ],
          tasks: { done: 1, total: 2 },
        },
      ]);
      const elsewhere = await bench.start(['spec', 'list', '--json', '--cwd', cwd], {
        cwd: bench.home.native,
      }).ended;
      assert.equal(elsewhere.stdout, stdout);
    });

    it('prints an aligned table without colours into a pipe', async () => {
      const bench = createBench();
      bench.workspace
        .spec('a', { requirements: '# R\n' })
        .spec('a-long-name', { tasks: '- [x] 1. A\n- [ ] 2. B\n' });
      const { code, stdout, stderr } = await bench.run('spec', 'list');
      assert.deepEqual([code, stderr], [0, '']);
      assert.equal(
        stdout,
        [
          'SPEC          PHASE          REQUIREMENTS   DESIGN   TASKS       DONE',
          'a             requirements   in review      –        –           –',
          'a-long-name   tasks          –              –        in review   ▰▰▰▰▰▱▱▱▱▱ 1/2',
          '',
          '2 specs, 1 of 2 tasks done',
          '',
        ].join('\n'),
      );
    });

    it('refuses a folder that is not there', async () => {
      const { code, stderr } = await createBench().run('spec', 'list', '--cwd', 'nowhere');
      assert.equal(code, 2);
      assert.match(stderr, /There is no folder .*nowhere/);
    });

    it('reads every workspace of the corpus', async function () {
      const root = corpusRoot();
      if (!root) return this.skip();
      const found = { requirements: 0, tasks: 0 };
      for (const project of readdirSync(root, { withFileTypes: true }).filter((entry) =>
        entry.isDirectory(),
      )) {
        const cwd = join(root, project.name);
        const { code, stdout, stderr } = await createBench().start(['spec', 'list', '--json'], { cwd }).ended;
        assert.deepEqual([code, stderr], [0, ''], project.name);
        const specs = JSON.parse(stdout) as readonly {
          documents: readonly { file: string; state: string }[];
        }[];
        const present = specs
          .flatMap(({ documents }) => documents)
          .filter(({ state }) => state !== 'missing');
        found.requirements += present.filter(({ file }) => file === 'requirements.md').length;
        found.tasks += present.filter(({ file }) => file === 'tasks.md').length;
        assert.equal((await createBench().start(['spec', 'list'], { cwd }).ended).code, 0);
      }
      assert.deepEqual(found, { requirements: 29, tasks: 25 });
    });
  });

  describe('session list and session export', () => {
    it('say that there is none', async () => {
      const bench = createBench();
      const { code, stdout } = await bench.run('session', 'list');
      assert.deepEqual([code, stdout], [0, 'No sessions here yet.\n']);
      const gone = await bench.run('session', 'export', 'abc');
      assert.equal(gone.code, 2);
      assert.match(gone.stderr, /There is no session abc\./);
    });

    it('show what a draft was, without what could move the cursor', async () => {
      const text =
        '# Requirements Document\n\n\u001b[2JShort links expire.\n\n## Requirements\n\n### Requirement 1: Expiry\n\n#### Acceptance Criteria\n\n1. WHEN a link is 30 days old, THE Link_Store SHALL delete it.\n';
      const bench = createBench(await startMessagesServer({ turns: [{ text }] }));
      await bench.run('spec', 'new', 'Let short links expire', '--name', 'expiry');
      const listed = await bench.run('session', 'list', '--json');
      const [session] = JSON.parse(listed.stdout) as readonly { id: string; kind: string; status: string }[];
      assert.deepEqual([session?.kind, session?.status], ['draft', 'done']);
      const plain = await bench.run('session', 'list');
      assert.match(plain.stdout, new RegExp(`^${session?.id} .* done +draft +Draft`));
      const exported = await bench.run('session', 'export', session?.id.slice(0, -2) ?? '');
      assert.match(exported.stdout, /^# Draft/);
      assert.match(exported.stdout, /\n## Agent\n\n# Requirements Document\n\n\[2JShort links expire\.\n/);
    });
  });

  describe('spec new', () => {
    const DOCUMENT =
      '# Requirements Document\n\n## Introduction\n\nShort links expire after 30 days.\n\n## Requirements\n\n### Requirement 1: Expiry\n\n#### Acceptance Criteria\n\n1. WHEN a link is 30 days old, THE Link_Store SHALL delete it.\n';

    it('prints the document while it is written', async () => {
      const server = await startMessagesServer({ turns: [{ text: `Here it is:\n\n${DOCUMENT}` }] });
      const bench = createBench(server);
      const { code, stdout, stderr } = await bench.run(
        'spec',
        'new',
        'Let short links expire',
        '--name',
        'expiry',
      );
      assert.equal(code, 0, stderr);
      assert.equal(stdout, DOCUMENT);
      assert.equal(bench.read('.kiro/specs/expiry/requirements.md'), DOCUMENT);
      assert.match(stderr, /Wrote \.kiro\/specs\/expiry\/requirements\.md/);
      assert.equal(server.requests[0]?.headers['x-api-key'], KEY);
    });

    it('writes all three documents in one pass, and asks nobody where nobody sits', async () => {
      const design = '# Design Document\n\n## Overview\n\nA sweep deletes old links.\n';
      const tasks = '# Implementation Plan\n\n## Tasks\n\n- [ ] 1. Sweep\n  - _Requirements: 1.1_\n';
      const turns = [DOCUMENT, design, tasks].map((text) => ({ text }));
      const server = await startMessagesServer({ turns });
      const bench = createBench(server);
      const idea = ['spec', 'new', 'Let short links expire', '--name', 'expiry'];
      assert.equal((await bench.run(...idea, '--ask')).code, 2);
      const { code, stdout, stderr } = await bench.run(...idea, '--quick', '--no-properties');
      assert.equal(code, 0, stderr);
      assert.equal(stdout, '');
      assert.match(stderr, /Wrote requirements\.md\.\nWrote design\.md\.\nWrote tasks\.md\./);
      assert.equal(bench.read('.kiro/specs/expiry/tasks.md'), tasks);
      assert.match(bench.read('.kiro/specs/expiry/.config.kiro'), /"quick":true,"properties":false/);
    });

    it('prints the session as JSON lines', async () => {
      const server = await startMessagesServer({ turns: [{ text: DOCUMENT }] });
      const bench = createBench(server);
      const { code, stdout } = await bench.run('spec', 'new', 'Let short links expire', '--json');
      assert.equal(code, 0);
      const events = jsonLines(stdout);
      const types = [
        'session.started',
        'user',
        'turn.started',
        'turn.ended',
        'draft.closed',
        'session.ended',
      ];
      assert.deepEqual(
        events.map(({ type }) => type),
        types,
      );
      assert.deepEqual(
        events.map(({ seq }) => seq),
        [0, 1, 2, 3, 4, 5],
      );
      assert.equal(new Set(events.map(({ session }) => session)).size, 1);
      assert.deepEqual(
        events.map(({ type }) => type),
        bench.logs()[0]?.events.map(({ type }) => type),
      );
    });

    it('begins with the design where that is asked for', async () => {
      const design = '# Design Document\n\n## Overview\n\nA sweep.\n';
      const bench = createBench(await startMessagesServer({ turns: [{ text: design }] }));
      const asked = ['spec', 'new', 'Links expire', '--name', 'expiry', '--start'];
      assert.equal((await bench.run(...asked, 'tasks')).code, 2);
      const { code, stderr } = await bench.run(...asked, 'design');
      assert.equal(code, 0, stderr);
      assert.match(stderr, /Wrote \.kiro\/specs\/expiry\/design\.md/);
      assert.match(bench.read('.kiro/specs/expiry/.config.kiro'), /"workflowType": "design-first"/);
    });

    it('refuses a bad name and an idea of nothing', async () => {
      const bench = createBench();
      bench.workspace.spec('taken', { requirements: '# R\n' });
      for (const args of [['An idea', '--name', 'taken'], ['An idea', '--name', 'Bad Name'], [' ']]) {
        assert.equal((await bench.run('spec', 'new', ...args)).code, 2, args.join(' '));
      }
    });

    it('says that there is no key, and asks no server that it was not told of', async () => {
      const server = await startMessagesServer();
      const bench = createBench();
      const env = { ANTHROPIC_BASE_URL: server.url };
      const { code, stderr } = await bench.start(['spec', 'new', 'An idea'], { env }).ended;
      assert.equal(code, 1);
      assert.match(stderr, /ANTHROPIC_API_KEY/);
      assert.equal(server.requests.length, 0);
    });

    it('gives a key to no server but its own', async () => {
      const server = await startMessagesServer({ turns: [{ text: DOCUMENT }, { text: DOCUMENT }] });
      const bench = createBench();
      const env = { ANTHROPIC_API_KEY: KEY, EARSHOT_API_KEY: KEY, EARSHOT_BASE_URL: 'http://127.0.0.1:9' };
      assert.equal(
        (await bench.start(['spec', 'new', 'An idea', '--base-url', server.url], { env }).ended).code,
        0,
      );
      assert.ok(!JSON.stringify(server.requests[0]?.headers).includes(KEY));
    });

    it('tells a refused key without the key', async () => {
      const server = await startMessagesServer({
        turns: [{ fault: 'unauthorized', errorMessage: `invalid key ${KEY}` }],
      });
      const bench = createBench(server);
      const { code, stdout, stderr } = await bench.run('spec', 'new', 'An idea');
      assert.equal(code, 1);
      assert.match(stderr, /refused the API key.*EARSHOT_API_KEY/);
      assert.ok(![stdout, stderr, ...bench.logs().map(({ text }) => text)].join().includes(KEY));
    });

    it('keeps what came before the connection broke, and marks it', async () => {
      const server = await startMessagesServer({
        turns: [{ text: DOCUMENT, fault: 'cutByReset', faultAfter: 6 }],
      });
      const bench = createBench(server);
      const { code, stdout, stderr } = await bench.run('spec', 'new', 'An idea', '--name', 'cut');
      assert.equal(code, 1);
      assert.match(stderr, /requirements\.md, marked incomplete/);
      const kept = bench.read('.kiro/specs/cut/requirements.md');
      assert.ok(kept.startsWith('# Requirements') && kept.length < DOCUMENT.length);
      assert.equal(stdout, kept);
      const [spec] = JSON.parse((await bench.run('spec', 'list', '--json')).stdout) as {
        documents: { state: string }[];
      }[];
      assert.equal(spec?.documents[0]?.state, 'incomplete');
    });

    it('is stopped by Ctrl+C and keeps what came', async function () {
      if (process.platform === 'win32') return this.skip();
      const server = await startMessagesServer({
        turns: [{ text: DOCUMENT, fault: 'stall', faultAfter: 6 }],
      });
      const bench = createBench(server);
      const { child, ended } = bench.start(['spec', 'new', 'An idea', '--name', 'stopped']);
      const path = '.kiro/specs/stopped/requirements.md';
      await until(
        'some text',
        () => existsSync(join(bench.workspace.native, path)) && bench.read(path).length > 10,
      );
      child.kill('SIGINT');
      const { code, stderr } = await ended;
      assert.equal(code, 130);
      assert.match(stderr, /Stopped\. What came so far/);
      assert.equal(await server.requests[0]?.closedEarly, true);
      assert.match((await bench.run('spec', 'list')).stdout, /stopped +requirements +cut off/);
    });
  });

  describe('task run', () => {
    it('does a task, proves it and ticks its box', async () => {
      const server = await startMessagesServer({ turns: [writing('hello\n'), { text: 'Done.' }] });
      const bench = withTask(createBench(server));
      const { code, stdout, stderr } = await bench.run(
        'task',
        'run',
        'greeting',
        '1',
        '--autopilot',
        ...AGREED,
      );
      assert.deepEqual([code, stderr], [0, '']);
      const shown = stdout.replace(/\d+\.\d s/g, '0 s');
      assert.equal(
        shown,
        [
          '▸ 1 Write the greeting',
          '  I write it.',
          '  → write_file out.txt ✓ 0 s',
          '  Done.',
          '  → check: node check.js ✓ passed 0 s',
          '✓ done',
          '',
        ].join('\n'),
      );
      assert.equal(bench.read('out.txt'), 'hello\n');
      assert.match(bench.read(TASKS), /- \[x\] 1\. Write/);
      const again = await bench.run('task', 'run', 'greeting');
      assert.equal(again.code, 0);
      assert.match(again.stderr, /Every required task/);
    });

    it('prints the session as JSON lines', async () => {
      const server = await startMessagesServer({ turns: [writing('hello\n'), { text: 'Done.' }] });
      const bench = withTask(createBench(server));
      const { code, stdout, stderr } = await bench.run(
        'task',
        'run',
        'greeting',
        '--json',
        '--autopilot',
        ...AGREED,
      );
      assert.deepEqual([code, stderr], [0, '']);
      const events = jsonLines(stdout);
      assert.deepEqual(
        events.map(({ type }) => type),
        bench.logs()[0]?.events.map(({ type }) => type),
      );
      assert.deepEqual(events.at(-1), { ...events.at(-1), type: 'session.ended', status: 'done' });
    });

    it('leaves the box open when the check fails', async () => {
      const server = await startMessagesServer({ turns: [writing('goodbye\n'), { text: 'Done.' }] });
      const bench = withTask(createBench(server));
      const { code, stdout, stderr } = await bench.run(
        'task',
        'run',
        'greeting',
        '1',
        '--autopilot',
        ...AGREED,
      );
      assert.equal(code, 1);
      assert.match(stdout, /check: node check\.js ✗ exit code 3/);
      assert.match(stderr, /“1 Write the greeting” is not done\. “node check\.js” failed \(exit code 3\)/);
      assert.match(bench.read(TASKS), /- \[ \] 1\. Write/);
    });

    it('denies what nobody can be asked for, whether a spec may run unapproved by this word or an earlier one', async () => {
      const turns = [writing('hello\n'), { text: 'I may not.' }];
      const server = await startMessagesServer({ turns: [...turns, ...turns] });
      const bench = withTask(createBench(server));
      for (const flags of [AGREED, []]) {
        const { code, stdout } = await bench.run('task', 'run', 'greeting', '1', ...flags);
        assert.equal(code, 1);
        assert.match(stdout, /write_file out\.txt ✗ denied \(--autopilot allows it\)/);
        assert.ok(!existsSync(join(bench.workspace.native, 'out.txt')));
        assert.match(bench.read(TASKS), /- \[ \] 1\. Write/);
      }
    });

    it('asks the model for nothing before the check and the documents are agreed to', async () => {
      const server = await startMessagesServer();
      const bench = withTask(createBench(server));
      const check = await bench.run('task', 'run', 'greeting', '1', '--autopilot', '--run-unapproved');
      assert.equal(check.code, 1);
      assert.match(check.stderr, /\n {2}node check\.js\n.*--agree-check/);
      const unapproved = await bench.run('task', 'run', 'greeting', '1', '--autopilot', '--agree-check');
      assert.equal(unapproved.code, 1);
      assert.match(unapproved.stderr, /Approve tasks\.md first\..*--run-unapproved/);
      assert.equal(server.requests.length, 0);
      assert.deepEqual(bench.logs(), []);
    });

    it('does not call a task done that nothing proved', async () => {
      const server = await startMessagesServer({ turns: [writing('hello\n'), { text: 'Done.' }] });
      const bench = withTask(createBench(server), '');
      const { code, stdout, stderr } = await bench.run(
        'task',
        'run',
        'greeting',
        '1',
        '--autopilot',
        ...AGREED,
      );
      assert.equal(code, 1);
      assert.match(stdout, /\? not verified/);
      assert.match(stderr, /is not proved\. No check ran.*_Verify/);
      assert.match(bench.read(TASKS), /- \[ \] 1\. Write/);
    });

    it('names what there is when it is asked for what there is not', async () => {
      const bench = withTask(createBench());
      const spec = await bench.run('task', 'run', 'nothing');
      assert.equal(spec.code, 2);
      assert.match(spec.stderr, /There are: greeting/);
      const task = await bench.run('task', 'run', 'greeting', '9');
      assert.equal(task.code, 2);
      assert.match(task.stderr, /no task 9/);
    });

    it('goes on after it was killed in the middle of a task', async function () {
      if (process.platform === 'win32') return this.skip();
      const server = await startMessagesServer({
        turns: [
          { text: 'I look.', tools: [{ name: 'list_files', input: { path: '.' } }] },
          { text: 'And then I think for a very long time', fault: 'stall', faultAfter: 4 },
          writing('hello\n'),
          { text: 'Done.' },
        ],
      });
      const bench = withTask(createBench(server));
      const args = ['task', 'run', 'greeting', '1', '--autopilot', ...AGREED];
      const { child, ended } = bench.start(args);
      await server.received(2);
      assert.match(bench.read(TASKS), /- \[-\] 1\. Write/);
      // What came before the request is written while the model thinks.
      await until('the log of them', () => (bench.logs()[0]?.events.length ?? 0) >= 7);
      child.kill('SIGKILL');
      await ended;

      const [log] = bench.logs();
      assert.ok(log?.text.endsWith('\n'));
      const types = jsonLines(log?.text ?? '').map(({ type }) => type);
      const whole = [
        'session.started',
        'user',
        'turn.started',
        'turn.ended',
        'tool.started',
        'tool.ended',
        'turn.started',
      ];
      assert.deepEqual(types, whole);
      const state = foldSession(log?.events ?? []);
      assert.ok(state && !isOwnerAlive(state.started.owner));
      assert.deepEqual([state.status, interrupt(state).status], ['running', 'interrupted']);

      const list = await bench.run('spec', 'list');
      assert.deepEqual([list.code, list.stderr], [0, '']);
      assert.equal((await bench.run(...args)).code, 0);
      assert.match(bench.read(TASKS), /- \[x\] 1\. Write/);
      assert.ok(bench.logs()[0]?.text.startsWith(log?.text ?? '-'));
    });

    it('goes on in its own session, and runs no command again that may have run, without asking', async function () {
      if (process.platform === 'win32') return this.skip();
      const command = 'echo once >> ran.txt; sleep 60';
      const server = await startMessagesServer({
        turns: [
          { tools: [{ name: 'run_command', input: { command } }] },
          writing('hello\n'),
          { text: 'Done.' },
        ],
      });
      const bench = withTask(createBench(server));
      const { child, ended } = bench.start(['task', 'run', 'greeting', '1', '--autopilot', ...AGREED]);
      await until('the command', () => existsSync(join(bench.workspace.native, 'ran.txt')));
      child.kill('SIGKILL');
      await ended;
      const { code, stdout, stderr } = await bench.run('session', 'resume', '--autopilot');
      assert.equal(code, 0, stderr);
      assert.match(stdout, /write_file out\.txt ✓/);
      assert.equal(bench.read('ran.txt'), 'once\n');
      assert.match(bench.read(TASKS), /- \[x\] 1\. Write/);
      assert.equal(bench.logs().length, 1, 'one session');
      const told = bench.logs()[0]?.events.find((event) => event.type === 'tool.ended');
      assert.match(told?.type === 'tool.ended' ? told.output : '', /its effect is unknown/);
      const nothing = await bench.run('session', 'resume');
      assert.equal(nothing.code, 2);
      assert.match(nothing.stderr, /No task or conversation was interrupted/);
    });

    it('refuses a second run in the same workspace', async () => {
      const server = await startMessagesServer({
        turns: [{ text: 'I think about it.', fault: 'stall', faultAfter: 4 }],
      });
      const bench = withTask(createBench(server));
      const args = ['task', 'run', 'greeting', '1', '--autopilot', ...AGREED];
      const { child, ended } = bench.start(args);
      await server.received(1);
      const second = await bench.run(...args);
      assert.equal(second.code, 1);
      assert.match(second.stderr, /“1 Write the greeting” is still running/);
      assert.match(bench.read(TASKS), /- \[-\] 1\. Write/);
      child.kill('SIGKILL');
      await ended;
    });

    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      it(`ends in order on ${signal}: children gone, box open, log closed`, async function () {
        if (process.platform === 'win32') return this.skip();
        const command = 'node -e "setInterval(() => {}, 1000)" & echo $! > pid; echo $$ >> pid; wait';
        const server = await startMessagesServer({
          turns: [{ tools: [{ name: 'run_command', input: { command } }] }],
        });
        const bench = withTask(createBench(server));
        const { child, ended } = bench.start(['task', 'run', 'greeting', '1', '--autopilot', ...AGREED]);
        const pidFile = join(bench.workspace.native, 'pid');
        await until(
          'the children',
          () => existsSync(pidFile) && bench.read('pid').trim().split('\n').length === 2,
        );
        const pids = bench.read('pid').trim().split('\n').map(Number);
        assert.ok(pids.every((pid) => isOwnerAlive(String(pid))));
        child.kill(signal);
        const { code, stderr } = await ended;
        assert.equal(code, 130);
        assert.match(stderr, /“1 Write the greeting” is open again/);
        assert.ok(pids.every((pid) => !isOwnerAlive(String(pid))));
        assert.match(bench.read(TASKS), /- \[ \] 1\. Write/);
        assert.deepEqual(bench.logs()[0]?.events.at(-1)?.type, 'session.ended');
        assert.equal(foldSession(bench.logs()[0]?.events ?? [])?.status, 'cancelled');
      });
    }
  });
});
