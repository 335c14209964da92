import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './browser';
import { type Front, startFront } from './front';
import { installHost } from './install';
import { hostCache, repoRoot } from './paths';
import { type Env, stopOnSignal } from './processes';
import { hostKind } from './runHostTests';
import { type HostServer, installVsix, serverLog, startServer } from './server';
import { startElectron } from './startElectron';
import { openWorkbench } from './workbench';

/** What `npm start` was asked for. */
export interface StartOptions {
  /** The packaged extension. */
  vsix: string;
  /** Open it headless, see that it is there, take a picture and end. */
  check: boolean;
  /** Port of the page; 0: a free one. */
  port: number;
}

/** Reads `<file>.vsix [--check] [--port N]`. */
export function startOptions(args: string[]): StartOptions {
  const vsix = args.find((arg) => arg.endsWith('.vsix'));
  if (!vsix) throw new Error('Say which .vsix to run: start.ts <file>.vsix [--check] [--port N]');
  if (!existsSync(vsix)) throw new Error(`${vsix} is not there: package the extension first`);
  const at = args.indexOf('--port');
  const port = at < 0 ? 0 : Number(args[at + 1]);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('--port wants a number');
  return { vsix: resolve(vsix), check: args.includes('--check'), port };
}

/**
 * The folder to open: EARSHOT_SAMPLE_DIR, else `~/earshot-sample`, else (for a check) one in a temp folder.
 * Filled from media/sample when it is not there; a folder that is there is left as it is.
 */
export async function sampleFolder(fallback?: string): Promise<string> {
  const named = process.env.EARSHOT_SAMPLE_DIR;
  const folder = resolve(named ?? fallback ?? join(homedir(), 'earshot-sample'));
  if (existsSync(folder)) return folder;
  await cp(join(repoRoot, 'media', 'sample'), folder, { recursive: true });
  return folder;
}

interface Running {
  url: string;
  server: HostServer;
  stop(): Promise<void>;
}

/** Server and front, with the extension installed; what they write goes to `dataDir`. */
async function startBoth(options: StartOptions, dataDir: string, folder: string, env: Env): Promise<Running> {
  const install = await installHost();
  await installVsix({ install, dataDir }, options.vsix);
  // The socket's folder is nobody else's, and its path is short.
  const sockets = await mkdtemp(join(tmpdir(), 'ef-'));
  const socketPath = join(sockets, 'server');
  let front: Front | undefined;
  let server: HostServer | undefined;
  const stop = async () => {
    await Promise.allSettled([front?.stop(), server?.stop()]);
    await rm(sockets, { recursive: true, force: true });
  };
  try {
    const settings = { 'workbench.startupEditor': 'none' };
    server = await startServer({
      install,
      dataDir,
      socketPath,
      settings,
      workspaceTrust: !options.check,
      env,
    });
    const keyFile = join(dataDir, 'secret-key');
    front = await startFront({ socketPath, keyFile, port: options.port });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `${front.url}/?folder=${encodeURIComponent(folder)}`, server, stop };
}

/** Variables of the person who starts it that the extension is meant to see. */
function personsEnv(): Env {
  const { ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, EARSHOT_HOME } = process.env;
  return { ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, EARSHOT_HOME };
}

/** Runs the extension for a person until Ctrl+C. */
async function runForPerson(options: StartOptions): Promise<void> {
  const folder = await sampleFolder();
  // Their own HOME, so that git and other tools in the terminal know who they are.
  const env = { ...personsEnv(), HOME: homedir() };
  // A folder that stays: secrets, layout and trust are there again the next time.
  const dataDir = join(hostCache, 'start');
  await mkdir(dataDir, { recursive: true });
  const running = await startBoth(options, dataDir, folder, env);
  stopOnSignal(running.stop);
  console.log(`Earshot is running: ${running.url}`);
  console.log('Open it in a browser on this machine. Ctrl+C stops everything.');
  await new Promise(() => undefined);
}

/** Opens the extension headless, waits for its Specs view, takes test-results/start.png. */
async function check(options: StartOptions): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'earshot-start-'));
  let running: Running | undefined;
  let browser: Awaited<ReturnType<typeof launchBrowser>> | undefined;
  const stop = async () => {
    await Promise.allSettled([browser?.close(), running?.stop()]);
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  };
  stopOnSignal(stop);
  try {
    const folder = await sampleFolder(join(scratch, 'sample'));
    running = await startBoth(options, join(scratch, 'data'), folder, personsEnv());
    console.log(`Earshot is running: ${running.url}`);
    browser = await launchBrowser();
    const at = new URL(running.url);
    const workbench = await openWorkbench({ browser, server: { url: at.origin }, folder });
    try {
      await workbench.openView('Earshot');
      const specs = await workbench.pane('Specs');
      // The view's header is there before the extension is: wait for what only the extension brings.
      await specs.locator('.monaco-list-row[role="treeitem"], .welcome-view-content').first().waitFor();
    } catch (error) {
      const log = (await serverLog(running.server)).slice(-3000);
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`The Specs view did not show: ${why}\n--- end of the server's output\n${log}`);
    } finally {
      console.log(`Picture: ${await workbench.screenshot('start')}`);
    }
  } finally {
    await stop();
  }
  console.log('Check passed: the Specs view is there');
}

/** Body of `npm start`. For a person it goes on until a signal ends the process; a check resolves. */
export async function start(options: StartOptions): Promise<void> {
  if (hostKind() === 'electron') return startElectron(options, await sampleFolder());
  return options.check ? check(options) : runForPerson(options);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  Promise.resolve()
    .then(() => start(startOptions(process.argv.slice(2))))
    .then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exit(1);
      },
    );
}
