/** The built command line, spawned as a person would, on a folder and with a home of its own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SessionEvent } from '../../src/core/agent/session/events';
import { readLog } from '../../src/core/agent/session/sessionLog';
import type { MessagesServer } from './messagesServer';
import { onTestEnd } from './testStore';
import { createWorkspace, type Workspace } from './workspaceBuilder';

const REPOSITORY = resolve(__dirname, '../..');
export const CLI = join(REPOSITORY, 'dist/cli.js');
export const KEY = 'sk-test-0123456789abcdef';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
}

/** A folder to work in, a home of its own for what is kept, and a server when there is one. */
export interface Bench {
  readonly workspace: Workspace;
  readonly home: Workspace;
  start(
    args: readonly string[],
    more?: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> },
  ): Running;
  run(...args: readonly string[]): Promise<Ran>;
  /** Every session's log, oldest first. */
  logs(): readonly { readonly text: string; readonly events: readonly SessionEvent[] }[];
  read(relative: string): string;
}

export function createBench(server?: MessagesServer): Bench {
  const [workspace, home] = [createWorkspace(), createWorkspace()];
  const { PATH = '', SystemRoot = '' } = process.env;
  const model = server ? { EARSHOT_BASE_URL: server.url, EARSHOT_API_KEY: KEY } : {};
  const bench: Bench = {
    workspace,
    home,
    start(args, { cwd = workspace.native, env = {} } = {}) {
      const base = {
        PATH,
        SystemRoot,
        HOME: home.native,
        USERPROFILE: home.native,
        EARSHOT_HOME: join(home.native, 'earshot'),
      };
      const child = spawn(process.execPath, [CLI, ...args], {
        cwd,
        env: { ...base, ...model, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const said = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const) {
        child[name]?.setEncoding('utf8').on('data', (text: string) => {
          said[name] += text;
        });
      }
      onTestEnd(() => child.kill('SIGKILL'));
      return { child, ended: new Promise((done) => child.on('close', (code) => done({ code, ...said }))) };
    },
    run: (...args) => bench.start(args).ended,
    logs() {
      const folder = join(home.native, 'earshot/workspaces');
      const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
      const texts = files
        .filter((file) => /[\\/]sessions[\\/].*\.jsonl$/.test(file))
        .sort()
        .map((file) => readFileSync(join(folder, file), 'utf8'));
      return texts.map((text) => ({ text, events: readLog(text) }));
    },
    read: (relative) => readFileSync(join(workspace.native, relative), 'utf8'),
  };
  return bench;
}

/** Built once, where it is not there. */
export function buildCli(): void {
  if (!existsSync(CLI)) execFileSync(process.execPath, ['esbuild.mjs', '--only=node'], { cwd: REPOSITORY });
}
