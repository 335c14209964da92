/** An editor as a user gets it: the packaged extension in a real VS Code server, driven by a real browser. */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/host/browser';
import { type HostInstall, installHost } from '../support/host/install';
import { repoRoot } from '../support/host/paths';
import { type HostServer, installVsix, type ServerOptions, startServer } from '../support/host/server';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../support/host/workbench';
import { LOOK } from './look';

export interface Editor {
  readonly server: HostServer;
  readonly browser: Browser;
  /** The workspace folder. */
  readonly folder: string;
  /** The extension's `~/.earshot`. */
  readonly home: string;
  /** The user's home folder. */
  readonly userHome: string;
  open(options?: Partial<WorkbenchOptions>): Promise<Workbench>;
  /** A file of the workspace. */
  read(path: string): Promise<string>;
  /** Ends browser and server, and removes all that they wrote. */
  stop(): Promise<void>;
}

export interface EditorOptions
  extends Partial<Pick<ServerOptions, 'settings' | 'machineSettings' | 'workspaceTrust' | 'env'>> {
  /** Copied; default: the sample. `undefined` content for an empty folder. */
  readonly workspace?: string | 'empty';
  /** Folders of further extensions. */
  readonly beside?: readonly string[];
}

/** Of the editor's own extensions what a user of ours sees or works with. */
const BUILTINS = [
  'configuration-editing',
  'diff',
  'git',
  'git-base',
  'javascript',
  'json',
  'json-language-features',
  'markdown-basics',
  'markdown-language-features',
  'media-preview',
  'merge-conflict',
  'search-result',
  'theme-defaults',
  'theme-modern-icons',
  'theme-seti',
  'typescript-basics',
  'typescript-language-features',
  'yaml',
];

/** Starts it; the suite stops it in its `after`. */
export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
  const {
    workspace = join(repoRoot, 'media/sample'),
    settings,
    machineSettings,
    workspaceTrust,
    env,
    beside = [],
  } = options;
  const vsix = join(repoRoot, 'test-results/earshot.vsix');
  if (!existsSync(vsix))
    throw new Error('test-results/earshot.vsix is missing: run `npm test`, or `npm run package` first.');
  const install = await installHost();
  const dataDir = await mkdtemp(join(tmpdir(), 'earshot-e2e-'));
  const folder = join(dataDir, 'work', 'shortlink');
  await mkdir(folder, { recursive: true });
  if (workspace !== 'empty') await cp(workspace, folder, { recursive: true });
  const extensionsDir = await installed(install, vsix);
  const home = join(dataDir, 'earshot');
  const server = await startServer({
    install,
    dataDir,
    extensionsDir,
    builtins: [...BUILTINS, ...beside],
    settings: { ...LOOK.settings, ...settings },
    ...(machineSettings ? { machineSettings } : {}),
    ...(workspaceTrust === undefined ? {} : { workspaceTrust }),
    env: { EARSHOT_HOME: home, EARSHOT_DEMO_PACE: '2', ANTHROPIC_API_KEY: undefined, ...env },
  });
  const browser = await launchBrowser();
  return {
    server,
    browser,
    folder,
    home,
    userHome: join(dataDir, 'home'),
    open: (more) =>
      openWorkbench({
        browser,
        server,
        folder,
        size: LOOK.size,
        colorScheme: LOOK.colorScheme,
        pictures: LOOK.pictures,
        takesPicture: LOOK.takesPicture,
        ...more,
      }),
    read: (path) => readFile(join(folder, path), 'utf8'),
    async stop() {
      await browser.close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

let extensions: Promise<string> | undefined;

/** The package, installed once for all that a process of tests opens: nobody writes there afterwards. */
function installed(install: HostInstall, vsix: string): Promise<string> {
  extensions ??= (async () => {
    const folder = join(repoRoot, 'test-results', `installed-${process.env.MOCHA_WORKER_ID ?? 'alone'}`);
    await rm(folder, { recursive: true, force: true });
    const extensionsDir = join(folder, 'extensions');
    await installVsix({ install, dataDir: folder, extensionsDir }, vsix);
    return extensionsDir;
  })();
  return extensions;
}

/**
 * Waits until `look` says true, by looking again; the message tells what it saw last. What takes long is looked at less
 * often: to look costs the window that is looked at.
 */
export async function until(what: string, look: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const begun = Date.now();
  const end = begun + timeoutMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      if (await look()) return;
      last = 'not yet';
    } catch (error) {
      last = error;
    }
    const pause = Math.min(500, 100 + (Date.now() - begun) / 20);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new Error(`${what}: not within ${timeoutMs} ms (${String(last)})`);
}
