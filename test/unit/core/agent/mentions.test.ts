import assert from 'node:assert/strict';
import { withoutMarks } from '../../../../src/core/agent/mentions/mentionText';
import type { TestPortsOptions } from '../../../support/testPorts';
import { HOME, startCore } from '../coreHarness';

const part = (name: string, text: string) =>
  `diff --git a/${name} b/${name}\nindex 1..2 100644\n--- a/${name}\n+++ b/${name}\n@@ -1 +1 @@\n-old\n+${text}\n`;

/** A host's own kind, which tells of this diff and of these files' problems. */
async function told(diff: string, paths: readonly string[], options: TestPortsOptions, base = '/project') {
  const { core } = await startCore(options);
  core.mentions.add({
    name: 'git',
    description: '',
    takes: false,
    resolve: (_argument, { readableDiff }) => readableDiff(diff, base),
  });
  core.mentions.add({
    name: 'problems',
    description: '',
    takes: false,
    async resolve(_argument, { isReadable }) {
      const shown: string[] = [];
      for (const path of paths) if (await isReadable(path)) shown.push(path);
      return shown.join(' ');
    },
  });
  const [git, problems] = await core.mentions.resolve('/project', '#git #problems');
  return [git, problems].map((each) => (each?.type === 'text' ? each.text : undefined));
}

describe('what the editor tells by a mention', () => {
  const hidden = { files: { '.kiroignore': 'secret/\n*.pem\n', 'a.ts': 'x', 'secret/key.ts': 'x' } };

  it('leaves out files that .kiroignore hides, also those that were deleted or moved', async () => {
    const moved =
      'diff --git a/secret/b.ts b/b.ts\nsimilarity index 100%\nrename from secret/b.ts\nrename to b.ts\n';
    const gone =
      'diff --git a/old.pem b/old.pem\ndeleted file mode 100644\n--- a/old.pem\n+++ /dev/null\n@@ -1 +0,0 @@\n-KEY\n';
    const diff = part('a.ts', 'shown') + part('secret/key.ts', 'KEY') + moved + gone;
    const [git, problems] = await told(diff, ['/project/a.ts', '/project/secret/key.ts'], hidden);
    assert.match(git ?? '', /\+shown/);
    assert.match(git ?? '', /\[3 files are kept from you\]/);
    assert.doesNotMatch(git ?? '', /KEY|secret/);
    assert.equal(problems, '/project/a.ts');
  });

  it('leaves out what a rule keeps from being read, and what it cannot place', async () => {
    const files = {
      'a.ts': 'x',
      'b.env': 'x',
      [`${HOME}/permissions.yaml`]:
        'rules:\n  - capability: fs_read\n    match: ["*.env"]\n    effect: deny\n',
    };
    const quoted =
      'diff --git "a/gr\\303\\274n.ts" "b/gr\\303\\274n.ts"\n--- "a/gr\\303\\274n.ts"\n@@ -1 +1 @@\n+KEY\n';
    const [git, problems] = await told(
      part('a.ts', 'shown') + part('b.env', 'KEY') + quoted,
      ['/project/a.ts', '/project/b.env', '/elsewhere/c.ts'],
      { files },
    );
    assert.match(git ?? '', /\+shown/);
    assert.doesNotMatch(git ?? '', /KEY/);
    assert.equal(problems, '/project/a.ts');
  });

  it('tells of the workspace folder alone where the repository is larger', async () => {
    const diff = part('project/a.ts', 'shown') + part('other/b.ts', 'KEY');
    const [git] = await told(diff, [], { files: { 'a.ts': 'x' } }, '/');
    assert.match(git ?? '', /\+shown/);
    assert.doesNotMatch(git ?? '', /KEY/);
  });
});

describe('a mention within what is quoted', () => {
  it('attaches nothing, and keeps nothing from being said: the person did not write it', async () => {
    const { core } = await startCore({ files: { 'a.ts': 'KEY', 'b.ts': 'B' } });
    const quoted = '```ts\n// see #file:a.ts and #file:gone.ts\n```';
    const attached = await core.mentions.resolve('/project', `Fix this, as in #file:b.ts:\n\n${quoted}`);
    const texts = attached.map((each) => (each.type === 'text' ? each.text : ''));
    assert.equal(texts.length, 1);
    assert.match(texts[0] ?? '', /B/);
    const open = await core.mentions.resolve('/project', '````\n#file:a.ts\n```\n#file:a.ts');
    assert.deepEqual(open, []);
  });
});

describe('a mention in the title of a conversation', () => {
  it('is its name alone; what has no name stays', () => {
    const said = 'Compare #file:src/a.ts with (#spec:"my spec"), #problems and issue #7';
    assert.equal(withoutMarks(said), 'Compare src/a.ts with (my spec), #problems and issue #7');
  });
});
