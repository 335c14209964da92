import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConsoleMessage } from 'playwright-core';
import { addSecretKeyCookie, launchBrowser, openContext } from './browser';
import { installHost } from './install';
import { type Env, stopOnSignal } from './processes';
import { serverLog, startServer } from './server';
import { TestOutput } from './testOutput';

/** Desktop VS Code's arguments, as far as a test run uses them. */
export interface TestRunArgs {
  developmentPaths: string[];
  testsPath: string;
  folder?: string;
  userDataDir?: string;
  extensionsDir?: string;
  trust: boolean;
}

/**
 * Reads desktop VS Code's command line. Switches that mean nothing here (`--no-sandbox`, `--skip-welcome` …)
 * are passed over; `--name value` is understood for those that take a value.
 * @throws Error when there is no `--extensionTestsPath`
 */
export function parseArgs(args: string[]): TestRunArgs {
  const { values, plain } = sortArgs(args);
  const one = (name: string) => values.get(name)?.at(-1);
  const testsPath = one('--extensionTestsPath');
  if (!testsPath) throw new Error('--extensionTestsPath is missing');
  const parsed: TestRunArgs = {
    developmentPaths: (values.get('--extensionDevelopmentPath') ?? []).map((path) => resolve(path)),
    testsPath: resolve(testsPath),
    trust: !values.has('--disable-workspace-trust'),
  };
  if (plain[0]) parsed.folder = resolve(plain[0]);
  const userData = one('--user-data-dir');
  if (userData) parsed.userDataDir = resolve(userData);
  const extensions = one('--extensions-dir');
  if (extensions) parsed.extensionsDir = resolve(extensions);
  return parsed;
}

const takesValue =
  /^--(extensionDevelopmentPath|extensionTestsPath|user-data-dir|extensions-dir|folder-uri)$/;

function sortArgs(args: string[]): { values: Map<string, string[]>; plain: string[] } {
  const values = new Map<string, string[]>();
  const plain: string[] = [];
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (!arg.startsWith('--')) {
      plain.push(arg);
      continue;
    }
    const [, name = arg, given] = /^([^=]+)=(.*)$/s.exec(arg) ?? [];
    const value = given ?? (takesValue.test(name) ? left.shift() : undefined) ?? '';
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return { values, plain };
}

/** The address that makes the web workbench run the tests' module in its extension host. */
export function testUrl(server: { url: string; port: number }, run: TestRunArgs): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${pathToFileURL(path).pathname}`;
  const payload = [
    ...run.developmentPaths.map((path) => ['extensionDevelopmentPath', remote(path)]),
    ['extensionTestsPath', remote(run.testsPath)],
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (run.folder) query.set('folder', run.folder);
  else query.set('ew', 'true');
  return `${server.url}/?${query}`;
}

/**
 * Runs a module's `run()` in a VS Code server's extension host and prints what it prints.
 * @returns the code the run ended with: 0 when every test passed
 * @throws Error when the run takes longer than EARSHOT_HOST_TIMEOUT seconds (default 480)
 */
export async function testRun(run: TestRunArgs, env: Env): Promise<number> {
  const install = await installHost();
  const dataDir = await mkdtemp(join(tmpdir(), 'earshot-host-'));
  let server: Awaited<ReturnType<typeof startServer>> | undefined;
  let browser: Awaited<ReturnType<typeof launchBrowser>> | undefined;
  const stop = async () => {
    await Promise.allSettled([browser?.close(), server?.stop()]);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  };
  stopOnSignal(stop);
  try {
    const options = {
      install,
      dataDir,
      env,
      settings: await desktopSettings(run.userDataDir),
      smokeTest: true,
    };
    const extensionsDir = run.extensionsDir ?? join(dataDir, 'extensions');
    server = await startServer({ ...options, extensionsDir, workspaceTrust: run.trust });
    browser = await launchBrowser();
    return await drive(browser, testUrl(server, run), server);
  } catch (error) {
    if (server) console.error(`--- end of the server's output\n${(await serverLog(server)).slice(-4000)}`);
    throw error;
  } finally {
    await stop();
  }
}

async function drive(
  browser: Awaited<ReturnType<typeof launchBrowser>>,
  url: string,
  server: { url: string },
): Promise<number> {
  const seconds = Number(process.env.EARSHOT_HOST_TIMEOUT ?? 480);
  const { context } = await openContext(browser, { viewport: { width: 1400, height: 900 } });
  await addSecretKeyCookie(context, server.url);
  const page = await context.newPage();
  const output = new TestOutput();
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<number>((done, fail) => {
    timer = setTimeout(
      () =>
        fail(
          new Error(`The tests in the extension host did not end within ${seconds} s (EARSHOT_HOST_TIMEOUT)`),
        ),
      seconds * 1000,
    );
    page.on('crash', () => fail(new Error('The browser page of the test run crashed')));
    browser.on('disconnected', () => fail(new Error('The browser of the test run ended')));
    void page.exposeFunction('codeAutomationExit', (code: number) => done(code));
    void page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => output.take(type, args));
  });
  if (process.env.EARSHOT_HOST_DEBUG) page.on('console', (message) => debug(message));
  try {
    // The promise must be listened to from here on, or a failure during `goto` counts as unhandled.
    const [code] = await Promise.all([ended, page.goto(url)]);
    if (code !== 0) output.explain();
    return code;
  } catch (error) {
    output.explain();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function debug(message: ConsoleMessage): void {
  process.stderr.write(`[workbench ${message.type()}] ${message.text()}\n`);
}

/** The user settings of a desktop user-data folder, so that one set of arguments serves both hosts. */
async function desktopSettings(userDataDir: string | undefined): Promise<Record<string, unknown>> {
  if (!userDataDir) return {};
  const text = await readFile(join(userDataDir, 'User', 'settings.json'), 'utf8').catch(() => '{}');
  return JSON.parse(text) as Record<string, unknown>;
}

/** Variables of this process that the extension and its tests are meant to see. */
export function testEnv(): Env {
  const meant = /^(EARSHOT_|ANTHROPIC_|VSCODE_TEST_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => meant.test(key)));
}

/** Body of electronRunner.mjs: never returns, ends the process with the run's code. */
export async function main(args: string[]): Promise<void> {
  try {
    const run = parseArgs(args);
    process.exit(await testRun(run, testEnv()));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
