/** Background processes of the agent, with real ones. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Background, withBackground } from '../../../src/core/agent/turn/background';
import { createAbort } from '../../../src/core/util/abort';
import { nodeClock } from '../../../src/node/nodePorts';
import { createNodeProcesses } from '../../../src/node/nodeProcesses';
import { isRunning } from '../../../src/node/processInfo';
import { createMemoryFiles } from '../../support/memoryFiles';
import { createWorkspace, type Workspace } from '../../support/workspaceBuilder';
import { toolUser } from '../core/agent/toolHarness';

const ports = { processes: createNodeProcesses({ graceMs: 300 }), clock: nodeClock };
const node = JSON.stringify(process.execPath);

async function pidIn(workspace: Workspace, file: string): Promise<number> {
  for (let tries = 0; tries < 500; tries++) {
    const text = existsSync(`${workspace.native}/${file}`)
      ? readFileSync(`${workspace.native}/${file}`, 'utf8')
      : '';
    if (text.trim() !== '') return Number(text);
    await delay(10);
  }
  throw new Error(`${file} was never written`);
}

async function hasEnded(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 500 && isRunning(pid); tries++) await delay(10);
  return !isRunning(pid);
}

describe('background processes', () => {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  let workspace: Workspace;
  beforeEach(() => {
    workspace = createWorkspace();
  });
  const userOf = (background: Background) =>
    toolUser(createMemoryFiles(), workspace.root, { processes: ports.processes, background });

  it('serve while other things happen, are heard, and end with their children', async () => {
    const script = `const s=require('http').createServer((q,r)=>r.end('hi'));s.listen(0,'127.0.0.1',()=>console.log('port '+s.address().port))`;
    workspace.file('serve.js', script);
    const child = await withBackground(ports, async (background) => {
      const { output } = userOf(background);
      await output('start_process', { command: `sleep 100 & echo $! > child; ${node} serve.js; wait` });
      let said = '';
      while (!/port \d+/.test(said)) said = await output('read_output', { process: 'p1', offset: 0 });
      const port = /port (\d+)/.exec(said)?.[1];
      assert.equal(await (await fetch(`http://127.0.0.1:${port}`)).text(), 'hi');
      const pid = await pidIn(workspace, 'child');
      assert.ok(isRunning(pid));
      assert.match(await output('stop_process', { process: 'p1' }), /p1 was stopped/);
      assert.ok(!isRunning(pid));
      await output('start_process', { command: 'sleep 100 & echo $! > second; wait' });
      return pidIn(workspace, 'second');
    });
    assert.ok(!isRunning(child), 'ended with the work');
  });

  it('may print a hundred megabytes', async function () {
    // How long that takes is the machine's affair; that nothing is lost and nothing piles up is ours.
    this.timeout(120_000);
    await withBackground(ports, async (background) => {
      const { output } = userOf(background);
      await output('start_process', {
        command: 'head -c 100000000 /dev/zero | tr "\\\\0" x; echo; echo the end',
      });
      const process = background.get('p1');
      while (!process.result) {
        process.read(0, Number.MAX_SAFE_INTEGER);
        await process.wait(60_000, createAbort().signal);
      }
      const part = await output('read_output', { process: 'p1', offset: 100_000_000 - 100 });
      assert.match(part, /x\nthe end\n\[p1 ended with exit code 0; read up to 100000009\]$/);
    });
  });

  it('leave no orphan when the process that started them exits without waiting', async () => {
    const module = (path: string) => JSON.stringify(resolve(__dirname, '../../../src', path));
    workspace.file(
      'host.ts',
      `import { createNodeProcesses } from ${module('node/nodeProcesses.ts')};
       import { existsSync } from 'node:fs';
       void createNodeProcesses().run({ command: 'sleep 100 & echo $! > pid; wait', cwd: ${JSON.stringify(workspace.native)} });
       setInterval(() => existsSync(${JSON.stringify(`${workspace.native}/pid`)}) && process.exit(0), 20);`,
    );
    const tsx = require.resolve('tsx');
    const host = spawn(process.execPath, ['--import', tsx, `${workspace.native}/host.ts`], {
      stdio: 'inherit',
    });
    const [code] = await once(host, 'exit');
    assert.equal(code, 0);
    assert.ok(await hasEnded(await pidIn(workspace, 'pid')));
  });
});
