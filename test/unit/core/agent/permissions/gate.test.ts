// Feature: agent-engine, Property 13: An answer holds where it was given
// Verifies: agent-engine#3.2, #3.6
/** Questions and answers: what is shown, what is remembered where, and what is refused. */
import assert from 'node:assert/strict';
import { createPermissions, type PermissionGate } from '../../../../../src/core/agent/permissions';
import { proposePattern } from '../../../../../src/core/agent/permissions/proposePattern';
import type {
  PermissionAnswer,
  PermissionQuestion,
  SessionEvent,
} from '../../../../../src/core/agent/session/events';
import { createHome } from '../../../../../src/core/home';
import { createTestPorts, type TestPorts, type TestPortsOptions } from '../../../../support/testPorts';
import { HOME, quiet, toolItems } from '../../coreHarness';
import { call, startTalk, told } from '../conversation';

const USER = `${HOME}/permissions.yaml`;

interface Desk {
  readonly ports: TestPorts;
  readonly gate: PermissionGate;
  /** Another session, later. */
  later(root?: string): PermissionGate;
  readonly workspaceFile: string;
}

function desk(options: TestPortsOptions = {}, present = true): Desk {
  const ports = createTestPorts(options);
  const home = createHome(HOME, ports.hasher);
  const later = (root = ports.root) => createPermissions(ports, home).gate(root, present);
  return { ports, gate: later(), later, workspaceFile: home.workspacePermissions(ports.root) };
}

const running = (subject: string): PermissionQuestion => ({
  subject,
  capability: 'run',
  where: 'here',
  why: 'x',
});
const writing = (subject: string): PermissionQuestion => ({
  subject,
  capability: 'write',
  where: 'here',
  why: 'x',
});

/** Asks about it and answers; why not, when the answer is not taken. */
async function answer(gate: PermissionGate, question: PermissionQuestion, given: PermissionAnswer) {
  return (await gate.take((await gate.judge(question)).question, given))?.why;
}
const decisionOf = async (gate: PermissionGate, question: PermissionQuestion) =>
  (await gate.judge(question)).decision;
const remember = (allow: 'session' | 'workspace' | 'always', ...patterns: string[]) => ({ allow, patterns });

describe('a question', () => {
  it('names each part that no rule allows, with a pattern that would', async () => {
    const { gate } = desk({
      files: { [USER]: 'rules: [{capability: shell, effect: allow, match: ["ls *"]}]' },
    });
    const { decision, question } = await gate.judge(
      running('ls && npm test -- -q | tee out.txt > log/x.txt'),
    );
    assert.equal(decision, 'ask');
    assert.deepEqual(question.needs, [
      { capability: 'shell', text: 'npm test -- -q', pattern: 'npm test *' },
      { capability: 'shell', text: 'tee out.txt', pattern: 'tee out.txt' },
      { capability: 'fs_write', text: 'log/x.txt', pattern: 'log/**' },
    ]);
    assert.equal(question.onceOnly, undefined);
    assert.equal(question.subject, 'ls && npm test -- -q | tee out.txt > log/x.txt');
  });

  it('can be remembered for what people run all day', async () => {
    const { gate } = desk();
    const commands = [
      'npm install --save-dev x',
      'npm ci',
      'npm run lint',
      'npm run dev -- --port 3000',
      'pnpm install',
      'yarn add x',
      'npx tsc --noEmit',
      'git commit -m "a b"',
      'git add .',
      'git push origin main',
      'docker compose up -d',
      'cargo run',
      'python x.py',
      'node x.js --port 1',
      'curl -s https://example.com/x',
      'rm -rf dist',
      'cp a b',
      'make install',
      'sed -n 1,5p a.txt',
      'tsc -p .',
      'vitest run',
      'chmod +x a',
    ];
    for (const command of commands)
      assert.equal((await gate.judge(running(command))).question.onceOnly, undefined, command);
  });

  it('says whose rule asks or denies, or why no rule can allow it', async () => {
    const rules =
      'rules:\n  - {capability: shell, effect: ask, match: ["git push *"]}\n  - {capability: shell, effect: deny, match: ["rm *"]}\n';
    const { gate } = desk({ files: { [USER]: rules } });
    const why = async (subject: string) => (await gate.judge(running(subject))).question.onceOnly;
    assert.equal(await why('git push'), `Your rule “git push *” in ${USER} asks each time.`);
    assert.equal(await why('rm x'), `Your rule “rm *” in ${USER} denies this.`);
    assert.match((await why('bash -c ls')) ?? '', /^bash runs/);
    assert.match((await why('cat ../x')) ?? '', /outside the workspace/);
  });

  it('of a file that is moved are for where it was as well', async () => {
    const rules =
      'policies: [edit-workspace]\nrules:\n  - {capability: fs_write, effect: deny, match: ["secrets/**"]}\n';
    const { gate } = desk({ files: { [USER]: rules } });
    const moving = (from: string, subject: string) => ({ ...writing(subject), from });
    assert.equal(await decisionOf(gate, moving('src/a', 'src/b')), 'allow');
    assert.equal(await decisionOf(gate, moving('secrets/a', 'src/b')), 'deny');
    assert.equal(await decisionOf(gate, moving('src/a', 'secrets/b')), 'deny');
  });

  it('for a shell that is not read here are for its whole text, and it is asked', async () => {
    const rules = 'rules:\n  - {capability: shell, effect: allow, match: ["**"]}\n';
    const ports = createTestPorts({ root: 'c:/w', files: { [USER]: rules } });
    const gate = createPermissions(ports, createHome(HOME, ports.hasher)).gate('c:/w');
    for (const command of ['Get-ChildItem | % { rm $_ }', 'dir & del build', 'npm test']) {
      const { decision, question } = await gate.judge(running(command));
      assert.equal(decision, 'ask', command);
      assert.match(question.onceOnly ?? '', /PowerShell and cmd are not read here/);
    }
    const { question } = await gate.judge(running('type .git\\config'));
    assert.match(question.onceOnly ?? '', /It names \.git/);
  });

  it('where nobody is there to answer it is denied', async () => {
    const { gate } = desk({}, false);
    assert.equal(await decisionOf(gate, running('ls')), 'deny');
    assert.equal(await decisionOf(gate, writing('a.txt')), 'deny');
  });

  const patterns: readonly [text: string, pattern: string][] = [
    ['npm test', 'npm test *'],
    ['npm run build -- -w', 'npm run build *'],
    ['git status', 'git status *'],
    ['git push origin main', 'git push origin main'],
    ['cargo test --all', 'cargo test *'],
    ['ls -l', 'ls *'],
    ['rm -rf build', 'rm -rf build'],
    ['node x.js --y', 'node x.js *'],
    ['npm', 'npm'],
    ['git --version', 'git --version'],
    ["grep 'a b' src", 'grep *'],
    ['./gradlew test', './gradlew test *'],
    ['make', 'make'],
  ];
  it('proposes a pattern as wide as the kind of call', () => {
    for (const [text, pattern] of patterns)
      assert.equal(proposePattern({ capability: 'shell', text, same: [], alike: [] }), pattern);
    const ofFile = (text: string) => proposePattern({ capability: 'fs_write', text, same: [], alike: [] });
    assert.deepEqual(['src/a/b.ts', 'a.ts', 'app/[id]/x.ts'].map(ofFile), [
      'src/a/**',
      'a.ts',
      'app/?id]/**',
    ]);
  });
});

describe('an answer', () => {
  const test = running('npm test');

  it('once holds once', async () => {
    const { gate } = desk();
    assert.equal(await answer(gate, test, 'once'), undefined);
    assert.equal(await decisionOf(gate, test), 'ask');
  });

  it('for the session holds in this session only, by its pattern', async () => {
    const { gate, later, ports } = desk();
    assert.equal(await answer(gate, test, remember('session', 'npm *')), undefined);
    assert.equal(await decisionOf(gate, running('npm run build')), 'allow');
    assert.equal(await decisionOf(gate, running('ls')), 'ask');
    assert.equal(await decisionOf(later(), test), 'ask');
    assert.equal(ports.files.text(USER), undefined);
  });

  it('for the workspace holds in later sessions of it, outside the repository', async () => {
    const { gate, later, ports, workspaceFile } = desk();
    assert.equal(await answer(gate, test, remember('workspace', 'npm test *')), undefined);
    assert.equal(await decisionOf(later(), test), 'allow');
    assert.equal(await decisionOf(later('/other'), test), 'ask');
    assert.match(
      ports.files.text(workspaceFile) ?? '',
      /- capability: shell\n {4}effect: allow\n {4}match: \["npm test \*"\]/,
    );
    assert.ok(workspaceFile.startsWith(HOME));
  });

  it('always holds everywhere, and leaves the rest of the file as it was', async () => {
    const text =
      '# mine\npolicies: []   # none yet\nrules:\n- capability: shell # tests\n  effect: deny\n  match:\n  - rm *\n  strange: 1\n\n# the end\nother: kept\n';
    const { gate, later, ports } = desk({ files: { [USER]: text } });
    assert.equal(await answer(gate, test, remember('always', 'npm test *')), undefined);
    assert.equal(await decisionOf(later('/other'), test), 'allow');
    assert.equal(await decisionOf(later(), running('rm x')), 'deny');
    const lines = '- capability: shell\n  effect: allow\n  match: ["npm test *"]\n';
    assert.equal(ports.files.text(USER), text.replace('  strange: 1\n', `  strange: 1\n${lines}`));
  });

  for (const text of [
    '',
    '# only this\n',
    'rules: []\n',
    'rules:\n',
    'rules: [{capability: shell, effect: deny, match: [rm]}] # mine\n',
    'policies: [read-only]',
    'rules:\n  - capability: shell\n    effect: deny',
  ]) {
    it(`is added to a file with ${JSON.stringify(text)}`, async () => {
      const { gate, later, ports } = desk({ files: { [USER]: text } });
      assert.equal(await answer(gate, writing('src/a.ts'), remember('always', 'src/**')), undefined);
      assert.equal(await decisionOf(later(), writing('src/b.ts')), 'allow');
      if (text.includes('#')) assert.match(ports.files.text(USER) ?? '', /# (only this|mine)/);
    });
  }

  it('several parts are remembered each by its pattern', async () => {
    const { gate } = desk();
    const line = running('npm test > out/log.txt');
    assert.equal(await answer(gate, line, remember('session', 'npm test', 'out/**')), undefined);
    assert.equal(await decisionOf(gate, line), 'allow');
    assert.equal(await decisionOf(gate, running('npm test > src/x')), 'ask');
  });

  it('is refused with a reason when it would not allow even this', async () => {
    const { gate, ports } = desk({
      files: { [USER]: 'rules: [{capability: shell, effect: ask, match: ["git push *"]}]' },
    });
    const refused: readonly [subject: string, given: PermissionAnswer, why: RegExp][] = [
      ['npm test', remember('always', 'npm run *'), /“npm run \*” does not match npm test/],
      ['npm test', remember('always', ' '), /Write a pattern/],
      ['npm test', remember('always'), /does not say/],
      ['npm test && ls', remember('always', 'npm test'), /does not say/],
      ['npm test && ls', remember('session', 'npm test', 'npm test'), /does not match ls/],
      ['bash -c ls', remember('session', '*'), /once only. bash runs/],
      ['git push', remember('always', 'git push *'), /once only. Your rule/],
      ['cat .git/config', remember('always', '*'), /once only. It names \.git/],
    ];
    const before = ports.files.text(USER);
    for (const [subject, given, why] of refused) {
      assert.match((await answer(gate, running(subject), given)) ?? 'taken', why, subject);
      assert.equal(await decisionOf(gate, running(subject)), 'ask', subject);
    }
    assert.equal(ports.files.text(USER), before);
  });

  it('a file that cannot be read is not written: the reason names it, and until then everything asks', async () => {
    const { gate, ports } = desk({ settings: { autonomy: 'autopilot' }, files: { [USER]: 'rules: [' } });
    const { decision, question } = await gate.judge(test);
    assert.equal(decision, 'ask');
    assert.match(question.onceOnly ?? '', /permissions\.yaml, line 1: This is not YAML/);
    assert.match((await gate.take(question, remember('always', 'npm test')))?.why ?? '', /once only/);
    assert.equal(ports.files.text(USER), 'rules: [');
  });

  it('a disk that cannot be written is a reason, too', async () => {
    const { gate, ports } = desk();
    ports.files.fail(USER, 'write', 'full');
    assert.notEqual(await answer(gate, test, remember('always', 'npm test')), undefined);
    assert.equal(await decisionOf(gate, test), 'ask');
  });

  it('of an interrupted session holds when it goes on', async () => {
    const { later } = desk();
    const gate = later();
    const { question } = await gate.judge(test);
    const past = [
      { type: 'permission.asked', call: 'a', question, seq: 1, at: 0 },
      { type: 'permission.answered', call: 'a', answer: remember('session', 'npm *'), seq: 2, at: 0 },
      { type: 'permission.asked', call: 'b', question: running('ls'), seq: 3, at: 0 },
      { type: 'permission.answered', call: 'b', answer: 'session', seq: 4, at: 0 },
      { type: 'permission.asked', call: 'c', question: running('pwd'), seq: 5, at: 0 },
      { type: 'permission.answered', call: 'c', answer: 'once', seq: 6, at: 0 },
    ] satisfies SessionEvent[];
    gate.recall(past);
    const subjects = ['npm run lint', 'ls', 'pwd'];
    assert.deepEqual(await Promise.all(subjects.map((one) => decisionOf(gate, running(one)))), [
      'allow',
      'allow',
      'ask',
    ]);
  });
});

describe('files of rules', () => {
  it('an administrator’s denial holds against everything, in autopilot, too', async () => {
    const files = {
      '/etc/earshot/permissions.yaml': 'rules: [{capability: shell, effect: deny, match: ["npm publish*"]}]',
    };
    const { gate } = desk({ settings: { autonomy: 'autopilot' }, files });
    assert.equal(await decisionOf(gate, running('npm test')), 'allow');
    assert.equal(await decisionOf(gate, running('npm publish')), 'deny');
    assert.equal(await decisionOf(gate, running('FOO=1 npm publish')), 'deny');
  });

  it('a policy by name allows what it stands for', async () => {
    const { gate } = desk({ files: { [USER]: 'policies: [dev-shell]' } });
    assert.equal(await decisionOf(gate, running('npm test')), 'allow');
    assert.equal(await decisionOf(gate, writing('src/a.ts')), 'allow');
    assert.equal(await decisionOf(gate, running('rm -rf src')), 'ask');
    assert.equal(await decisionOf(gate, writing('.kiro/hooks/x.json')), 'deny');
  });

  it('nothing is read from the repository', async () => {
    const text = 'rules: [{capability: all, effect: allow, match: ["**"]}]\npolicies: [autopilot]';
    const files = {
      'permissions.yaml': text,
      '.kiro/settings/permissions.yaml': text,
      '.earshot/permissions.yaml': text,
    };
    assert.equal(await decisionOf(desk({ files }).gate, running('ls')), 'ask');
  });

  it('a file that may not be read is read by no tool', async () => {
    const talk = startTalk({
      settings: { autonomy: 'autopilot' },
      files: {
        [USER]: 'rules: [{capability: fs_read, effect: deny, match: ["**/.env"]}]',
        'app/.env': 'KEY=secret',
        'app/a.txt': 'KEY=plain',
      },
      script: [
        {
          tools: [
            call('read_file', { path: 'app/.env' }),
            call('search', { pattern: 'KEY' }),
            call('edit_file', { path: 'app/.env', edits: [{ oldText: 'KEY', newText: 'X' }] }),
            call('run_command', { command: 'cat app/.env' }),
          ],
        },
        { text: 'Done.' },
      ],
    });
    await talk.ended;
    assert.match(told(talk)[0]?.text ?? '', /rule keeps app\/\.env from being read/);
    assert.ok(told(talk).every(({ text }) => !text.includes('secret')));
    assert.match(told(talk)[1]?.text ?? '', /a\.txt/);
    assert.equal(talk.ports.files.text('app/.env'), 'KEY=secret');
  });
});

describe('an answer that cannot be taken', () => {
  it('leaves the question open, with the reason in the log', async () => {
    const talk = startTalk({
      commands: { 'npm test': 0 },
      script: [{ tools: [call('run_command', { command: 'npm test' })] }, { text: 'Done.' }],
    });
    await quiet();
    const asking = () => toolItems(talk.session.state)[0];
    const give = async (given: PermissionAnswer) => {
      talk.sessions.answer(talk.session.id, asking()?.call ?? '', given);
      await quiet();
    };
    await give(remember('always', 'yarn *'));
    assert.equal(asking()?.status, 'asking');
    assert.match(asking()?.refusal?.why ?? '', /“yarn \*” does not match npm test/);
    assert.equal(talk.ports.processes.runs.length, 0);
    await give(remember('always', 'npm *'));
    await talk.ended;
    assert.equal(asking()?.status, 'ok');
    assert.match(talk.log(), /"permission\.refused"/);
    assert.match(talk.ports.files.text(USER) ?? '', /npm \*/);
  });
});
