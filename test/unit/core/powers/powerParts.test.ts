/** What a power brings to run: offered with it, agreed to by itself, and gone with it. */
import assert from 'node:assert/strict';
import { withPlace } from '../../../../src/core/powers/powerPlaces';
import { createFakeMcp } from '../../../support/fakeMcp';
import { createScriptedModel } from '../../../support/scriptedModel';
import { startCore, until } from '../coreHarness';

const FOLDER = '/home/ada/.kiro/powers/kit';
const HOOK = {
  version: 'v1',
  hooks: [
    { name: 'check', trigger: 'Manual', action: { type: 'command', command: `sh \${PLUGIN_ROOT}/check.sh` } },
  ],
};
const CLAUDE = {
  hooks: {
    PostToolUse: [
      {
        matcher: 'Write|Edit',
        hooks: [{ type: 'command', command: `\${CLAUDE_PLUGIN_ROOT}/fmt.sh`, timeout: 9 }],
      },
    ],
    Notification: [{ hooks: [{ type: 'command', command: 'say' }] }],
  },
};
const FILES = {
  '/src/kit/plugin.json': '{"name":"kit","description":"Deploys.","version":"1.0.0"}',
  '/src/kit/skills/deploy/SKILL.md':
    '---\nname: deploy\ndescription: How to deploy.\n---\nPush the button.\n',
  '/src/kit/hooks/own.json': JSON.stringify(HOOK),
  '/src/kit/hooks/hooks.json': JSON.stringify(CLAUDE),
  '/src/kit/mcp.json': JSON.stringify({
    mcpServers: {
      kit: {
        command: 'node',
        args: [`\${PLUGIN_ROOT}/server.js`],
        env: { DATA: `\${PLUGIN_DATA}`, KEY: `\${KEY}` },
      },
      shared: { command: 'theirs' },
    },
  }),
  '/project/.kiro/settings/mcp.json': '{"mcpServers":{"shared":{"command":"ours"}}}',
};
const to = { root: '/project', scope: 'user' } as const;

describe('what a power brings', () => {
  it('is shown with what would run before anything is written', async () => {
    const { core, ports } = await startCore({ files: FILES, answers: [undefined] });
    await assert.rejects(core.powers.install('/src/kit', to), /nobody has agreed/);
    const [question] = ports.person.questions;
    for (const shown of [
      'Skills: skills/deploy/SKILL.md',
      `sh ${FOLDER}/check.sh`,
      `${FOLDER}/fmt.sh`,
      `Server “kit”: node ${FOLDER}/server.js with {"env":{"DATA":"/home/ada/.kiro/powers/.data/kit","KEY":"\${KEY}"}}`,
      'plugin.json',
    ])
      assert.ok(question?.detail.includes(shown), shown);
    assert.equal(ports.files.text(`${FOLDER}/plugin.json`), undefined);
  });

  it('is named file by file, however many there are, but for pictures that are pictures', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 120 }, (_, index) => [`/src/kit/docs/${index}.md`, 'Obey.']),
    );
    const parts = {
      'agents/reviewer.md': '',
      'commands/ship.md': '',
      'hooks/broken.json': '{',
      'HOOKS/loud.json': '{}',
      'Skills/sly/SKILL.md': 'Obey.',
      'skills/deploy/scripts/push.sh': '',
      'skills/deploy/notes.txt': '',
      'bin/tool': '',
      'lib/run.mjs': '',
      'data/words.json': '',
      'README.md': '',
      'art/script.png': '#!/bin/sh',
    };
    const { core, ports } = await startCore({
      files: {
        ...FILES,
        ...many,
        ...Object.fromEntries(Object.entries(parts).map(([path, text]) => [`/src/kit/${path}`, text])),
        '/src/kit/art/logo.png': 'PNG\0',
        '/src/kit/art/face.woff2': 'wOF2\0',
        '/src/kit/plugin.json':
          '{"name":"kit","commands":["./more/x.md"],"mcpServers":{"y":{"command":"z"}}}',
      },
      answers: [undefined],
    });
    await assert.rejects(core.powers.install('/src/kit', to), /nobody has agreed/);
    const lines = ports.person.questions[0]?.detail.split('\n') ?? [];
    const under = (title: string) =>
      lines
        .find((line) => line.startsWith(`${title}: `))
        ?.slice(title.length + 2)
        .split(', ');
    assert.deepEqual(
      {
        skills: under('Skills'),
        hooks: under('Files of hooks'),
        agents: under('Agents, which Earshot does not use'),
        commands: under('Commands, which Earshot does not use'),
        beside: under('Beside its skills'),
        programs: under('Programs and scripts'),
        unread: under('Its plugin.json says more that Earshot does not read'),
      },
      {
        skills: ['Skills/sly/SKILL.md', 'skills/deploy/SKILL.md'],
        hooks: ['HOOKS/loud.json', 'hooks/broken.json', 'hooks/hooks.json', 'hooks/own.json'],
        agents: ['agents/reviewer.md'],
        commands: ['commands/ship.md'],
        beside: ['skills/deploy/notes.txt', 'skills/deploy/scripts/push.sh'],
        programs: ['bin/tool', 'lib/run.mjs'],
        unread: ['commands', 'mcpServers'],
      },
    );
    const others = lines.slice(lines.indexOf('Other files:')).map((line) => line.trim());
    for (const path of ['README.md', 'data/words.json', 'art/script.png', 'docs/0.md', 'docs/119.md'])
      assert.ok(others.includes(path), path);
    assert.ok(lines.includes('And 2 of pictures, fonts or sounds.'));
    assert.ok(!lines.join().includes('logo.png'));
  });

  it('are servers and hooks that ask for themselves, and are gone with it', async () => {
    const { core, ports } = await startCore({ files: FILES, answers: ['install', undefined, 'yes'] });
    await core.powers.install('/src/kit', to);
    await until(ports, () => core.servers.all.some(({ config }) => config.scope === 'power'));
    const server = core.servers.all.find(({ config }) => config.name === 'kit');
    assert.equal(server?.state, 'unapproved');
    assert.ok(server.config.transport === 'stdio');
    assert.deepEqual(server.config.args, [`${FOLDER}/server.js`]);
    assert.deepEqual(server.config.env, { DATA: '/home/ada/.kiro/powers/.data/kit', KEY: `\${KEY}` });
    const shared = core.servers.all.filter(({ config }) => config.name === 'shared');
    assert.deepEqual(
      shared.map(({ config }) => config.scope),
      ['workspace'],
    );
    await until(ports, () => core.hooks.all.length === 3);
    const check = core.hooks.all.find(({ name }) => name === 'check');
    assert.ok(check);
    assert.equal(check.power, 'kit');
    assert.deepEqual(check.action, { type: 'command', command: `sh ${FOLDER}/check.sh` });
    assert.equal(core.hooks.isAgreed(check.id), false);
    assert.equal(await core.hooks.runNow(check.id), undefined);
    assert.match(ports.person.questions.at(-1)?.detail ?? '', /From the power kit, in every workspace/);
    await assert.rejects(core.hooks.remove(check.id), /belongs to the power kit/);
    await core.powers.remove('/project', 'kit');
    await until(ports, () => core.hooks.all.length === 0);
    await until(ports, () => core.servers.all.every(({ config }) => config.scope !== 'power'));
  });

  it('reads hooks as plugins of Claude Code have them, for our tools', async () => {
    const { core, ports } = await startCore({ files: FILES, answers: ['install'] });
    await core.powers.install('/src/kit', to);
    await until(ports, () => core.hooks.all.length === 3);
    const hook = core.hooks.all.find(({ trigger }) => trigger === 'PostToolUse');
    assert.equal(hook?.matcher, 'write_file|edit_file');
    assert.equal(hook.timeout, 9);
    assert.deepEqual(hook.action, { type: 'command', command: `${FOLDER}/fmt.sh` });
    assert.match(core.hooks.problems[0]?.message ?? '', /“Notification” is no trigger/);
  });

  it('are skills that the model may load', async () => {
    const model = createScriptedModel({
      turns: [{ tools: [{ name: 'load_guidance', input: { name: 'deploy' } }] }, { text: 'Ok.' }],
    });
    const { core, ports } = await startCore({ model, files: FILES, answers: ['install'] });
    await core.powers.install('/src/kit', to);
    const id = await core.chats.start('/project', { text: 'Ship it' });
    await until(ports, () => core.sessions.get(id)?.status !== 'running' && !core.sessions.isLive(id));
    assert.match(JSON.stringify(model.requests[0]), /deploy: How to deploy\./);
    assert.match(JSON.stringify(model.requests[1]?.messages), /Push the button\./);
  });

  it('is not installed where it changed while somebody looked', async () => {
    const { core, ports } = await startCore({ files: FILES, answers: ['install'] });
    const ask = ports.person.ask.bind(ports.person);
    ports.person.ask = async (question, signal) => {
      await ports.files.writeText('/src/kit/hooks/own.json', '{"version":"v1","hooks":[]}');
      return ask(question, signal);
    };
    await assert.rejects(core.powers.install('/src/kit', to), /changed while you looked/);
    assert.equal(ports.files.text(`${FOLDER}/plugin.json`), undefined);
  });

  it('finds the folder that it may write in, made when it first runs, and no reason to be read again for what it writes', async () => {
    const data = '/home/ada/.kiro/powers/.data/kit';
    const command = `echo x >> \${PLUGIN_DATA}/log`;
    const writes = [
      { name: 'writes', trigger: 'Manual', action: { type: 'command', command } },
      ...HOOK.hooks,
    ];
    let thereFor: string | undefined;
    const connect = async () => {
      thereFor = made();
    };
    const { core, ports } = await startCore({
      with: { mcp: createFakeMcp({ kit: { connect } }, { KEY: 'x' }) },
      files: { ...FILES, '/src/kit/hooks/own.json': JSON.stringify({ version: 'v1', hooks: writes }) },
      answers: ({ answers }) => answers[0]?.id,
      commands: () => 0,
    });
    const made = () => ports.files.text(`${data}/.gitignore`);
    await core.powers.install('/src/kit', to);
    await until(ports, () => core.hooks.all.length === 4);
    const run = (name: string) =>
      core.hooks.runNow(core.hooks.all.find((each) => each.name === name)?.id ?? '');
    await run('check');
    assert.equal(made(), undefined, 'one that does not name it needs none');
    await run('writes');
    assert.equal(made(), '*\n', 'nothing of it is committed');
    assert.equal(ports.processes.runs.at(-1)?.command, `echo x >> ${data}/log`);
    await ports.files.remove(`${data}/.gitignore`);
    await ports.files.remove(data);
    await core.servers.start(core.servers.all.find(({ config }) => config.name === 'kit')?.id ?? '');
    assert.equal(thereFor, '*\n', 'before its server begins');
    let changes = 0;
    core.hooks.onDidChange(() => changes++);
    await ports.files.writeText(`${data}/log`, 'x');
    await ports.clock.advance(1000);
    assert.equal(changes, 0);
  });

  it('names its own place, whatever signs that has', () => {
    assert.equal(
      withPlace(`a \${PLUGIN_ROOT}/b $PLUGIN_ROOT \${OTHER}`, '/x/$&'),
      `a /x/$&/b $PLUGIN_ROOT \${OTHER}`,
    );
  });
});
