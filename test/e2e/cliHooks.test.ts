// Verifies: hook-engine#2.1, #3.2, #4.2
/**
 * Hooks in the built command line: a real process, real commands, a scripted server of the Messages API. Each trigger that the
 * table of hooks (`test/unit/core/hooks/hookCells.ts`) has for it, by the command that brings it about.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionEventBody } from '../../src/core/agent/session/events';
import { queuedMessage } from '../../src/core/agent/session/sessions';
import { createHome } from '../../src/core/home';
import { TRIGGERS as ALL_TRIGGERS, type HookTrigger as Trigger } from '../../src/core/hooks/model';
import { fromNativePath } from '../../src/node/nativePath';
import { nodeHasher } from '../../src/node/nodePorts';
import { type Bench, buildCli, createBench } from '../support/cliBench';
import { type ScriptedTurn, startMessagesServer } from '../support/messagesServer';
import { inLongRun } from '../support/soak';
import { cellsOf, olderNameOf } from '../unit/core/hooks/hookCells';

/** Which command brings it about. Undefined: none, as a person alone approves, in the editor. */
const BY: Readonly<
  Record<Trigger, 'run' | 'hook run' | 'session resume' | 'checkpoint restore' | undefined>
> = {
  SessionStart: 'run',
  // Words that were not told yet when the conversation broke off.
  UserPromptSubmit: 'session resume',
  PreToolUse: 'run',
  PostToolUse: 'run',
  Stop: 'run',
  PreTaskExec: 'run',
  PostTaskExec: 'run',
  PostFileCreate: 'run',
  PostFileSave: 'run',
  PostFileDelete: 'run',
  Manual: 'hook run',
  OnApproval: undefined,
  OnSpecChange: 'run',
  OnCheckpointRestore: 'checkpoint restore',
  // Where it takes long enough, or the agent commits.
  OnGitCommit: 'run',
  OnSchedule: 'run',
};
const byRun = (trigger: Trigger) => BY[trigger] === 'run';
/** What any run of a task fires. */
const ALL = cellsOf('cli', 'v1').filter(
  (trigger) => byRun(trigger) && trigger !== 'OnGitCommit' && trigger !== 'OnSchedule',
);
const TASKS = '.kiro/specs/greeting/tasks.md';
const AGREED = ['--autopilot', '--agree-check', '--run-unapproved', '--agree-hooks'] as const;

type Action = { readonly command: string } | { readonly prompt: string };

/** A hook for each of these triggers, in one format or the other. */
function withHooks(
  bench: Bench,
  generation: 'v1' | '0.x',
  actionOf: (trigger: Trigger) => Action,
  triggers: readonly Trigger[] = ALL,
  more: object = {},
): void {
  for (const trigger of triggers) {
    const action = actionOf(trigger);
    const older = olderNameOf(trigger);
    const isTool = trigger.endsWith('ToolUse');
    const isFile = trigger.startsWith('PostFile');
    if (generation === 'v1' || older === undefined) {
      const type = 'command' in action ? 'command' : 'agent';
      const matcher = isTool ? 'write' : isFile ? '\\.txt$' : undefined;
      const hooks = [{ name: trigger, trigger, matcher, ...more, action: { type, ...action } }];
      bench.workspace.file(`.kiro/hooks/${trigger}.json`, JSON.stringify({ version: 'v1', hooks }));
      continue;
    }
    const then = { type: 'command' in action ? 'runCommand' : 'askAgent', ...action };
    const when = {
      type: older,
      ...(isFile ? { patterns: ['*.txt'] } : {}),
      ...(isTool ? { toolTypes: ['write'] } : {}),
    };
    const hook = { enabled: true, name: trigger, version: '1', when, then };
    bench.workspace.file(`.kiro/hooks/${trigger}.kiro.hook`, JSON.stringify(hook));
  }
}

function withTask(bench: Bench): Bench {
  bench.workspace
    .file('check.js', "process.exit(require('fs').existsSync('new.txt') ? 0 : 3);\n")
    .files({ 'old.txt': 'old', 'gone.txt': 'gone' })
    .spec('greeting', {
      tasks: '# Implementation Plan\n\n- [ ] 1. Write the greeting\n  - _Verify: node check.js_\n',
    });
  return bench;
}

const write = (path: string) => ({ tools: [{ name: 'write_file', input: { path, content: 'hello\n' } }] });
const shell = (command: string) => ({ tools: [{ name: 'run_command', input: { command } }] });
/** By its tools, and by a command. */
const WORK = [write('new.txt'), write('old.txt'), shell('rm gone.txt; echo x > made.txt'), { text: 'Done.' }];

const toldIn = (bench: Bench, trigger: Trigger) => join(bench.home.native, `${trigger}.jsonl`);
const tell = (bench: Bench) => (trigger: Trigger) => ({
  command: `cat >> '${toldIn(bench, trigger)}'; echo >> '${toldIn(bench, trigger)}'`,
});

function eventsOf(bench: Bench, trigger: Trigger): readonly Record<string, unknown>[] {
  const path = toldIn(bench, trigger);
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

const filesOf = (bench: Bench, trigger: Trigger) =>
  eventsOf(bench, trigger)
    .flatMap(({ file_paths }) => file_paths as string[])
    .sort();

const run = (bench: Bench) => bench.run('run', 'greeting', ...AGREED);

/** A conversation whose first words were not told to the model yet when its window was gone. */
function withConversation(bench: Bench): Bench {
  const home = createHome(fromNativePath(join(bench.home.native, 'earshot')), nodeHasher);
  const [root, id] = [bench.workspace.root, 'a-conversation'];
  const started = { version: 1, session: id, kind: 'chat', title: 'please work', root } as const;
  const events: readonly SessionEventBody[] = [
    { type: 'session.started', ...started, model: 'claude-sonnet-5-5', rehearsed: false, owner: '1-1' },
    queuedMessage('m1', 'please work', []),
  ];
  const lines = events.map((event, seq) => JSON.stringify({ seq, at: 1_700_000_000_000 + seq, ...event }));
  const folder = home.sessions(root);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${id}.jsonl`), `${lines.join('\n')}\n`);
  return bench;
}

const resume = (bench: Bench) => bench.run('session', 'resume', '--autopilot', '--agree-hooks');

/** Answers by what it is asked: a hook's session is done at once. */
async function startServer(...turns: readonly ScriptedTurn[]) {
  const queue = [...turns];
  return startMessagesServer({
    answer: ({ body }) =>
      body.system?.some(({ text }) => text.includes('Role: hook'))
        ? { text: 'Hook done.' }
        : (queue.shift() ?? { text: 'Done.' }),
  });
}

/** Names of hooks whose agents have ended; none may be cut off. */
function endedAgents(bench: Bench): readonly string[] {
  const own = bench.logs().flatMap(({ events }) => {
    const [first] = events;
    return first?.type === 'session.started' && first.kind === 'hook'
      ? [{ name: first.title.replace(/^Hook: /, ''), last: events.at(-1) }]
      : [];
  });
  for (const { name, last } of own) assert.equal(last?.type, 'session.ended', `${name} was cut off`);
  return own.map(({ name }) => name);
}

/** Each test starts the program several times: a sample here, the rest in the long run. */
const SOAK = process.env.EARSHOT_SOAK === '1';
const GENERATIONS = SOAK ? (['v1', '0.x'] as const) : (['v1'] as const);

describe('hooks of the command line', function () {
  this.timeout(SOAK ? 600_000 : 60_000);
  before(buildCli);

  for (const generation of GENERATIONS) {
    it(`${generation}: commands fire on all that a run does, files that its tools and its commands changed included`, async () => {
      const bench = withTask(createBench(await startMessagesServer({ turns: WORK })));
      withHooks(bench, generation, tell(bench));
      const { code, stderr } = await run(bench);
      assert.equal(code, 0, stderr);
      for (const trigger of ALL) {
        assert.notEqual(eventsOf(bench, trigger).length, 0, `${trigger}: ${stderr}`);
        assert.ok(
          eventsOf(bench, trigger).every(({ hook_event_name }) => hook_event_name === trigger),
          trigger,
        );
      }
      assert.deepEqual(filesOf(bench, 'PostFileCreate'), ['made.txt', 'new.txt']);
      assert.deepEqual(filesOf(bench, 'PostFileSave'), ['old.txt']);
      assert.deepEqual(filesOf(bench, 'PostFileDelete'), ['gone.txt']);
      assert.deepEqual([...new Set(filesOf(bench, 'OnSpecChange'))], [TASKS]);
      assert.match(stderr, /Hook “PostFileSave” passed \(.* s, old\.txt\)/);
    });

    it(`${generation}: agents have ended before the program does`, async () => {
      const server = await startServer(...WORK);
      const bench = withTask(createBench(server));
      withHooks(bench, generation, (trigger) => ({ prompt: `words-${trigger}` }));
      const { code, stderr } = await run(bench);
      assert.equal(code, 0, stderr);
      const ended = endedAgents(bench);
      const own = [
        'Stop',
        'PostTaskExec',
        'PostFileCreate',
        'PostFileSave',
        'PostFileDelete',
        'OnSpecChange',
      ];
      for (const trigger of own) assert.ok(ended.includes(trigger), `${trigger}: ${ended}`);
      // The others say their words where it happened.
      const said = JSON.stringify(server.requests.map(({ body }) => body.messages));
      for (const trigger of ['SessionStart', 'PreToolUse', 'PostToolUse'])
        assert.ok(said.includes(`words-${trigger}`), trigger);
    });
  }

  it('exit code 2 keeps a tool from running and says why to the agent; exit code 1 does not', async () => {
    for (const exitCode of [1, 2]) {
      const server = await startMessagesServer({ turns: [write('new.txt'), { text: 'Done.' }] });
      const bench = withTask(createBench(server));
      withHooks(bench, 'v1', () => ({ command: `echo not today >&2; exit ${exitCode}` }), ['PreToolUse']);
      const { code, stdout } = await run(bench);
      const isKept = exitCode === 2;
      assert.equal(code, isKept ? 1 : 0, stdout);
      assert.equal(existsSync(join(bench.workspace.native, 'new.txt')), !isKept);
      const results = JSON.stringify(server.requests[1]?.body.messages.at(-1));
      assert.equal(results.includes('not today'), isKept, results);
    }
  });

  inLongRun(
    'exit code 2 before a task leaves it open, with the reason; nothing is asked of the model',
    async () => {
      const server = await startMessagesServer({ turns: WORK });
      const bench = withTask(createBench(server));
      withHooks(bench, 'v1', () => ({ command: 'echo it is Friday >&2; exit 2' }), ['PreTaskExec']);
      const { code, stdout, stderr } = await run(bench);
      assert.equal(code, 1);
      assert.equal(server.requests.length, 0);
      assert.match(`${stdout}${stderr}`, /it is Friday/);
    },
  );

  inLongRun(
    'what one hook writes fires another, once; one that fails says so, and the run is what it was',
    async () => {
      const bench = withTask(createBench(await startMessagesServer({ turns: WORK })));
      withHooks(
        bench,
        'v1',
        (trigger) => {
          const { command } = tell(bench)(trigger);
          return {
            command:
              trigger === 'PostFileSave' ? `${command}; echo log > log.txt; echo 3 errors; exit 1` : command,
          };
        },
        ['PostFileSave', 'PostFileCreate'],
      );
      const { code, stderr } = await run(bench);
      assert.equal(code, 0, stderr);
      assert.ok(filesOf(bench, 'PostFileCreate').includes('log.txt'), stderr);
      assert.match(stderr, /Hook “PostFileSave” failed with exit code 1 \(.* s, old\.txt\): 3 errors/);
      assert.equal(eventsOf(bench, 'PostFileSave').length, 1);
    },
  );

  it('nobody agreed: nothing fires, and it says so', async () => {
    const bench = withTask(createBench(await startMessagesServer({ turns: WORK })));
    withHooks(bench, 'v1', tell(bench), ['PostFileSave', 'PreToolUse']);
    const { code, stderr } = await bench.run('run', 'greeting', ...AGREED.slice(0, 3));
    assert.equal(code, 0);
    assert.match(stderr, /The hook “PostFileSave” does not run: nobody agreed to it/);
    assert.deepEqual([eventsOf(bench, 'PostFileSave'), eventsOf(bench, 'PreToolUse')], [[], []]);
  });

  for (const generation of ['v1', '0.x'] as const) {
    inLongRun(`${generation}: by hand, its exit code decides that of the program`, async () => {
      for (const exitCode of [0, 1, 2]) {
        const bench = createBench();
        withHooks(bench, generation, () => ({ command: `echo said; exit ${exitCode}` }), ['Manual']);
        const { code, stdout } = await bench.run('hook', 'run', 'Manual', '--agree-hooks');
        assert.equal(code, exitCode === 0 ? 0 : 1);
        assert.ok(stdout.startsWith('said\n'), stdout);
      }
    });

    inLongRun(`${generation}: by hand, an agent`, async () => {
      const server = await startServer();
      const bench = createBench(server);
      withHooks(bench, generation, () => ({ prompt: 'words-Manual' }), ['Manual']);
      const { code, stderr } = await bench.run('hook', 'run', 'Manual', '--agree-hooks');
      assert.equal(code, 0, stderr);
      assert.match(JSON.stringify(server.requests[0]?.body.messages), /words-Manual/);
      assert.deepEqual(endedAgents(bench), ['Manual']);
    });

    inLongRun(`${generation}: a person’s words, told when their conversation goes on`, async () => {
      const server = await startServer();
      const bench = withConversation(createBench(server));
      const told = tell(bench)('UserPromptSubmit').command;
      withHooks(bench, generation, () => ({ command: `${told}; echo from-the-hook` }), ['UserPromptSubmit']);
      const { code, stderr } = await resume(bench);
      assert.equal(code, 0, stderr);
      assert.deepEqual(
        eventsOf(bench, 'UserPromptSubmit').map(({ prompt }) => prompt),
        ['please work'],
      );
      assert.match(JSON.stringify(server.requests[0]?.body.messages), /please work/);
      assert.match(JSON.stringify(server.requests[0]?.body.messages), /from-the-hook/);

      const other = await startServer();
      const asked = withConversation(createBench(other));
      withHooks(asked, generation, () => ({ prompt: 'words-of-the-hook' }), ['UserPromptSubmit']);
      assert.equal((await resume(asked)).code, 0);
      assert.match(JSON.stringify(other.requests[0]?.body.messages), /words-of-the-hook/);
    });

    inLongRun(`${generation}: exit code 2 keeps a person’s words back, and says why`, async () => {
      const server = await startServer();
      const bench = withConversation(createBench(server));
      withHooks(bench, generation, () => ({ command: 'echo not these words >&2; exit 2' }), [
        'UserPromptSubmit',
      ]);
      const { code, stdout, stderr } = await resume(bench);
      assert.equal(code, 1);
      assert.match(`${stdout}${stderr}`, /not these words/);
      assert.equal(server.requests.length, 0);
    });
  }

  inLongRun('a commit of the agent, and a restored checkpoint', async () => {
    const commit = shell('git add new.txt && git -c user.name=A -c user.email=a@b.c commit -qm first');
    const server = await startMessagesServer({ turns: [write('new.txt'), commit, { text: 'Done.' }] });
    const bench = withTask(createBench(server));
    execFileSync('git', ['init', '-q'], { cwd: bench.workspace.native });
    for (const trigger of ['OnGitCommit', 'OnCheckpointRestore']) {
      const told = join(bench.home.native, `${trigger}.jsonl`);
      const hooks = [{ name: trigger, trigger, action: { type: 'command', command: `cat >> '${told}'` } }];
      bench.workspace.file(`.kiro/hooks/${trigger}.json`, JSON.stringify({ version: 'v1', hooks }));
      assert.equal((await bench.run('hook', 'run', trigger, '--agree-hooks')).code, 0);
    }
    const told = (trigger: string) => readFileSync(join(bench.home.native, `${trigger}.jsonl`), 'utf8');
    const { code, stderr } = await run(bench);
    assert.equal(code, 0, stderr);
    assert.match(told('OnGitCommit'), /"hook_event_name":"OnGitCommit".*"message":"first"/);
    bench.workspace.file('new.txt', 'spoilt');
    const restored = await bench.run('checkpoint', 'restore', 'latest', '--yes');
    assert.equal(restored.code, 0, restored.stdout + restored.stderr);
    assert.match(restored.stdout, /Restored/);
    assert.equal(told('OnCheckpointRestore').match(/"hook_event_name":"OnCheckpointRestore"/g)?.length, 2);
  });

  inLongRun('a commit and a restored checkpoint, for agents', async () => {
    const commit = shell('git add new.txt && git -c user.name=A -c user.email=a@b.c commit -qm first');
    const server = await startServer(write('new.txt'), commit);
    const bench = withTask(createBench(server));
    execFileSync('git', ['init', '-q'], { cwd: bench.workspace.native });
    const triggers = ['OnGitCommit', 'OnCheckpointRestore'] as const;
    withHooks(bench, 'v1', (trigger) => ({ prompt: `words-${trigger}` }), triggers);
    for (const trigger of triggers)
      assert.equal((await bench.run('hook', 'run', trigger, '--agree-hooks')).code, 0);
    const before = endedAgents(bench).length;
    const { code, stderr } = await run(bench);
    assert.equal(code, 0, stderr);
    assert.deepEqual(endedAgents(bench).slice(before), ['OnGitCommit']);
    bench.workspace.file('new.txt', 'spoilt');
    assert.equal((await bench.run('checkpoint', 'restore', 'latest', '--yes')).code, 0);
    assert.deepEqual(endedAgents(bench).slice(before).sort(), [...triggers].sort());
  });

  inLongRun('a time of the day that comes while a task is worked on', async () => {
    for (const action of ['command', 'prompt'] as const) {
      // The next minute that is not about to begin.
      const due = Math.ceil((Date.now() + 10_000) / 60_000) * 60_000;
      const wait = shell(`sleep ${Math.ceil((due - Date.now()) / 1000) + 2}`);
      const server = await startServer(write('new.txt'), wait);
      const bench = withTask(createBench(server));
      const { command } = tell(bench)('OnSchedule');
      const schedule = new Date(due).toISOString().slice(11, 16);
      withHooks(
        bench,
        'v1',
        () => (action === 'command' ? { command } : { prompt: 'words-OnSchedule' }),
        ['OnSchedule'],
        { schedule },
      );
      const { code, stderr } = await bench.start(['run', 'greeting', ...AGREED], { env: { TZ: 'UTC' } })
        .ended;
      assert.equal(code, 0, stderr);
      const fired =
        action === 'command'
          ? eventsOf(bench, 'OnSchedule').map(({ hook_event_name }) => hook_event_name)
          : endedAgents(bench);
      assert.deepEqual(fired, ['OnSchedule'], stderr);
    }
  });

  inLongRun('nothing that a terminal can do is an approval', async () => {
    const server = await startServer(...WORK);
    const bench = withConversation(withTask(createBench(server)));
    withHooks(bench, 'v1', tell(bench), ['OnApproval', 'SessionStart']);
    const acts = [
      ['run', 'greeting', ...AGREED],
      ['session', 'resume', 'a-conversation', '--autopilot', '--agree-hooks'],
      ['checkpoint', 'restore', 'latest', '--yes'],
      ['spec', 'rename', 'greeting', 'welcome'],
      ['spec', 'archive', 'welcome'],
      ['spec', 'restore', 'welcome'],
    ];
    for (const act of acts) {
      const { code, stdout, stderr } = await bench.run(...act);
      assert.equal(code, 0, `${act.join(' ')}: ${stdout}${stderr}`);
    }
    // What it writes is a draft, and incomplete at that.
    assert.equal((await bench.run('spec', 'new', 'Tell the time', '--name', 'clock')).code, 1);
    assert.notEqual(eventsOf(bench, 'SessionStart').length, 0, 'other hooks do fire');
    assert.deepEqual(eventsOf(bench, 'OnApproval'), []);
    assert.match((await bench.run('spec', 'list')).stdout, /welcome/);
    assert.doesNotMatch((await bench.run('spec', 'list')).stdout, /approved/);
    // By hand it runs like any other: that says nothing of a document.
    assert.equal((await bench.run('hook', 'run', 'OnApproval', '--agree-hooks')).code, 0);
  });

  it('fire on all that the table has for it, by a command that brings it about', () => {
    const fired: Trigger[] = ALL_TRIGGERS.filter((trigger) => BY[trigger] !== undefined);
    assert.deepEqual(fired.sort(), [...cellsOf('cli', 'v1')].sort());
  });
});
