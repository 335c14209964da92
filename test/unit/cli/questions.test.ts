// Feature: agent-engine, Property 13: An answer holds where it was given
// Verifies: agent-engine#8.4, #8.5
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { answerQuestions } from '../../../src/cli/answerQuestions';
import { askAll, clarifyAtTerminal } from '../../../src/cli/clarify';
import { createCliPerson } from '../../../src/cli/cliPerson';
import { createPrompt, type Prompt } from '../../../src/cli/prompt';
import { answerChoice, answerPermission, choose } from '../../../src/cli/questions';
import { createRunPrinter } from '../../../src/cli/runPrinter';
import { tapSessions } from '../../../src/cli/sessionTap';
import { createCore } from '../../../src/core';
import type { PermissionQuestion } from '../../../src/core/agent/session/events';
import { Cancelled, createAbort } from '../../../src/core/util/abort';
import type { ModelTurn } from '../../support/scriptedModel';
import { createTestPorts, type TestPortsOptions } from '../../support/testPorts';
import { own } from '../../support/testStore';
import { captureTerminal } from './captured';

interface Typed extends Prompt {
  /** Everything that was shown. */
  readonly shown: string;
  readonly left: number;
}

/** Types these lines; after them, the input is over. */
function typing(...lines: readonly string[]): Typed {
  const rest = [...lines];
  let shown = '';
  return {
    say(text) {
      shown += `${text}\n`;
    },
    async ask(question) {
      const line = rest.shift();
      shown += `${question}${line ?? ''}\n`;
      return line;
    },
    get shown() {
      return shown;
    },
    get left() {
      return rest.length;
    },
  };
}

const COMMAND: PermissionQuestion = {
  subject: 'npm test',
  capability: 'run',
  where: 'the workspace folder',
  why: 'Runs a command',
  needs: [{ capability: 'shell', text: 'npm test', pattern: 'npm test*' }],
};
const asked = (question: PermissionQuestion) => ({ question, edit: undefined });

describe('a question at the terminal', () => {
  const say = (...lines: string[]) => answerPermission(typing(...lines), asked(COMMAND));

  it('is answered by a number, and denied by Enter alone and by the end of the input', async () => {
    assert.equal(await say('1'), 'once');
    assert.equal(await say(''), 'deny');
    assert.equal(await say(), 'deny');
    assert.equal(await say('yes', '9', '0', '1'), 'once', 'asked again');
  });

  it('remembers a pattern as proposed or as written', async () => {
    assert.deepEqual(await say('2', ''), { allow: 'session', patterns: ['npm test*'] });
    assert.deepEqual(await say('4', 'npm *'), { allow: 'always', patterns: ['npm *'] });
    assert.equal(await say('3'), 'deny', 'nobody is there for the pattern');
  });

  it('offers no rule where none can allow it, and says why', async () => {
    const prompt = typing('2', '1');
    const question = { ...COMMAND, onceOnly: 'It writes in .git.' };
    assert.equal(await answerPermission(prompt, asked(question)), 'once');
    assert.match(prompt.shown, /It writes in \.git\./);
    assert.doesNotMatch(prompt.shown, /every workspace/);
    assert.match(prompt.shown, /“2” is not one of them/);
  });

  it('shows all that would run or be written, hidden characters too', async () => {
    const command = typing('');
    await answerPermission(command, asked({ ...COMMAND, subject: 'ls \u202e\u001b[2K; rm -rf x' }));
    assert.match(command.shown, /ls \\u\{202e\}\\u\{1b\}\[2K; rm -rf x/);
    const lines = Array.from({ length: 300 }, (_, index) => `line ${index}`).join('\n');
    const write = typing('');
    const edit = {
      path: 'a.txt',
      before: undefined,
      after: lines,
      also: [{ path: 'b.txt', before: 'old\n', after: 'new\n' }],
    };
    await answerPermission(write, { question: { ...COMMAND, capability: 'write' }, edit });
    for (const text of ['New file a.txt', '+line 0', '+line 299', 'Changes b.txt', '-old', '+new'])
      assert.ok(write.shown.includes(text), text);
  });

  it('of the model’s takes a number or words', async () => {
    const choice = { question: 'Which database?', options: ['SQLite', 'Postgres'] };
    assert.equal(await answerChoice(typing('2'), choice), 'Postgres');
    assert.equal(await answerChoice(typing('', 'neither, 3 files'), choice), 'neither, 3 files');
    assert.equal(await answerChoice(typing('7'), choice), '7');
    assert.equal(await answerChoice(typing(), choice), undefined);
  });

  it('of consent is none of its answers when Enter alone is pressed', async () => {
    const answers = [{ id: 'run', label: 'Run Anyway' }];
    assert.equal(await choose(typing('1'), 'Run?', 'what', answers), 'run');
    assert.equal(await choose(typing(''), 'Run?', 'what', answers), undefined);
  });
});

describe('the prompt', () => {
  it('reads one line at a time, and none after the end', async () => {
    const input = new PassThrough();
    const prompt = createPrompt(input, { write: () => true });
    const first = prompt.ask('? ');
    input.write('  one  \n');
    assert.equal(await first, 'one');
    const second = prompt.ask('? ');
    input.end();
    assert.equal(await second, undefined);
    assert.equal(await prompt.ask('? '), undefined);
  });

  it('is withdrawn when the run is stopped', async () => {
    const abort = createAbort();
    const prompt = createPrompt(new PassThrough(), { write: () => true });
    const waiting = prompt.ask('? ', abort.signal);
    abort.abort(new Cancelled('Stopped'));
    await assert.rejects(waiting, /Stopped/);
  });
});

describe('a task at a terminal', () => {
  async function run(
    turns: readonly ModelTurn[],
    prompt: Prompt | undefined,
    options: TestPortsOptions = {},
  ) {
    const files = { '.kiro/specs/links/tasks.md': '- [ ] 1. Greet\n  - _Verify: make check_\n' };
    const ports = createTestPorts({ files, turns, commands: { 'make check': { exitCode: 0 } }, ...options });
    const tap = tapSessions(ports.files);
    const person = createCliPerson(true, prompt);
    const core = own(
      createCore(
        { ...ports, files: tap.files, person },
        { roots: [ports.root], home: '/home/.earshot', hostRunsHooks: false },
      ),
    );
    await core.specs.ready;
    await core.consents.grant('check', ports.root, 'make check');
    const { terminal, ...captured } = captureTerminal();
    const printer = createRunPrinter(terminal.out);
    tap.onEvent(({ event }) => printer.event(event));
    const { sessions } = core;
    const { signal } = terminal;
    if (prompt) answerQuestions({ sessions, onEvent: tap.onEvent, prompt, pause: printer.pause, signal });
    const [result] = await core.tasks.runAll(`${ports.root}/.kiro/specs/links`);
    const state = result && core.sessions.get(result.session);
    const tools = (state?.items ?? []).flatMap((item) => (item.type === 'tool' ? [item] : []));
    return { ports, tools, result, captured };
  }
  const write = { tools: [{ name: 'write_file', input: { path: 'a.txt', content: 'x' } }] };
  const ask = { tools: [{ name: 'ask_user', input: { question: 'Which?', options: ['A', 'B'] } }] };

  it('writes what was allowed, and nothing that was denied', async () => {
    const allowed = await run([write, { text: 'Done.' }], typing('1'));
    assert.equal(await allowed.ports.files.readText('/project/a.txt'), 'x');
    const denied = await run([write, { text: 'Done.' }], typing(''));
    assert.equal(await denied.ports.files.readText('/project/a.txt'), undefined);
    assert.equal(denied.tools[0]?.status, 'denied');
  });

  it('asks again when the pattern would not allow it', async () => {
    const prompt = typing('2', 'other/**', '2', '');
    const { ports } = await run([write, write, { text: 'Done.' }], prompt);
    assert.match(prompt.shown, /“other\/\*\*” does not match a\.txt/);
    assert.equal(prompt.left, 0, 'the second write was allowed by the rule');
    assert.equal(await ports.files.readText('/project/a.txt'), 'x');
  });

  it('gives the model the answer, and nobody’s where nobody is', async () => {
    const { tools } = await run([ask, { text: 'Done.' }], typing('2'));
    assert.match(tools[0]?.output ?? '', /The person answers: B/);
    const headless = await run([ask, write, { text: 'Done.' }], undefined);
    assert.match(headless.tools[0]?.output ?? '', /Nobody is there to answer/);
    assert.equal(headless.tools[1]?.status, 'denied');
  });

  it('answers several questions of one answer in turn', async () => {
    const both = { tools: [...ask.tools, { name: 'ask_user', input: { question: 'And then?' } }] };
    const { tools } = await run([both, { text: 'Done.' }], typing('1', 'later'));
    assert.deepEqual(
      tools.map(({ output }) => output),
      ['The person answers: A', 'The person answers: later'],
    );
  });

  it('is not asked what a rule denies', async () => {
    const prompt = typing('1');
    const rules = 'rules:\n  - capability: fs_write\n    match: ["a.txt"]\n    effect: deny\n';
    const files = {
      '.kiro/specs/links/tasks.md': '- [ ] 1. Greet\n  - _Verify: make check_\n',
      '/home/.earshot/permissions.yaml': rules,
    };
    const { tools, ports } = await run([write, { text: 'Done.' }], prompt, { files });
    assert.equal(tools[0]?.unasked, true);
    assert.equal(prompt.left, 1);
    assert.equal(await ports.files.readText('/project/a.txt'), undefined);
  });
});

describe('what an idea leaves open, at the terminal', () => {
  const question = {
    question: 'What happens to a visit after the end?',
    why: 'It decides what visitors see.',
    options: ['A page that says so', 'Not found'],
    recommended: 1,
  };

  it('is answered by a number, by own words, or by Enter for what is recommended', async () => {
    const prompt = typing('1', 'Ask again later', '', '7');
    const answers = await askAll(prompt, [question, question, question, question]);
    assert.deepEqual(
      answers.map(({ answer }) => answer),
      ['A page that says so', 'Ask again later', 'Not found', '7'],
    );
    assert.match(prompt.shown, /2 {2}Not found \(recommended\)/);
    assert.match(prompt.shown, /1 of 4: What happens to a visit/);
  });

  it('stays open when the input is over, and needs words where nothing is recommended', async () => {
    const open = { ...question, options: [], recommended: 0 };
    const prompt = typing('', 'In words');
    assert.deepEqual(await askAll(prompt, [open, question]), [
      { question: question.question, answer: 'In words' },
    ]);
  });

  it('comes before the spec; a change that is too small for one is left by Enter', async () => {
    const clarifying = (small: string | undefined) => ({
      clarify: async () => ({
        session: 's',
        done: Promise.resolve({ small, questions: [question] }),
      }),
    });
    const ask = (small: string | undefined, ...lines: string[]) =>
      clarifyAtTerminal({
        workflow: clarifying(small),
        prompt: typing(...lines),
        root: '/w',
        idea: 'x',
        signal: createAbort().signal,
      });
    assert.equal(await ask('It is one word.', ''), undefined);
    assert.equal((await ask('It is one word.', '1', ''))?.length, 1);
    assert.equal((await ask(undefined, '2'))?.[0]?.answer, 'Not found');
  });
});
