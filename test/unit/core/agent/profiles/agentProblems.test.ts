import assert from 'node:assert/strict';
import { startCore, until } from '../../coreHarness';

const PATH = '/project/.kiro/agents/build.json';
const TEXT = '{\n  "name": "build",\n  "tools": ["read", "teleport"]\n}\n';

describe('problems of agent files', () => {
  it('stand at their words, whether they keep the agent from being used, and go when it is mended', async () => {
    const own =
      '---\nname: x\npermissions: {rules: [{capability: shel, effect: deny}]}\ntools: [read]\n---\nHi\n';
    const files = { [PATH]: TEXT, '/home/ada/.kiro/agents/own.md': own };
    const { core, ports } = await startCore({ files });
    await core.agents.files.ready;
    const words = () =>
      core.agents.files.problems.map(({ path, severity, range: { start, end } }) => {
        const text = ports.files.text(path) ?? '';
        return `${path.split('/').at(-1)} ${severity}: ${text.slice(start, end)}`;
      });
    assert.ok(words().includes('build.json warning: "teleport"'), words().join('\n'));
    assert.ok(words().includes('own.md warning: capability'), words().join('\n'));
    await ports.files.writeText(PATH, TEXT.replace('teleport', 'write'));
    await until(ports, () => !words().some((each) => each.startsWith('build.json')));
    await ports.files.writeText(PATH, '{ "name": ');
    await until(ports, () => words().some((each) => each.startsWith('build.json error')));
  });

  it('tell a key with a slip, and a prompt that is not there at its name; what is nobody’s is left alone', async () => {
    const text = '{ "descripton": "Reviews.", "tools": ["read"], "theirs": 1, "prompt": "file://gone.md" }';
    const { core } = await startCore({ files: { [PATH]: text } });
    await core.agents.files.ready;
    assert.deepEqual(
      core.agents.files.problems.map(({ message, range: { start, end } }) => [
        text.slice(start, end),
        message,
      ]),
      [
        ['"descripton"', '“descripton” means nothing here. “description” was probably meant.'],
        ['"file://gone.md"', 'It cannot be used: there is no file gone.md with its prompt.'],
      ],
    );
  });

  it('name each resource that is left out, at its words and with the reason, until it is there', async () => {
    const resources = [
      'file://README.md',
      'file://docs/*.md',
      'file://gone.md',
      'file://big.md',
      'file://../out.md',
      'skill://.kiro/skills/**/SKILL.md',
      'knowledge://all',
    ];
    const text = JSON.stringify({ name: 'build', tools: ['read'], resources });
    const files = { [PATH]: text, 'README.md': 'Read me.', 'big.md': 'b'.repeat(100_001) };
    const { core, ports } = await startCore({ files });
    await core.agents.files.ready;
    const told = () =>
      core.agents.files.problems.map(({ message, severity, range: { start, end } }) => [
        severity,
        text.slice(start, end),
        message,
      ]);
    const gone = ['warning', '"file://gone.md"', 'There is no file gone.md.'];
    const others = [
      [
        'warning',
        '"file://big.md"',
        'big.md is left out: all files of an agent go with each request, and may have 100,000 characters together. Name it as skill://… to have it read when it is needed.',
      ],
      ['warning', '"file://../out.md"', '../out.md is left out: it is outside the workspace.'],
      [
        'warning',
        '"skill://.kiro/skills/**/SKILL.md"',
        'No file of the workspace fits “.kiro/skills/**/SKILL.md”.',
      ],
      [
        'warning',
        '"knowledge://all"',
        '“knowledge://all” is no resource. Write file://… or skill://… with a path.',
      ],
    ];
    assert.deepEqual(told(), [
      ['warning', '"file://docs/*.md"', 'No file of the workspace fits “docs/*.md”.'],
      gone,
      ...others,
    ]);
    await ports.files.writeText('/project/docs/a.md', 'A');
    await until(ports, () => told().length === 5);
    assert.deepEqual(told(), [gone, ...others]);
    await ports.files.writeText('/project/gone.md', 'Here.');
    await until(ports, () => told().length === 4);
    assert.deepEqual(told(), others);
  });

  it('are none of a workspace that is not trusted, until it is', async () => {
    const { core, ports } = await startCore({ files: { [PATH]: TEXT }, trusted: false });
    await core.agents.files.ready;
    assert.deepEqual(core.agents.files.problems, []);
    ports.grantTrust();
    await until(ports, () => core.agents.files.problems.length > 0);
  });
});
