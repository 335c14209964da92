/** The message of a commit: what the model is shown, and what comes of its answer. */
import assert from 'node:assert/strict';
import { createScriptedModel, type ModelTurn } from '../../../support/scriptedModel';
import { latest, startCore } from '../coreHarness';

const part = (name: string, lines: readonly string[]) =>
  [
    `diff --git a/${name} b/${name}`,
    'index 1..2 100644',
    `--- a/${name}`,
    `+++ b/${name}`,
    '@@ -1 +1 @@',
    ...lines,
    '',
  ].join('\n');

async function draft(turn: ModelTurn, diff: string, files: Readonly<Record<string, string>> = {}) {
  const model = createScriptedModel({ answer: () => turn });
  const { core } = await startCore({ model, files: { '.kiroignore': 'secret/\n', 'a.ts': 'x', ...files } });
  const heard: string[] = [];
  const message = core.commitMessages.draft('/project', {
    diff,
    recent: ['Add links', 'Drop tabs'],
    onText: (text) => heard.push(text),
  });
  const result = await message.then(
    (text) => ({ text, error: '' }),
    (error: Error) => ({ text: '', error: error.message }),
  );
  const [first] = model.requests[0]?.messages[0]?.content ?? [];
  return { ...result, heard, core, requests: model.requests, said: first?.type === 'text' ? first.text : '' };
}

describe('the message of a commit', () => {
  it('is written from the diff in the form of the recent ones, and streams', async () => {
    const { text, heard, said, core, requests } = await draft(
      { text: '```\nTell links apart\n\nThey looked alike.\n```\n' },
      part('a.ts', ['-x', '+y']),
    );
    assert.equal(text, 'Tell links apart\n\nThey looked alike.');
    assert.equal(heard.at(-1), text);
    assert.match(said, /- Add links\n- Drop tabs\n\n<diff>\ndiff --git a\/a\.ts/);
    assert.deepEqual(requests[0]?.tools, []);
    assert.deepEqual([latest(core).started.title, latest(core).status], ['Commit message', 'done']);
  });

  it('tells nothing of what the agent must not read', async () => {
    const diff = [
      part('secret/key.txt', ['+key=1']),
      part('a.ts', ['+y']),
      'diff --git a/a.ts b/secret/b.ts\nsimilarity index 90%\nrename from a.ts\nrename to secret/b.ts\n@@ -1 +1 @@\n+key=2\n',
      'diff --git "a/secret/\\303\\274.txt" "b/secret/\\303\\274.txt"\n--- "a/secret/\\303\\274.txt"\n+++ "b/secret/\\303\\274.txt"\n@@ -1 +1 @@\n+key=3\n',
    ].join('');
    const { said } = await draft({ text: 'Change a' }, diff);
    assert.match(said, /a\.ts/);
    assert.doesNotMatch(said, /key=|secret/);
    assert.match(said, /\[3 more files are left out\]/);
    const alone = await draft({ text: 'x' }, part('secret/key.txt', ['+key=1']));
    assert.match(alone.error, /nothing in these changes that may be told/);
    assert.equal(alone.requests.length, 0);
  });

  it('is asked for with as much of a long diff as fits', async () => {
    const long = Array.from({ length: 40 }, (_, file) => part(`f${file}.ts`, Array(2000).fill('+long line')));
    const { said } = await draft({ text: 'Change much' }, long.join(''));
    assert.ok(said.length < 80_000, `${said.length} characters`);
    assert.match(said, /the rest of this file is left out[\s\S]*more files are left out/);
  });

  it('fails with words when none comes', async () => {
    const { error, core } = await draft({ text: '```\n```' }, part('a.ts', ['+y']));
    assert.match(error, /wrote no message/);
    assert.equal(latest(core).status, 'failed');
  });
});
