// Feature: mcp-engine, Property 10: Nobody else is let in
// Verifies: mcp-engine#5.3, #5.5
/** `earshot mcp` as a real process, driven by clients that are not ours. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { parseClaims } from '../../../src/core/tasks/evidence/claims';
import { repoRoot } from '../../support/host/paths';
import {
  addToken,
  conformance,
  inspector,
  type Listening,
  mcpCommand,
  mcpEnvironment,
  runNode,
  startHttp,
} from '../../support/otherAgents';
import { createWorkspace, type Workspace } from '../../support/workspaceBuilder';
import { DESIGN, REQUIREMENTS, tasksText } from '../core/coreHarness';

const TASKS = tasksText('- [ ] 1. Sweep', '  - Delete old links', '  - _Requirements: 1.1_');
/** Milliseconds: processes from the sources, and in a soak all scenarios. */
const THROUGH = process.env.EARSHOT_SOAK === '1' ? 600_000 : 60_000;

function links(): Workspace {
  return createWorkspace().spec('links', { requirements: REQUIREMENTS, design: DESIGN, tasks: TASKS });
}

/** Scenarios of the conformance suite that are about what this server offers. */
const PASSES = [
  'server-initialize',
  'ping',
  'tools-list',
  'server-sse-polling',
  'server-sse-multiple-streams',
  'dns-rebinding-protection',
];
/** The others, and why they do not pass. */
const REASONS: Readonly<Record<string, readonly string[]>> = {
  'It calls tools of the suite’s own test server, which no other server has.': [
    'tools-call-simple-text',
    'tools-call-image',
    'tools-call-audio',
    'tools-call-embedded-resource',
    'tools-call-mixed-content',
    'tools-call-with-logging',
    'tools-call-error',
    'tools-call-with-progress',
    'tools-call-sampling',
    'tools-call-elicitation',
    'json-schema-2020-12',
    'elicitation-sep1034-defaults',
    'elicitation-sep1330-enums',
  ],
  'This server has tools alone: no log, completion, resources or prompts, and it says so at the start.': [
    'logging-set-level',
    'completion-complete',
    'resources-list',
    'resources-read-text',
    'resources-read-binary',
    'resources-templates-read',
    'resources-subscribe',
    'resources-unsubscribe',
    'prompts-list',
    'prompts-get-simple',
    'prompts-get-with-args',
    'prompts-get-embedded-resource',
    'prompts-get-with-image',
  ],
};

function post({ address, token }: Listening, headers: Readonly<Record<string, string>>): Promise<number> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
  const base = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const accept = 'application/json, text/event-stream';
  return new Promise((resolve, reject) => {
    const sent = request(address, { method: 'POST', headers: { ...base, accept, ...headers } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('earshot mcp', function () {
  this.timeout(THROUGH);

  it('gives a task to another agent, which does it and reports it', async () => {
    const workspace = links();
    const [command = '', ...args] = mcpCommand(workspace.native);
    const client = new Client({ name: 'someone-elses-agent', version: '2' });
    await client.connect(
      new StdioClientTransport({ command, args, cwd: repoRoot, env: mcpEnvironment(workspace.native) }),
    );
    try {
      const call = async (name: string, input: Record<string, unknown> = {}) => {
        const result = await client.callTool({ name, arguments: input }, CallToolResultSchema);
        const [content] = CallToolResultSchema.parse(result).content;
        assert.equal(content?.type, 'text');
        return { text: content.text, isError: result.isError === true };
      };
      const { tools } = await client.listTools();
      assert.equal(tools.length, 8);
      assert.match((await call('list_specs')).text, /links/);
      assert.match((await call('next_task')).text, /Task 1 of the spec links: Sweep/);
      writeFileSync(join(workspace.native, 'sweep.js'), 'exports.sweep = () => {};\n');
      const reported = await call('report_evidence', {
        spec: 'links',
        task: '1',
        summary: 'Wrote the sweep.',
        files: ['sweep.js'],
        commands: [{ command: 'node sweep.js', exitCode: 0 }],
      });
      assert.match(reported.text, /Kept as your word for task 1/);
      assert.match((await call('next_task')).text, /No task can be begun now/);
      const wrong = await call('get_spec', { spec: 'nowhere' });
      assert.deepEqual(wrong, { text: 'There is no spec nowhere. There are: links.', isError: true });
      await assert.rejects(client.callTool({ name: 'approve', arguments: {} }), /There is no tool approve/);
    } finally {
      await client.close();
    }
    const folder = join(workspace.native, '.kiro/specs/links');
    assert.equal(readFileSync(join(folder, 'tasks.md'), 'utf8'), TASKS);
    const [claim] = parseClaims(readFileSync(join(folder, '.earshot/claims.jsonl'), 'utf8'));
    assert.equal(claim?.by, 'someone-elses-agent (agent)');
  });

  it('answers the inspector of the protocol’s makers', async () => {
    const { native } = links();
    const args = ['--method', 'tools/call', '--tool-name', 'next_task', '--tool-arg', 'spec=links'];
    const { stdout, stderr } = await runNode([inspector(), ...mcpCommand(native), ...args], repoRoot, {
      ...process.env,
      ...mcpEnvironment(native),
    });
    assert.match(stdout, /Task 1 of the spec links: Sweep/, stderr);
  });

  it('over HTTP answers this machine alone, and only with the token', async () => {
    const { native } = links();
    const listening = await startHttp(native, native);
    assert.match(listening.address, /^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    assert.ok(listening.token.length >= 32);
    for (const [headers, status] of [
      [{ authorization: '' }, 401],
      [{ authorization: `Bearer ${listening.token}x` }, 401],
      [{ host: 'evil.example' }, 403],
      [{ host: 'localhost.evil.example:80' }, 403],
      [{ origin: 'https://evil.example' }, 403],
      [{ origin: 'null' }, 403],
      [{ 'mcp-session-id': 'unknown' }, 404],
      // Let in: only that the session was not begun is wrong with it.
      [{ origin: 'http://localhost:3000' }, 400],
    ] as const)
      assert.equal(await post(listening, headers), status, JSON.stringify(headers));
    assert.equal(await post({ ...listening, address: `${listening.address}/more` }, {}), 404);
  });

  it('keeps to the protocol, as the conformance suite has it', async () => {
    const { native } = links();
    const url = await addToken(await startHttp(native, native));
    const isWhole = process.env.EARSHOT_SOAK === '1';
    if (!isWhole) {
      const one = ['server', '--url', url, '--scenario', 'tools-list'];
      const { code, stdout, stderr } = await conformance(one, native);
      assert.equal(code, 0, `${stdout}\n${stderr}`);
      return;
    }
    const { stdout } = await conformance(['server', '--url', url, '--suite', 'all'], native);
    const seen = [...stdout.matchAll(/^([✓✗]) ([\w-]+): /gm)];
    const named = (mark: string) =>
      seen
        .filter(([, each]) => each === mark)
        .map(([, , name]) => name)
        .sort();
    assert.deepEqual(named('✓'), [...PASSES].sort());
    assert.deepEqual(named('✗'), Object.values(REASONS).flat().sort());
  });
});
