/** Which hooks a session has: those that stand there when it begins, and those in the file of its custom agent. */
import assert from 'node:assert/strict';
import { placeOfHook } from '../../../../src/core/hooks/hookPlace';
import { KIRO_HOME, startCore, until } from '../coreHarness';
import { commands, hookFile, settleHooks, startHooks } from './hookHarness';

const LEAD = `{
  "name": "Lead",
  "description": "Leads.",
  "tools": ["write"],
  "prompt": "You lead.",
  "hooks": {
    "preToolUse": [
      { "command": "first" },
      { "matcher": "write_file", "command": "second" }
    ],
    "stop": [{ "command": "last" }]
  }
}
`;
const OWN = `---
name: Own
description: Mine.
tools: [read]
hooks:
  stop:
    - command: mine
---
You are mine.
`;
const FILES = { '.kiro/agents/lead.json': LEAD, [`${KIRO_HOME}/agents/own.md`]: OWN };

async function start() {
  const harness = await startCore({
    files: FILES,

    answers: () => 'yes',
    commands: () => 0,
    turns: [{ text: 'Done.' }],
  });
  await harness.core.agents.files.ready;
  return harness;
}

describe('the hooks of a session', () => {
  it('are those that stand there when it begins, also where nobody told that they changed', async () => {
    const write = { name: 'write_file', input: { path: 'a.txt', content: 'x' } };
    const { core, ports } = await startHooks([], {
      settings: { autonomy: 'autopilot' },
      commands: () => ({ exitCode: 2, stderr: 'Not here.' }),
      turns: [{ tools: [write] }, { text: 'Ok.' }],
      with: { watcher: { watch: () => ({ dispose() {} }) } },
    });
    const guard = hookFile({ name: 'guard', trigger: 'PreToolUse' });
    await ports.files.writeText('/project/.kiro/hooks/guard.json', guard);
    const id = await core.chats.start('/project', { text: 'Write' });
    await until(ports, () => core.sessions.get(id)?.status !== 'running');
    assert.deepEqual(commands(ports), ['guard']);
    assert.equal(ports.files.text('a.txt'), undefined);
  });
});

describe('hooks in the files of agents', () => {
  it('are told as of which agent, with the place in its file', async () => {
    const { core } = await start();
    assert.deepEqual(
      core.hooks.ofAgents.map(({ agent, trigger, action }) => [
        agent,
        trigger,
        action.type === 'command' && action.command,
      ]),
      [
        ['Lead', 'PreToolUse', 'first'],
        ['Lead', 'PreToolUse', 'second'],
        ['Lead', 'Stop', 'last'],
        ['Own', 'Stop', 'mine'],
      ],
    );
    const words = core.hooks.ofAgents.map((hook) => {
      const text = hook.path.endsWith('.json') ? LEAD : OWN;
      const { start, end } = placeOfHook(text, hook);
      return text.slice(start, end).trim();
    });
    assert.deepEqual(words, [
      '{ "command": "first" }',
      '{ "matcher": "write_file", "command": "second" }',
      '{ "command": "last" }',
      'command: mine',
    ]);
  });

  it('follow their file, are agreed to and run by hand, and are no hooks of other sessions', async () => {
    const harness = await start();
    const { core, ports } = harness;
    const { ofAgents } = core.hooks;
    const [first, , last] = ofAgents;
    assert.ok(first && last);
    assert.equal(core.hooks.isAgreed(last.id), false);
    assert.equal(await core.hooks.agree(last.id), true);
    assert.equal(core.hooks.isAgreed(last.id), true);
    assert.equal((await core.hooks.runNow(last.id))?.outcome, 'passed');
    assert.equal(core.hooks.lastRun(last.id)?.exitCode, 0);
    const chat = await core.chats.start('/project', { text: 'Go' });
    await until(ports, () => core.sessions.get(chat)?.status !== 'running');
    await settleHooks(harness);
    assert.deepEqual(commands(ports), ['last']);
    await assert.rejects(core.hooks.setEnabled(first.id, false), /Change it in the agent’s file/);
    await assert.rejects(core.hooks.remove(first.id), /Change it in the agent’s file/);

    await ports.files.writeText('/project/.kiro/agents/lead.json', LEAD.replace('"last"', '"other"'));
    await until(ports, () => core.hooks.ofAgents.some(({ name }) => name === 'stop: other'));
    assert.equal(core.hooks.isAgreed(last.id), false, 'what changed is asked for again');
  });
});
