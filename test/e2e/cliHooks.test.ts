// Verifies: hook-engine#2.1, #3.2, #4.2
/** Hooks in the built command line: a real process, real commands, a scripted server of the Messages API. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, buildCli, createBench } from '../support/cliBench';
import { startMessagesServer } from '../support/messagesServer';
import { inLongRun } from '../support/soak';

/** What a task on the command line can fire: v1 → 0.x, which has no name for the last one. */
const TRIGGERS = {
  SessionStart: 'agentSpawn',
  PreToolUse: 'preToolUse',
  PostToolUse: 'postToolUse',
  Stop: 'agentStop',
  PreTaskExec: 'preTaskExecution',
  PostTaskExec: 'postTaskExecution',
  PostFileCreate: 'fileCreated',
  PostFileSave: 'fileEdited',
  PostFileDelete: 'fileDeleted',
  OnSpecChange: undefined,
} as const;
type Trigger = keyof typeof TRIGGERS;
const ALL = Object.keys(TRIGGERS) as Trigger[];
const TASKS = '.kiro/specs/greeting/tasks.md';
const AGREED = ['--autopilot', '--agree-check', '--run-unapproved', '--agree-hooks'] as const;

type Action = { readonly command: string } | { readonly prompt: string };

/** A hook for each of these triggers, in one format or the other. */
function withHooks(
  bench: Bench,
  generation: 'v1' | '0.x',
  actionOf: (trigger: Trigger) => Action,
  triggers: readonly Trigger[] = ALL,
): void {
  for (const trigger of triggers) {
    const action = actionOf(trigger);
    const older = TRIGGERS[trigger];
    const isTool = trigger.endsWith('ToolUse');
    const isFile = trigger.startsWith('PostFile');
    if (generation === 'v1' || older === undefined) {
      const type = 'command' in action ? 'command' : 'agent';
      const matcher = isTool ? 'write' : isFile ? '\\.txt$' : undefined;
      const hooks = [{ name: trigger, trigger, matcher, action: { type, ...action } }];
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

/** Each test starts the program several times: a sample here, the rest in the long run. */
const SOAK = process.env.EARSHOT_SOAK === '1';
const GENERATIONS = SOAK ? (['v1', '0.x'] as const) : (['v1'] as const);

describe('hooks of the command line', function () {
  this.timeout(60_000);
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
      const queue = [...WORK];
      const server = await startMessagesServer({
        answer: ({ body }) =>
          body.system?.some(({ text }) => text.includes('Role: hook'))
            ? { text: 'Hook done.' }
            : (queue.shift() ?? { text: 'Done.' }),
      });
      const bench = withTask(createBench(server));
      withHooks(bench, generation, (trigger) => ({ prompt: `words-${trigger}` }));
      const { code, stderr } = await run(bench);
      assert.equal(code, 0, stderr);
      const ended = bench.logs().flatMap(({ events }) => {
        const [first] = events;
        return first?.type === 'session.started' && first.kind === 'hook'
          ? [`${first.title} ${events.at(-1)?.type === 'session.ended' ? 'ended' : 'was cut off'}`]
          : [];
      });
      const own = [
        'Stop',
        'PostTaskExec',
        'PostFileCreate',
        'PostFileSave',
        'PostFileDelete',
        'OnSpecChange',
      ];
      for (const trigger of own) assert.ok(ended.includes(`Hook: ${trigger} ended`), `${trigger}: ${ended}`);
      assert.deepEqual(
        ended.filter((each) => each.endsWith('cut off')),
        [],
      );
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

  inLongRun('by hand: its exit code decides that of the program', async () => {
    const bench = createBench();
    const names = ['zero', 'one', 'two'];
    const hooks = names.map((name, index) => ({
      name,
      trigger: 'Manual',
      action: { type: 'command', command: `echo ${name}; exit ${index}` },
    }));
    bench.workspace.file('.kiro/hooks/a.json', JSON.stringify({ version: 'v1', hooks }));
    for (const [index, name] of names.entries()) {
      const { code, stdout } = await bench.run('hook', 'run', name, '--agree-hooks');
      assert.equal(code, index === 0 ? 0 : 1);
      assert.ok(stdout.startsWith(`${name}\n`), stdout);
    }
  });

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
});
