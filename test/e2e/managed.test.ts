/** What an organisation manages, held by the built command line as a process of its own, whatever environment and options say. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type MessagesServer, startMessagesServer } from '../support/messagesServer';
import { createWorkspace, type Workspace } from '../support/workspaceBuilder';

const REPOSITORY = resolve(__dirname, '../..');
const CLI = join(REPOSITORY, 'dist/cli.js');
const PRELOAD = join(REPOSITORY, 'test/support/managedPreload.cjs');

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the command line of a managed machine', () => {
  let workspace: Workspace;
  let home: Workspace;
  let server: MessagesServer;

  beforeEach(async () => {
    server = await startMessagesServer();
    workspace = createWorkspace();
    home = createWorkspace();
    workspace.file(
      '.kiro/hooks/lint.json',
      '{"version":"v1","hooks":[{"name":"lint","trigger":"Manual","action":{"type":"command","command":"echo ran"}}]}',
    );
    workspace.file('.kiro/settings/mcp.json', '{"mcpServers":{"tools":{"command":"npx","args":["-y","x"]}}}');
  });

  function run(policy: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const managed = join(home.native, 'managed.json');
    writeFileSync(managed, policy);
    const { PATH = '', SystemRoot = '' } = process.env;
    const env = {
      PATH,
      SystemRoot,
      HOME: home.native,
      USERPROFILE: home.native,
      EARSHOT_HOME: join(home.native, 'earshot'),
      EARSHOT_TEST_MANAGED: managed,
      EARSHOT_BASE_URL: server.url,
      EARSHOT_API_KEY: 'sk-test',
      ...more,
    };
    return new Promise<Ran>((done) => {
      execFile(
        process.execPath,
        ['--require', PRELOAD, CLI, ...args],
        { cwd: workspace.native, env },
        (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), stdout, stderr }),
      );
    });
  }

  it('shows what is managed, and what of the environment does not hold', async () => {
    const policy = '{"models": {"allow": ["claude-*"]}, "web": "off", "limits": {"task": 2}}';
    const { code, stdout } = await run(policy, ['managed'], { EARSHOT_WEB: '1', EARSHOT_MODEL: 'gpt-9' });
    assert.equal(code, 0);
    assert.match(stdout, /models {2}Models: It allows claude-\*\./);
    assert.match(stdout, /webFetch: false holds, not true/);
    assert.match(stdout, /model: none holds, not gpt-9/);
    assert.match(stdout, /Spending: at most \$2 a task/);
  });

  it('starts no server and runs no hook that are not allowed', async () => {
    const policy = '{"mcp": {"commands": ["node *"]}, "hooks": {"commands": ["npm test"]}}';
    const [list, hook] = await Promise.all([
      run(policy, ['servers', 'list', '--json']),
      run(policy, ['hook', 'run', 'lint']),
    ]);
    assert.equal(JSON.parse(list.stdout)[0].state, 'forbidden');
    assert.match(JSON.parse(list.stdout)[0].message, /does not allow the MCP server “npx -y x”/);
    assert.equal(hook.code, 1);
    assert.match(hook.stderr, /has not allowed this hook/);
  });

  it('asks no model that is not allowed', async () => {
    const args = ['spec', 'new', 'Short links', '--model', 'gpt-9', '--headless'];
    const named = await run('{"models": {"allow": ["mistral-*"]}}', args);
    assert.equal(named.code, 1);
    assert.match(named.stderr, /Your organisation does not allow the model .*It allows mistral-\*/);
    assert.equal(server.requests.length, 0);
  });

  it('is strict and says where while the file is wrong', async () => {
    const { code, stdout, stderr } = await run('{\n  "wep": "off"\n}', ['servers', 'list']);
    assert.equal(code, 0);
    assert.match(stdout, /tools {2}forbidden/);
    assert.match(stderr, /managed-settings\.json, line 2: .*wep.*the strictest holds/);
  });
});
