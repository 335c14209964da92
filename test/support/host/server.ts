import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, resolve } from 'node:path';
import type { HostInstall } from './install';
import { type Env, endGroup, run, trackGroup, withEnv } from './processes';

/** How to start a VS Code server; everything it writes stays in `dataDir` and `extensionsDir`. */
export interface ServerOptions {
  install: HostInstall;
  /** Server data, settings, its HOME and its log. Kept by `stop()`: give the same one again to restart. */
  dataDir: string;
  /** 0 or left out: a free one. Secrets and layout belong to the port: restart on the same to keep them. */
  port?: number;
  /** Listens on this socket file instead of a port (for `startFront`). */
  socketPath?: string;
  /** Default: `<dataDir>/extensions`. */
  extensionsDir?: string;
  /** Of the editor's own extensions only these, or other folders of extensions; all of its own by default. Each window is sent what all of them contribute, several times. */
  builtins?: readonly string[];
  /** User settings, over `quietSettings`. */
  settings?: Record<string, unknown>;
  /** Settings of scope machine, which user settings cannot hold here. */
  machineSettings?: Record<string, unknown>;
  /** Needed to run tests inside (`payload`), but no notification is shown while it is on. */
  smokeTest?: boolean;
  /** False (the default): every folder is trusted and nobody is asked. */
  workspaceTrust?: boolean;
  /** Variables for the server, its extensions and their children; `undefined` removes one. */
  env?: Env;
}

/** A running server. */
export interface HostServer {
  /** `http://127.0.0.1:<port>`, or empty when it listens on a socket file. */
  url: string;
  port: number;
  dataDir: string;
  /** What the server printed, extension host output included. */
  logFile: string;
  /** Ends the server and everything it started. Can be called twice. */
  stop(): Promise<void>;
}

/** User settings that keep a test window free of what is not under test. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  // What moves is drawn by the processor here, which the tests need themselves.
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // The web workbench saves by itself after a second, desktop VS Code does not.
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
  'security.workspace.trust.startupPrompt': 'always',
  'security.workspace.trust.untrustedFiles': 'open',
};

// What a developer's own shell may hold must not change what a test sees: an editor's or git's variables,
// npm's, and above all keys. What a test wants of these it passes in `env`.
const notInherited =
  /^(VSCODE_|ELECTRON_|EARSHOT_|ANTHROPIC_|OPENAI_|GEMINI_|GOOGLE_API|GIT_|npm_|NODE_OPTIONS$)/;

/** The environment a server gets by itself, before `ServerOptions.env`. */
export function baseEnv(): Env {
  const kept = Object.entries(process.env).filter(([key]) => !notInherited.test(key));
  return {
    ...Object.fromEntries(kept),
    VSCODE_TEST_OPTIONS: process.env.VSCODE_TEST_OPTIONS,
    // Else every window asks a gallery that cannot answer.
    EXTENSIONS_GALLERY: '{}',
  };
}

function dirArgs(options: Pick<ServerOptions, 'dataDir' | 'extensionsDir'>): string[] {
  return [
    '--server-data-dir',
    options.dataDir,
    '--user-data-dir',
    join(options.dataDir, 'data'),
    '--extensions-dir',
    options.extensionsDir ?? join(options.dataDir, 'extensions'),
    '--telemetry-level',
    'off',
  ];
}

/**
 * Starts a server in a process group of its own and waits until it answers.
 * @throws Error with the end of its output when it ends or says nothing for 30 s
 */
export async function startServer(options: ServerOptions): Promise<HostServer> {
  const { dataDir, install } = options;
  await writeSettings(dataDir, 'User', { ...quietSettings, ...options.settings });
  await writeSettings(dataDir, 'Machine', { ...options.machineSettings });
  await mkdir(join(dataDir, 'home'), { recursive: true });
  // Sockets live here, and their paths may have no more than 107 characters: a short folder.
  const runtime = await mkdtemp(join(tmpdir(), 'es-'));
  await mkdir(join(runtime, 'tmp'));
  const env = withEnv(
    {
      ...baseEnv(),
      HOME: join(dataDir, 'home'),
      TMPDIR: join(runtime, 'tmp'),
      XDG_RUNTIME_DIR: runtime,
      PATH: process.env.PATH ?? `/usr/bin${delimiter}/bin`,
    },
    options.env,
  );
  const listen = options.socketPath
    ? ['--socket-path', options.socketPath]
    : ['--host', '127.0.0.1', '--port', String(options.port ?? 0)];
  const args = [
    install.serverMain,
    ...listen,
    '--without-connection-token',
    '--accept-server-license-terms',
    ...dirArgs(options),
    ...(options.builtins ? ['--builtin-extensions-dir', await linkBuiltins(options, options.builtins)] : []),
    ...(options.smokeTest ? ['--enable-smoke-test-driver'] : []),
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
  ];
  const child = spawn(install.node, args, {
    cwd: dataDir,
    detached: true,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const untrack = trackGroup(child);
  const logFile = join(dataDir, 'server.log');
  const stop = async () => {
    await endGroup(child);
    untrack();
    await rm(runtime, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const port = await untilReady(child, logFile, options.socketPath !== undefined);
    return { url: port ? `http://127.0.0.1:${port}` : '', port, dataDir, logFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A folder that holds just these of the editor's own extensions. */
async function linkBuiltins({ dataDir, install }: ServerOptions, names: readonly string[]): Promise<string> {
  const folder = join(dataDir, 'builtins');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const name of names)
    await symlink(resolve(install.root, 'vscode/extensions', name), join(folder, basename(name)));
  return folder;
}

function untilReady(child: ChildProcess, logFile: string, onSocket: boolean): Promise<number> {
  const log = createWriteStream(logFile);
  return new Promise((done, fail) => {
    let said = '';
    const giveUp = (why: string) => fail(new Error(`The VS Code server ${why}:\n${said.slice(-3000)}`));
    const timer = setTimeout(() => giveUp('did not start within 30 s'), 30_000);
    let ready = false;
    const hear = (chunk: Buffer) => {
      log.write(chunk);
      if (ready) return;
      said += chunk;
      const port = /Server bound to 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (!said.includes('Extension host agent started') || !(port || onSocket)) return;
      ready = true;
      clearTimeout(timer);
      done(Number(port ?? 0));
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('error', (error) => giveUp(`could not be started (${error.message})`));
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      log.end();
      giveUp(`ended with ${code ?? signal}`);
    });
  });
}

async function writeSettings(dataDir: string, kind: 'User' | 'Machine', settings: Record<string, unknown>) {
  const folder = join(dataDir, 'data', kind);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}

/** What the server printed so far, at most its last 20 000 characters. */
export async function serverLog(server: Pick<HostServer, 'logFile'>): Promise<string> {
  return (await readFile(server.logFile, 'utf8').catch(() => '')).slice(-20_000);
}

/**
 * Installs a packaged extension for servers with the same folders, replacing an older one: what a user gets.
 * Do it before starting the server.
 */
export async function installVsix(
  options: Pick<ServerOptions, 'install' | 'dataDir' | 'extensionsDir'>,
  vsixPath: string,
): Promise<void> {
  await mkdir(join(options.dataDir, 'home'), { recursive: true });
  const args = [options.install.serverMain, '--install-extension', vsixPath, '--force', ...dirArgs(options)];
  const env = withEnv(baseEnv(), { HOME: join(options.dataDir, 'home') });
  await run(options.install.node, [...args, '--accept-server-license-terms'], { env, timeoutMs: 60_000 });
}
