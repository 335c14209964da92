/** The ports over a terminal: the sibling of the editor's `createHost`. */

import { join, resolve } from 'node:path';
import { version } from '../../package.json';
import { type Core, createCore } from '../core';
import type { Administration } from '../core/administration/administration';
import type { Ports, Settings, SettingsValues } from '../core/ports';
import type { Event } from '../core/util/event';
import { normalizePath } from '../core/util/path';
import { createConsoleLog } from '../node/consoleLog';
import { laterMcp, memorySecrets } from '../node/mcp/laterMcp';
import { fromNativePath } from '../node/nativePath';
import { createNodeFileCopies } from '../node/nodeFileCopies';
import { createNodeFiles } from '../node/nodeFiles';
import { nodeClock, nodeHasher, nodeIds } from '../node/nodePorts';
import { createNodeProcesses } from '../node/nodeProcesses';
import { readManagedSettings } from '../node/readManagedSettings';
import { createRipgrep, findRipgrep } from '../node/ripgrep';
import { createSandbox } from '../node/sandbox/sandbox';
import { createSandboxedProcesses } from '../node/sandbox/sandboxedProcesses';
import { nodeSignatures } from '../node/signing/signatures';
import { laterSnapshots } from '../node/snapshots/laterSnapshots';
import { laterWebPages } from '../node/web/laterWeb';
import { laterWorktrees } from '../node/worktrees/laterWorktrees';
import { createCliModels } from './cliModels';
import { createCliPerson } from './cliPerson';
import { settingsOf } from './cliSettings';
import type { Arguments, Environment, Terminal } from './command';
import type { Prompt } from './prompt';
import { type LoggedEvent, type SessionTap, tapSessions } from './sessionTap';
import { workspaceRoot } from './workspaceRoot';

export interface CliCore {
  readonly core: Core;
  /** The workspace folder, as the core writes paths. */
  readonly root: string;
  readonly onEvent: Event<LoggedEvent>;
  readonly onRunEvent: SessionTap['onRunEvent'];
  /** Whoever may be asked; undefined: nobody. */
  readonly prompt: Prompt | undefined;
}

/** Opens the workspace, uses it, and closes it however that ends. The terminal's signal stops what runs. */
export async function withCliCore<T>(
  args: Arguments,
  terminal: Terminal,
  use: (cli: CliCore) => Promise<T>,
): Promise<T> {
  const { env, cwd, homeFolder, signal } = terminal;
  const root = workspaceRoot({ cwd, given: args.value('cwd'), homeFolder });
  const homePath = resolve(env.EARSHOT_HOME || join(homeFolder, '.earshot'));
  const tap = tapSessions(createNodeFiles(homePath));
  const { administration } = readManagedSettings();
  await administration.ready;
  for (const { line, message } of administration.problems)
    terminal.out.say(`${administration.path}, line ${line}: ${message}`);
  const settings = administration.settings(unchanging(settingsOf(env, args)));
  const prompt = args.has('headless') ? undefined : terminal.prompt;
  const person = createCliPerson(args.has('run-unapproved'), prompt, args.has('agree-hooks'));
  const sandbox = createSandbox({ settings: () => settings.get().sandbox });
  const processes = createSandboxedProcesses(createNodeProcesses({ environment: env }), sandbox);
  const mcp = laterMcp({
    environment: env,
    homeFolder: normalizePath(fromNativePath(homeFolder)),
    secrets: memorySecrets(),
    // Nobody is sent to a browser by a command that runs by itself.
    openBrowser: prompt && (async (url) => terminal.out.say(`Sign in at ${url}`)),
    version,
  });
  const ports = createPorts(
    { files: tap.files, person, processes, mcp },
    homePath,
    settings,
    administration,
    env,
  );
  const home = normalizePath(fromNativePath(homePath));
  const kiroHome = normalizePath(fromNativePath(resolve(env.KIRO_HOME || join(homeFolder, '.kiro'))));
  const core = createCore(ports, { roots: [root], home, kiroHome, hostRunsHooks: false, isCommand: true });
  const onAbort = (): void => {
    for (const { id } of core.runs.known) core.runs.stop(id);
    void core.sessions.stopAll();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await core.specs.ready;
    await core.workflow.reconcile();
    signal.throwIfAborted();
    return await use({ core, root, onEvent: tap.onEvent, onRunEvent: tap.onRunEvent, prompt });
  } finally {
    signal.removeEventListener('abort', onAbort);
    await core.close();
    await sandbox.dispose();
  }
}

function unchanging(values: SettingsValues): Settings {
  return { get: () => values, onDidChange: () => ({ dispose() {} }) };
}

function createPorts(
  own: Pick<Ports, 'files' | 'person' | 'processes' | 'mcp'>,
  home: string,
  settings: Settings,
  administration: Administration,
  env: Environment,
): Ports {
  const never = () => ({ dispose() {} });
  const log = { ...createConsoleLog(), info() {} };
  return {
    signatures: nodeSignatures,
    signer: undefined,
    ...own,
    copies: createNodeFileCopies(join(home, 'copies')),
    snapshots: laterSnapshots(join(home, 'checkpoints')),
    // A command reads when it starts and when the core asks: nobody looks on while it runs.
    watcher: { watch: never },
    clock: nodeClock,
    hasher: nodeHasher,
    ids: nodeIds,
    log,
    settings,
    // Whoever starts a command in a folder has said that it may run there.
    trust: { trusted: true, onDidGrant: never },
    models: administration.models(createCliModels(env, settings), settings),
    administration,
    web: laterWebPages(),
    textSearch: createRipgrep(() => findRipgrep(undefined, env)),
    worktrees: laterWorktrees({ folder: join(home, 'worktrees'), processes: own.processes, log }),
  };
}
