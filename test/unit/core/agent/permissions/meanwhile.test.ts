// Feature: agent-engine, Property 7: Nothing leads out
// Verifies: agent-engine#3.7
/** Between a question and its answer time passes, and a hostile repository may use it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { link, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPermissions } from '../../../../../src/core/agent/permissions';
import { createHome } from '../../../../../src/core/home';
import { childEnvironment } from '../../../../../src/node/childEnvironment';
import { createNodeFiles } from '../../../../../src/node/nodeFiles';
import { createTestPorts } from '../../../../support/testPorts';
import { HOME, quiet } from '../../coreHarness';
import { call, startTalk, told } from '../conversation';

const DONE = { text: 'Done.' };

describe('what changes while the person thinks', () => {
  it('a folder that becomes a link is not run into', async () => {
    const talk = startTalk({
      files: { 'out/a': 'a' },
      commands: { 'touch out/b': 0 },
      script: [{ tools: [call('run_command', { command: 'touch out/b' }, 'id')] }, DONE],
    });
    await quiet();
    await talk.ports.files.remove('/project/out');
    talk.ports.files.link('/project/out', '/etc');
    talk.sessions.answer(talk.session.id, 'id', 'once');
    await talk.ended;
    assert.deepEqual(talk.ports.processes.runs, []);
    assert.match(told(talk)[0]?.text ?? '', /not run: what it names has changed.*leads outside/);
  });

  it('a folder that becomes a link is not written into', async () => {
    const talk = startTalk({
      files: { 'out/a': 'a' },
      script: [{ tools: [call('write_file', { path: 'out/a', content: 'b' }, 'id')] }, DONE],
    });
    await quiet();
    await talk.ports.files.remove('/project/out');
    talk.ports.files.link('/project/out', '/etc');
    talk.sessions.answer(talk.session.id, 'id', 'once');
    await talk.ended;
    assert.equal(talk.ports.files.text('/etc/a'), undefined);
    assert.equal(told(talk)[0]?.ok, false);
  });

  it('a rule that denies it now holds', async () => {
    const talk = startTalk({
      commands: { make: 0 },
      script: [{ tools: [call('run_command', { command: 'make' }, 'id')] }, DONE],
    });
    await quiet();
    const rule = 'rules:\n  - {capability: shell, effect: deny, match: ["make"]}\n';
    await talk.ports.files.writeText(`${HOME}/permissions.yaml`, rule);
    talk.sessions.answer(talk.session.id, 'id', 'once');
    await talk.ended;
    assert.deepEqual(talk.ports.processes.runs, []);
  });
});

describe('a call that a rule denies', () => {
  it('is told with the rule and its file, and was no decision of the person’s', async () => {
    const rule = 'rules:\n  - {capability: shell, effect: deny, match: ["make *"]}\n';
    const talk = startTalk({
      files: { [`${HOME}/permissions.yaml`]: rule },
      script: [{ tools: [call('run_command', { command: 'make all' })] }, DONE],
    });
    await talk.ended;
    assert.match(
      told(talk)[0]?.text ?? '',
      /not allowed\. Your rule “make \*” in .*permissions\.yaml denies this/,
    );
    const [item] = talk.session.state.items.filter(({ type }) => type === 'tool');
    assert.ok(item?.type === 'tool' && item.status === 'denied' && item.unasked);
  });
});

describe('a file with another name outside the workspace', () => {
  async function linked() {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-test-'));
    const outside = await mkdtemp(join(tmpdir(), 'earshot-test-'));
    await writeFile(join(outside, 'secret'), 'theirs');
    await link(join(outside, 'secret'), join(folder, 'a'));
    return { folder, outside: join(outside, 'secret') };
  }

  it('keeps its text when the agent writes under the name inside', async () => {
    const { folder, outside } = await linked();
    await createNodeFiles().writeText(join(folder, 'a'), 'ours');
    assert.equal(await readFile(outside, 'utf8'), 'theirs');
  });

  it('is asked about when a command names it, whatever rules allow', async () => {
    const { folder } = await linked();
    const rule = 'rules:\n  - {capability: all, effect: allow, match: ["**"]}\n';
    const ports = createTestPorts({ files: { [`${HOME}/permissions.yaml`]: rule } });
    const files = createNodeFiles();
    const both = {
      ...files,
      readText: (path: string) => (path.startsWith(HOME) ? ports.files : files).readText(path),
    };
    const gate = createPermissions({ ...ports, files: both }, createHome(HOME, ports.hasher)).gate(folder);
    const question = { capability: 'run', where: '', why: '' } as const;
    const judged = await gate.judge({ ...question, subject: 'touch a' });
    assert.equal(judged.decision, 'ask');
    assert.match(judged.question.onceOnly ?? '', /other names \(hard links\)/);
    assert.equal((await gate.judge({ ...question, subject: 'touch b' })).decision, 'allow');
  });
});

describe('CDPATH of the person', () => {
  it('does not lead a command into another folder', async () => {
    if (process.platform === 'win32') return;
    const folder = await mkdtemp(join(tmpdir(), 'earshot-test-'));
    execFileSync('mkdir', ['-p', join(folder, 'other/src'), join(folder, 'w/src')]);
    const env = childEnvironment({ ...process.env, CDPATH: join(folder, 'other') });
    execFileSync('sh', ['-c', 'cd src && touch made'], { cwd: join(folder, 'w'), env });
    assert.ok(existsSync(join(folder, 'w/src/made')));
  });
});
