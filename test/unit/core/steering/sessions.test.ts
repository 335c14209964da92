// Feature: steering-engine, Property 3: Guidance comes when it is meant to
// Feature: steering-engine, Property 4: What was sent stays
// Feature: steering-engine, Property 5: A skill is text
// Verifies: steering-engine#2.1-2.7
// Steering in real sessions: what a model is told, when, and that nothing before it changes.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ModelRequest } from '../../../../src/core/agent/turn/model';
import { createScriptedModel, type ModelTurn } from '../../../support/scriptedModel';
import { runs } from '../../../support/soak';
import { createTestPorts } from '../../../support/testPorts';
import { latest, startCore, toolItems, until } from '../coreHarness';

const read = (...paths: readonly string[]): ModelTurn => ({
  tools: paths.map((path) => ({ name: 'read_file', input: { path } })),
});
const load = (name: string, file?: string): ModelTurn => ({
  tools: [{ name: 'load_guidance', input: { name, ...(file === undefined ? {} : { file }) } }],
});
const DONE: ModelTurn = { text: 'Done.' };

const FILES = {
  'src/a.ts': 'const a = 1;\n',
  'src/b.ts': 'const b = 1;\n',
  'docs/c.md': '# C\n',
  'packages/api/AGENTS.md': 'In api: no classes.',
  'packages/api/src/x.go': 'package x\n',
  '.kiro/steering/tech.md': 'Always this.',
  '.kiro/steering/ts.md':
    '---\ninclusion: fileMatch\nfileMatchPattern: "src/**/*.ts"\n---\nNo any. #[[file:docs/c.md]]',
  '.kiro/steering/deploy.md': '---\ninclusion: manual\n---\nDeploy on Fridays.',
  '.kiro/steering/api.md':
    '---\ninclusion: auto\nname: api-design\ndescription: Use when making endpoints.\n---\nVerbs are bad.',
  '.kiro/skills/review/SKILL.md': '---\nname: review\ndescription: Reviews code.\n---\nRun scripts/look.sh.',
  '.kiro/skills/review/scripts/look.sh': 'echo looked',
};

/** One conversation, said one after the other; all requests of it. */
async function converse(
  said: readonly string[],
  turns: readonly ModelTurn[],
  more: { readonly files?: Readonly<Record<string, string>>; readonly contextTokens?: number } = {},
) {
  const model = createScriptedModel({ turns });
  const ports = createTestPorts({
    model,
    files: { ...FILES, ...more.files },
    settings: more.contextTokens === undefined ? {} : { contextTokens: more.contextTokens },
  });
  const { core } = await startCore({ ports });
  const [first = '', ...rest] = said;
  const id = await core.chats.start('/project', { text: first });
  const settled = () =>
    until(ports, () => core.sessions.get(id)?.status !== 'running' && !core.sessions.isLive(id));
  await settled();
  for (const text of rest) {
    await core.chats.say(id, { text });
    await settled();
  }
  return { core, ports, id, model, state: latest(core) };
}

const whole = (request: ModelRequest | undefined) => JSON.stringify(request);
const lastWords = (request: ModelRequest | undefined) => JSON.stringify(request?.messages.at(-1)?.content);
const times = (text: string, words: string) => text.split(words).length - 1;

describe('steering in a session', () => {
  it('is in the prompt where it is always included, offered where it is auto, and else not there', async () => {
    const { model } = await converse(['Hello'], [DONE]);
    const { system = '', tools = [] } = model.requests[0] ?? {};
    assert.ok(system.includes('Always this.'));
    assert.match(system, /- api-design: Use when making endpoints\./);
    assert.match(system, /- review: Reviews code\./);
    assert.ok(tools.some(({ name }) => name === 'load_guidance'));
    for (const words of ['No any', 'Fridays', 'Verbs', 'look.sh', 'no classes'])
      assert.ok(!whole(model.requests[0]).includes(words), words);
  });

  it('has no tool and no list where there is nothing to load', async () => {
    const ports = createTestPorts({
      model: createScriptedModel({ turns: [DONE] }),
      files: { 'AGENTS.md': 'A' },
    });
    const { core } = await startCore({ ports });
    const id = await core.chats.start('/project', { text: 'Hello' });
    await until(ports, () => core.sessions.get(id)?.status === 'done');
    const [item] = core.sessions.get(id)?.items ?? [];
    assert.equal(item?.type, 'user');
  });

  it('comes with the result of a tool that turned to its file, once, with its files in it', async () => {
    const { model, state } = await converse(
      ['Look', 'Again'],
      [read('src/a.ts'), read('src/b.ts'), DONE, read('src/a.ts'), DONE],
    );
    const second = lastWords(model.requests[1]);
    assert.ok(
      second.includes('No any.') && second.includes('# C') && second.includes('src/a.ts matches src/**/*.ts'),
    );
    assert.equal(
      times(whole(model.requests.at(-1)), 'No any.'),
      1,
      'not again, also not for another message',
    );
    assert.deepEqual(
      toolItems(state).map(({ output }) => output.includes('No any.')),
      [true, false, false],
    );
  });

  it('comes once where several calls run side by side', async () => {
    const { model } = await converse(['Look'], [read('src/a.ts', 'src/b.ts', 'src/a.ts'), DONE]);
    assert.equal(times(whole(model.requests[1]), 'No any.'), 1);
  });

  it('does not come for a file that could not be read', async () => {
    const { model } = await converse(['Look'], [read('src/none.ts'), DONE]);
    assert.ok(!whole(model.requests[1]).includes('No any.'));
  });

  it('comes with the words that mention its file', async () => {
    const { model, state } = await converse(['Look at #file:src/a.ts', 'And #file:src/b.ts'], [DONE, DONE]);
    assert.ok(lastWords(model.requests[0]).includes('No any.'));
    assert.equal(times(whole(model.requests[1]), 'No any.'), 1);
    const [item] = state.items;
    assert.deepEqual(item?.type === 'user' ? item.attachments?.map(({ label }) => label) : [], [
      '#file:src/a.ts',
      '#steering:.kiro/steering/ts.md',
    ]);
  });

  it('of a folder’s AGENTS.md holds as soon as a file below it is in the context', async () => {
    const { model } = await converse(['Look'], [read('packages/api/src/x.go'), DONE]);
    assert.ok(lastWords(model.requests[1]).includes('In api: no classes.'));
  });

  it('that is manual comes by its name, with # and with /, and is not sent twice', async () => {
    const { model } = await converse(
      ['#steering:deploy now', '/deploy to staging', '/ts and #file:src/a.ts'],
      [DONE, DONE, DONE],
    );
    assert.ok(lastWords(model.requests[0]).includes('Deploy on Fridays.'));
    assert.ok(
      lastWords(model.requests[1]).includes('Deploy on Fridays.') &&
        lastWords(model.requests[1]).includes('/deploy to staging'),
    );
    assert.equal(times(lastWords(model.requests[2]), 'No any.'), 1);
  });

  it('a slash that calls nothing is just words', async () => {
    const { model } = await converse(['/usr/bin is a folder'], [DONE]);
    assert.deepEqual(model.requests[0]?.messages.at(-1)?.content, [
      { type: 'text', text: '/usr/bin is a folder' },
    ]);
  });

  it('that the model loads is read, and a skill’s script is text that nobody ran', async () => {
    const { model, ports, state } = await converse(
      ['Review'],
      [
        load('api-design'),
        load('review'),
        load('review', 'scripts/look.sh'),
        load('review', '../../steering/tech.md'),
        load('deploy'),
        DONE,
      ],
    );
    const outputs = toolItems(state).map(({ output, status }) => `${status} ${output}`);
    assert.match(outputs[0] ?? '', /^ok [\s\S]*Verbs are bad\./);
    assert.match(
      outputs[1] ?? '',
      /^ok [\s\S]*Run scripts\/look\.sh\.[\s\S]*\[Files of this skill in \.kiro\/skills\/review;.*: scripts\/look\.sh\]/,
    );
    assert.match(outputs[2] ?? '', /^ok [\s\S]*echo looked/);
    assert.match(outputs[3] ?? '', /^failed .*outside the skill/);
    assert.match(outputs[4] ?? '', /^failed There is no guidance deploy\./, 'only a person calls it');
    assert.deepEqual(ports.processes.runs, []);
    assert.equal(model.requests.length, 6);
  });

  it('of another process’s session is known from its log', async () => {
    const chat = await converse(['Look'], [read('src/a.ts'), DONE]);
    await chat.core.close();
    const model = createScriptedModel({ turns: [read('src/b.ts'), DONE], name: 'other' });
    chat.ports.setModel(model);
    const next = await startCore({ ports: chat.ports });
    await next.core.sessions.list();
    await next.core.chats.say(chat.id, { text: 'Go on' });
    await until(next.ports, () => !next.core.sessions.isLive(chat.id));
    assert.equal(times(whole(model.requests.at(-1)), 'No any.'), 1);
  });

  it('comes again when the step that brought it was summed up', async () => {
    const big = `${'x'.repeat(100)}\n`.repeat(500);
    const files = { 'big/1.txt': big, 'big/2.txt': big, 'big/3.txt': big, 'big/4.txt': big };
    const { model } = await converse(
      ['Look'],
      [
        read('src/a.ts'),
        read('big/1.txt'),
        read('big/2.txt'),
        read('big/3.txt'),
        read('big/4.txt'),
        read('src/b.ts'),
        DONE,
      ],
      { files, contextTokens: 45_000 },
    );
    assert.ok(!whole(model.requests.at(-2)).includes('No any.'), 'it went with the oldest steps');
    assert.equal(times(whole(model.requests.at(-1)), 'No any.'), 1);
  });

  it('never changes what a session was sent before', async () => {
    const steps = fc.constantFrom(
      read('src/a.ts'),
      read('src/b.ts', 'docs/c.md'),
      read('packages/api/src/x.go'),
      load('review'),
      DONE,
    );
    const words = fc.constantFrom(
      'Go on',
      '#file:src/b.ts',
      '/deploy',
      '#steering:api',
      '#folder:packages/api',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(words, fc.array(steps, { maxLength: 4 })), { minLength: 1, maxLength: 4 }),
        async (rounds) => {
          const turns = rounds.flatMap(([, own]) => [...own.filter((turn) => turn !== DONE), DONE]);
          const { model } = await converse(
            rounds.map(([text]) => text),
            turns,
          );
          assert.equal(model.requests.length, turns.length);
          for (const [index, request] of model.requests.entries()) {
            const before = model.requests[index - 1];
            if (!before) continue;
            assert.deepEqual([request.system, request.tools], [before.system, before.tools]);
            assert.deepEqual(request.messages.slice(0, before.messages.length), before.messages);
          }
          const last = whole(model.requests.at(-1));
          assert.ok(times(last, 'In api: no classes.') <= 1 && times(last, 'src/b.ts matches') <= 1);
        },
      ),
      runs(12),
    );
  });
});
