/** Agents of others from npm, as a person would have them work from our specs; their model is a script of ours. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { repoRoot } from './host/paths';
import type { RecordedRequest, ScriptedTurn } from './messagesServer';
import { mcpCommand, type Ran, runNode, runProgram } from './otherAgents';
import { onTestEnd } from './testStore';

export interface Errand {
  readonly workspace: string;
  /** Of the scripted Messages API. */
  readonly model: string;
  readonly prompt: string;
}

export interface PublicAgent {
  readonly name: string;
  readonly package: string;
  /** Below `node_modules`. */
  readonly program: string;
  /** It is no program of Node, so that its ways out are closed by a proxy that is not there. */
  readonly isNative?: true;
  /** @param home a folder of its own: nothing of this machine's person is seen */
  start(errand: Errand, home: string): { readonly args: readonly string[]; readonly env: object };
  /** How its model writes a file. */
  write(path: string, content: string): { readonly name: string; readonly input: object };
}

const CONTINUE: PublicAgent = {
  name: 'Continue',
  package: '@continuedev/cli@1.5.47',
  program: '@continuedev/cli/dist/cn.js',
  start({ workspace, model, prompt }, home) {
    const [command, ...args] = mcpCommand(workspace);
    const config = join(home, 'config.yaml');
    writeFileSync(
      config,
      stringify({
        ...{ name: 'Offline', version: '1.0.0', schema: 'v1' },
        models: [
          {
            ...{ name: 'scripted', provider: 'anthropic', model: 'claude-sonnet-5-5', apiKey: 'none' },
            ...{ apiBase: `${model}/v1/`, roles: ['chat'], capabilities: ['tool_use'] },
          },
        ],
        mcpServers: [{ name: 'earshot', command, args, cwd: repoRoot }],
      }),
    );
    return {
      args: ['-p', prompt, '--config', config, '--allow', '*'],
      env: { CONTINUE_GLOBAL_DIR: join(home, '.continue'), CONTINUE_TELEMETRY_ENABLED: '0' },
    };
  },
  write: (path, content) => ({ name: 'Write', input: { filepath: path, content } }),
};

const OPENCODE: PublicAgent = {
  name: 'opencode',
  package: 'opencode-ai@1.18.33',
  program: `opencode-${process.platform}-${process.arch}/bin/opencode`,
  isNative: true,
  start({ workspace, model, prompt }, home) {
    const config = join(home, 'opencode.json');
    const scripted = { name: 'Scripted', tool_call: true, limit: { context: 200_000, output: 8_000 } };
    const names = { model: 'anthropic/claude-sonnet-5-5', small_model: 'anthropic/claude-sonnet-5-5' };
    const options = { baseURL: `${model}/v1`, apiKey: 'none' };
    const settings = {
      ...{ ...names, autoupdate: false, share: 'disabled', permission: 'allow' },
      provider: { anthropic: { options, models: { 'claude-sonnet-5-5': scripted } } },
      mcp: { earshot: { type: 'local', command: mcpCommand(workspace), enabled: true, timeout: 60_000 } },
    };
    writeFileSync(config, JSON.stringify(settings));
    return {
      args: ['run', prompt],
      env: {
        ...{ OPENCODE_CONFIG: config, OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_LSP_DOWNLOAD: '1' },
        ...{ OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_DEFAULT_PLUGINS: '1' },
        ...{ HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1,localhost' },
      },
    };
  },
  write: (path, content) => ({ name: 'write', input: { filePath: path, content } }),
};

export const PUBLIC_AGENTS: readonly PublicAgent[] = [CONTINUE, OPENCODE];

/** Installs it in a folder of its own, and runs it in the workspace. Nothing but this machine can be reached then. */
export async function runPublicAgent(agent: PublicAgent, errand: Errand): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-agent-'));
  onTestEnd(() => rmSync(folder, { recursive: true, force: true }));
  const install = [
    'install',
    '--prefix',
    folder,
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    agent.package,
  ];
  const installed = await runProgram('npm', install, folder);
  if (installed.code !== 0) throw new Error(`${agent.package} cannot be installed.\n${installed.stderr}`);
  const home = join(folder, 'home');
  mkdirSync(home);
  const { args, env } = agent.start(errand, home);
  const program = join(folder, 'node_modules', agent.program);
  const alone = {
    ...{ PATH: process.env.PATH ?? '', HOME: home, EARSHOT_HOME: join(home, '.earshot') },
    ...env,
  };
  if (agent.isNative) return runProgram(program, args, errand.workspace, alone);
  const offline = ['--import', join(repoRoot, 'test/support/offline.mjs')];
  return runNode([...offline, program, ...args], errand.workspace, alone);
}

/** A model that works from our specs with whatever tools it is given: it looks, takes a task, does it, and says so. */
export function worksFromSpecs(
  agent: Pick<PublicAgent, 'write'>,
  file: { readonly path: string; readonly content: string },
): (request: RecordedRequest) => ScriptedTurn {
  return ({ body: { tools = [], messages } }) => {
    const ours = (name: string, input: object): ScriptedTurn => {
      const tool = tools.find((each) => each.name.endsWith(name));
      return tool ? { tools: [{ name: tool.name, input }] } : { text: `There is no tool ${name}.` };
    };
    const results = messages.flatMap(({ content }) =>
      content.filter(({ type }) => type === 'tool_result').map((result) => JSON.stringify(result)),
    );
    switch (results.length) {
      case 0:
        return ours('list_specs', {});
      case 1:
        return ours('next_task', {});
      case 2: {
        const { path, content } = file;
        return { tools: [agent.write(path, content)] };
      }
      case 3: {
        const [, task = '', spec = ''] = /Task (\S+) of the spec ([\w-]+)/.exec(results[1] ?? '') ?? [];
        const commands = [{ command: 'node sweep.js', exitCode: 0 }];
        const files = ['sweep.js'];
        return ours('report_evidence', { spec, task, summary: 'Wrote the sweep.', files, commands });
      }
      default:
        return { text: 'Done.' };
    }
  };
}
