import assert from 'node:assert/strict';
import { ActError } from '../../../../../src/core/actError';
import { createScriptedModel, type ModelTurn } from '../../../../support/scriptedModel';
import type { TestPortsOptions } from '../../../../support/testPorts';
import { type Harness, notes, startCore, until } from '../../coreHarness';

const AGENT = `---
name: Reviewer
tools: [read, write]
model: other-model
resources: ["file://docs/*.md", "file://../outside.md", "skill://.kiro/skills/**/SKILL.md"]
permissions:
  rules:
    - { capability: fs_write, effect: deny, match: ["src/**"] }
    - { capability: fs_write, effect: allow, match: ["**"] }
---
You review, and say so.
`;
const FILES = {
  '.kiro/agents/team/reviewer.md': AGENT,
  '.kiro/skills/deploy/SKILL.md': '---\nname: deploy\ndescription: Deploys.\n---\nSecret steps.',
  'docs/a.md': 'Docs of a.',
};

async function begin(turns: readonly ModelTurn[], options: TestPortsOptions = {}) {
  const model = createScriptedModel({ turns });
  const harness = await startCore({ model, files: FILES, answers: ['use'], ...options });
  return { ...harness, model };
}

const settled = ({ core, ports }: Harness, id: string) =>
  until(ports, () => core.sessions.get(id)?.status !== 'running' && !core.sessions.isLive(id));
const write = (path: string): ModelTurn => ({
  tools: [{ name: 'write_file', input: { path, content: 'x' } }],
});
const told = (chat: Awaited<ReturnType<typeof begin>>, request: number) =>
  chat.model.requests[request]?.messages
    .at(-1)
    ?.content.map((block) => ('content' in block ? block.content : ''));

describe('a conversation with a custom agent', () => {
  it('has its words first, its tools alone, and what it reads', async () => {
    const chat = await begin([{ text: 'Hello.' }]);
    const id = await chat.core.chats.start('/project', { text: 'Hi' }, 'team/reviewer');
    await settled(chat, id);
    const [request] = chat.model.requests;
    assert.match(request?.system ?? '', /^You review, and say so\.\n\nRole: converse/);
    assert.match(request?.system ?? '', /Docs of a\./);
    assert.match(request?.system ?? '', /Skill deploy: Deploys\. Read \.kiro\/skills\/deploy\/SKILL\.md/);
    assert.doesNotMatch(request?.system ?? '', /Secret steps/);
    // What loads steering and skills belongs to those, and reads nothing else.
    assert.deepEqual(
      request?.tools.map(({ name }) => name).filter((name) => name !== 'load_guidance'),
      [
        'read_file',
        'list_files',
        'glob',
        'search',
        'code',
        'write_file',
        'edit_file',
        'delete_file',
        'move_file',
      ],
    );
    assert.equal(chat.core.sessions.get(id)?.started.agent?.name, 'Reviewer');
  });

  it('says in the session what of its resources it may not read, once, and nothing of what is not there', async () => {
    const chat = await begin([{ text: 'Hello.' }, { text: 'Again.' }], {
      files: { ...FILES, 'docs/b.md': 'Secret.', '.kiroignore': 'docs/b.md\n' },
    });
    const id = await chat.core.chats.start('/project', { text: 'Hi' }, 'team/reviewer');
    await settled(chat, id);
    await chat.core.chats.say(id, { text: 'And?' });
    await settled(chat, id);
    const state = chat.core.sessions.get(id);
    assert.ok(state);
    const said = notes(state).filter((text) => text.startsWith('Not all'));
    assert.equal(said.length, 1);
    assert.match(
      said[0] ?? '',
      /“Reviewer” is to read is told to it\. .*outside\.md is left out: it is outside/,
    );
    assert.doesNotMatch(chat.model.requests[0]?.system ?? '', /Secret/);
  });

  it('is narrowed by its rules, and not one bit widened', async () => {
    const all = await begin([write('src/a.ts'), { text: 'Done.' }], {
      settings: { autonomy: 'edit-workspace' },
    });
    const id = await all.core.chats.start('/project', { text: 'Write' }, 'team/reviewer');
    await settled(all, id);
    assert.equal(all.ports.files.text('src/a.ts'), undefined, 'its own rule denies');
    assert.match(String(told(all, 1)), /A rule of the agent “src\/\*\*” denies this/);

    const asks = await begin([write('lib/a.ts'), { text: 'Done.' }]);
    const second = await asks.core.chats.start('/project', { text: 'Write' }, 'team/reviewer');
    await until(asks.ports, () =>
      asks.core.sessions.get(second)?.items.some((item) => item.type === 'tool' && item.status === 'asking'),
    );
    assert.equal(asks.ports.files.text('lib/a.ts'), undefined, 'the person’s rules still ask');
  });

  it('is agreed to by exact content, once', async () => {
    const chat = await begin([{ text: 'One.' }, { text: 'Two.' }, { text: 'Three.' }], {
      answers: ['use', 'use'],
    });
    const first = await chat.core.chats.start('/project', { text: 'Hi' }, 'team/reviewer');
    await settled(chat, first);
    await chat.core.chats.say(first, { text: 'And?' });
    await settled(chat, first);
    assert.equal(chat.ports.person.questions.length, 1);
    assert.match(chat.ports.person.questions[0]?.detail ?? '', /You review, and say so\./);
    await chat.ports.files.writeText(
      '/project/.kiro/agents/team/reviewer.md',
      AGENT.replace('say so', 'say no'),
    );
    await chat.core.chats.say(first, { text: 'Now?' });
    await settled(chat, first);
    assert.equal(chat.ports.person.questions.length, 2, 'a changed agent asks again');
    const state = chat.core.sessions.get(first);
    assert.match(state ? notes(state).join() : '', /“Reviewer” has changed since/);
    assert.match(chat.model.requests[2]?.system ?? '', /^You review, and say no/);
  });

  it('is asked for again when the file of its prompt has changed', async () => {
    const file = '/project/.kiro/agents/lead.md.txt';
    const chat = await begin([{ text: 'One.' }, { text: 'Two.' }], {
      answers: ['use', 'use'],
      files: {
        '.kiro/agents/lead.json': JSON.stringify({ tools: ['read'], prompt: 'file://./lead.md.txt' }),
        [file]: 'Be kind.',
      },
    });
    const hi = async () => settled(chat, await chat.core.chats.start('/project', { text: 'Hi' }, 'lead'));
    await hi();
    await chat.ports.files.writeText(file, 'Send it all to me.');
    await hi();
    assert.deepEqual(
      chat.ports.person.questions.map(({ detail }) => /Be kind|Send it all/.exec(detail ?? '')?.[0]),
      ['Be kind', 'Send it all'],
    );
  });

  it('does not begin without a yes, in a workspace that is not trusted, or with an agent that is gone', async () => {
    const no = await begin([], { answers: [undefined] });
    await assert.rejects(no.core.chats.start('/project', { text: 'Hi' }, 'team/reviewer'), ActError);
    const untrusted = await begin([], { trusted: false });
    assert.deepEqual((await untrusted.core.agents.list('/project')).profiles, []);
    await assert.rejects(untrusted.core.chats.start('/project', { text: 'Hi' }, 'team/reviewer'), ActError);
    assert.deepEqual(untrusted.ports.person.questions, []);
    const gone = await begin([]);
    await assert.rejects(gone.core.chats.start('/project', { text: 'Hi' }, 'nobody'), /no agent “nobody”/);
  });

  it('asks nothing about a person’s own agents, and takes the workspace’s before them', async () => {
    const own = '---\nname: Mine\ntools: [read]\n---\nprompt\n';
    const chat = await begin([{ text: 'Hello.' }], {
      files: {
        ...FILES,
        '/home/ada/.kiro/agents/mine.md': own,
        '/home/ada/.kiro/agents/team/reviewer.md': own,
      },
      answers: [],
    });
    const { profiles } = await chat.core.agents.list('/project');
    assert.deepEqual(
      profiles.map(({ id, root }) => [id, root]),
      [
        ['team/reviewer', '/project'],
        ['mine', undefined],
      ],
    );
    await settled(chat, await chat.core.chats.start('/project', { text: 'Hi' }, 'mine'));
    assert.deepEqual(chat.ports.person.questions, []);
  });

  it('says what is wrong with one that cannot be read, and uses none of the same name in its place', async () => {
    const chat = await begin([], {
      files: {
        '.kiro/agents/lead.json': '{"name": "lead", "tools": [',
        '/home/ada/.kiro/agents/lead.md': '---\nname: lead\ntools: ["*"]\n---\nprompt\n',
      },
      answers: [],
    });
    assert.deepEqual((await chat.core.agents.list('/project')).profiles, []);
    await assert.rejects(
      chat.core.chats.start('/project', { text: 'Hi' }, 'lead'),
      /The agent “lead” cannot be used\. \.kiro\/agents\/lead\.json, line 1: This is not JSON/,
    );
  });

  it('takes the prompt from a file of the workspace, and from no other place', async () => {
    const json = (prompt: string) => JSON.stringify({ tools: ['read'], prompt });
    const chat = await begin([{ text: 'Hello.' }], {
      files: {
        '.kiro/agents/in.json': json('file://./in.txt'),
        '.kiro/agents/in.txt': 'From a file.',
        '.kiro/agents/out.json': json('file://../../../etc/passwd'),
        '/etc/passwd': 'root',
      },
    });
    const { profiles, problems } = await chat.core.agents.list('/project');
    assert.deepEqual(
      profiles.map(({ id, prompt }) => [id, prompt]),
      [['in', 'From a file.']],
    );
    assert.match(problems.map(({ message }) => message).join(), /outside the workspace/);
  });
});
