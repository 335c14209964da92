// Feature: agent-engine, Property 3: Every fault has a known end
import assert from 'node:assert/strict';
import { readLog } from '../../../../src/core/agent/session/sessionLog';
import { createNodeProcesses } from '../../../../src/node/nodeProcesses';
import { createTestPorts } from '../../../support/testPorts';
import { createWorkspace } from '../../../support/workspaceBuilder';
import { call, startTalk, told } from './conversation';

const MEGABYTES = 100;

describe('a command that prints a hundred megabytes of what is no text', () => {
  it('is told by its ends, leaves a small log, and the session goes on', async function () {
    this.timeout(120_000);
    const workspace = createWorkspace();
    const { root } = workspace;
    workspace.file(
      'print.js',
      `const part = Buffer.alloc(1e6, 'a\\xff\\0\\u001b[2J', 'latin1');
      let left = ${MEGABYTES};
      const print = () => (left-- > 0 ? process.stdout.write(part, print) : process.stdout.write('the end'));
      print();`,
    );
    const command = 'node print.js';
    const ports = createTestPorts({
      root,
      settings: { autonomy: 'autopilot' },
      with: { processes: createNodeProcesses() },
    });
    const talk = startTalk({
      ports,
      script: [{ tools: [call('run_command', { command })] }, { text: 'Done.' }],
    });
    await talk.ended;
    assert.equal(talk.session.state.status, 'done', talk.session.state.reason);
    const [result] = told(talk);
    assert.ok(result?.ok, result?.text.slice(0, 500));
    assert.match(result.text, /^a\uFFFD[\s\S]*characters left out[\s\S]*the end\n\[Exit code 0\.\]$/);
    assert.ok(result.text.length < 25_000, `${result.text.length}`);
    assert.ok(talk.log().length < 200_000, `${talk.log().length}`);
    assert.equal(readLog(talk.log()).at(-1)?.type, 'session.ended');
  });
});
