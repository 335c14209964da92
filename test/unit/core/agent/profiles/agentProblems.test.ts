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

  it('are none of a workspace that is not trusted, until it is', async () => {
    const { core, ports } = await startCore({ files: { [PATH]: TEXT }, trusted: false });
    await core.agents.files.ready;
    assert.deepEqual(core.agents.files.problems, []);
    ports.grantTrust();
    await until(ports, () => core.agents.files.problems.length > 0);
  });
});
