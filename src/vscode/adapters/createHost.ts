/** The ports over the editor, and the services that features share. */

import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { createCore } from '../../core';
import { ActError } from '../../core/actError';
import type { Ports } from '../../core/ports';
import { Cancelled } from '../../core/util/abort';
import { errorMessage } from '../../core/util/errorMessage';
import { normalizePath } from '../../core/util/path';
import { laterMcp } from '../../node/mcp/laterMcp';
import { createNodeFileCopies } from '../../node/nodeFileCopies';
import { createNodeFiles } from '../../node/nodeFiles';
import { nodeClock, nodeHasher, nodeIds } from '../../node/nodePorts';
import { createNodeProcesses } from '../../node/nodeProcesses';
import { readManagedSettings } from '../../node/readManagedSettings';
import { createRipgrep, findRipgrep } from '../../node/ripgrep';
import { createSandbox } from '../../node/sandbox/sandbox';
import { createSandboxedProcesses } from '../../node/sandbox/sandboxedProcesses';
import { createGitSigner } from '../../node/signing/gitSigner';
import { chooseSigner, createSigner, nodeSignatures } from '../../node/signing/signatures';
import { laterSnapshots } from '../../node/snapshots/laterSnapshots';
import { laterWebPages } from '../../node/web/laterWeb';
import { laterWorktrees } from '../../node/worktrees/laterWorktrees';
import type { Host } from '../host';
import { createAws } from './aws';
import { createDemo } from './demoState';
import { createEditorServices } from './editorServices';
import { createEditorTools } from './editorTools';
import { createKeys } from './keys';
import { createLog } from './log';
import { createMcpPerson } from './mcpPerson';
import { showError, showWarning } from './messages';
import { createModels } from './models';
import { toPath } from './paths';
import { createPerson } from './person';
import { createSavedTexts } from './savedTexts';
import { createServerSecrets } from './serverSecrets';
import { createSettings, readSetting } from './settings';
import { createTrust } from './trust';
import { withUnsaved } from './unsavedSearch';
import { createWatcher } from './watcher';
import { createWorkspaceFiles } from './workspaceFiles';

const SIGNING_KEY = 'earshot.signingKey';

export function createHost(context: vscode.ExtensionContext): Host {
  const channel = vscode.window.createOutputChannel('Earshot', { log: true });
  const log = createLog(channel);
  const roots = (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => toPath(uri));
  // As the command line reads it: both have their locks in there.
  const home = path.resolve(process.env.EARSHOT_HOME || path.join(os.homedir(), '.earshot'));
  const demo = createDemo(home, roots[0]);
  const saved = createSavedTexts();
  context.subscriptions.push(saved);
  const own = createSettings();
  const managed = readManagedSettings();
  const { administration } = managed;
  const settings = administration.settings(own);
  const trust = createTrust();
  const keys = createKeys(context.secrets);
  const aws = createAws(context);
  const models = createModels(context, settings, { keys, aws }, demo);
  // Where Node is not installed, `node` is the extension host's own: the demo needs nothing else.
  const plain = createNodeProcesses({ nodeFallback: path.join(home, 'bin') });
  const sandbox = createSandbox({ settings: () => settings.get().sandbox });
  const processes = createSandboxedProcesses(plain, sandbox);
  const ports: Ports = {
    files: createWorkspaceFiles(createNodeFiles(home), saved),
    copies: createNodeFileCopies(path.join(home, 'copies')),
    snapshots: laterSnapshots(path.join(home, 'checkpoints')),
    watcher: createWatcher(),
    clock: nodeClock,
    hasher: nodeHasher,
    ids: nodeIds,
    log,
    processes,
    settings,
    trust,
    person: createPerson(processes, saved),
    models: administration.models(models, settings),
    administration,
    signatures: nodeSignatures,
    signer: chooseSigner(() => readSetting('signingKey'), {
      earshot: createSigner({
        get: async () => context.secrets.get(SIGNING_KEY),
        set: async (secret) => context.secrets.store(SIGNING_KEY, secret),
      }),
      git: createGitSigner(),
    }),
    editor: createEditorServices(),
    web: laterWebPages(),
    textSearch: withUnsaved(createRipgrep(() => findRipgrep(vscode.env.appRoot, process.env))),
    mcpPerson: createMcpPerson(context),
    editorTools: createEditorTools(),
    worktrees: laterWorktrees({ folder: path.join(home, 'worktrees'), processes, log }),
    mcp: laterMcp({
      environment: process.env,
      homeFolder: normalizePath(os.homedir()),
      secrets: createServerSecrets(context.secrets),
      openBrowser: async (url) => void (await vscode.env.openExternal(vscode.Uri.parse(url, true))),
      version: String(context.extension.packageJSON.version),
    }),
  };
  const kiroHome = normalizePath(process.env.KIRO_HOME ?? path.join(os.homedir(), '.kiro'));
  const core = createCore(ports, {
    roots,
    home: normalizePath(home),
    kiroHome,
    hostRunsHooks: hostRunsHooks(),
  });
  const endSandbox = { dispose: () => void sandbox.dispose() };
  context.subscriptions.push(endSandbox, managed.follow(), channel, own, trust, keys, aws, models, core);

  const report = (error: unknown): void => {
    if (error instanceof Cancelled) return;
    const message = errorMessage(error);
    // What a person can mend is told; what they cannot is a fault of ours, with the log at hand.
    if (error instanceof ActError) {
      log.warn(message);
      void showWarning(message);
      return;
    }
    log.error(message, error);
    void showError(`Earshot: ${message}`, 'Show Log').then((choice) => choice && channel.show());
  };
  return {
    context,
    core,
    log: channel,
    keys,
    models,
    aws,
    demo,
    report,
    command: (id, run) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          return await run(...args);
        } catch (error) {
          report(error);
        }
      }),
  };
}

/** Inside Kiro, or beside its extension, the host fires the same hook files already. */
function hostRunsHooks(): boolean {
  return (
    /\bkiro\b/i.test(vscode.env.appName) ||
    vscode.extensions.all.some(({ id }) => /^(kiro|kirodotdev|aws)\.kiro/i.test(id))
  );
}
