import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { buildHostTests } from './buildHostTests';
import { defaultVersion } from './install';
import { repoRoot } from './paths';
import { withEnv } from './processes';
import { quietSettings } from './server';

/** What a run in the extension host came to. */
export interface HostTestResults {
  passed: number;
  failed: number;
  skipped: number;
  failures: { title: string; message: string }[];
}

/** Which host to run in: a VS Code server from npm, or desktop VS Code. */
export type HostKind = 'server' | 'electron';

/** How to run the tests in the extension host. */
export interface HostTestOptions {
  /** Folder to open. Tests write into it: give a copy. */
  workspace: string;
  /** Default: EARSHOT_VSCODE, else 1.139.1. */
  version?: string;
  /** Default: EARSHOT_HOST, else `server` on Linux x64 and `electron` elsewhere. */
  host?: HostKind;
  /** Runs only tests whose full title holds this. */
  grep?: string;
  settings?: Record<string, unknown>;
  /** Variables the extension and the tests see; of this process they see EARSHOT_* and ANTHROPIC_*. */
  env?: Record<string, string>;
  /** Default: the repository. */
  extensionDevelopmentPath?: string;
}

/** The host this machine uses unless told otherwise. */
export function hostKind(): HostKind {
  const named = process.env.EARSHOT_HOST;
  if (named === 'server' || named === 'electron') return named;
  if (named) throw new Error(`EARSHOT_HOST is "${named}": say server or electron`);
  return process.platform === 'linux' && process.arch === 'x64' ? 'server' : 'electron';
}

/**
 * Bundles the tests of test/host and runs them in a VS Code, by @vscode/test-electron on either host.
 * The extension itself must have been built. Resolves with the counts also when tests fail.
 * @throws Error when the host did not get as far as running the tests
 */
export async function runHostTests(options: HostTestOptions): Promise<HostTestResults> {
  const extensionTestsPath = await buildHostTests();
  const scratch = await mkdtemp(join(tmpdir(), 'eh-'));
  const resultsFile = join(scratch, 'results.json');
  const userData = join(scratch, 'user');
  try {
    await mkdir(join(userData, 'User'), { recursive: true });
    const settings = JSON.stringify({ ...quietSettings, ...options.settings });
    await writeFile(join(userData, 'User', 'settings.json'), settings);
    const version = options.version ?? process.env.EARSHOT_VSCODE ?? defaultVersion;
    const failed = await runTests({
      version,
      ...((options.host ?? hostKind()) === 'server' ? { vscodeExecutablePath: runnerPath() } : {}),
      extensionDevelopmentPath: options.extensionDevelopmentPath ?? repoRoot,
      extensionTestsPath,
      launchArgs: [
        options.workspace,
        `--user-data-dir=${userData}`,
        `--extensions-dir=${join(scratch, 'extensions')}`,
      ],
      extensionTestsEnv: withEnv({
        ...options.env,
        EARSHOT_VSCODE: version,
        EARSHOT_RESULTS: resultsFile,
        EARSHOT_GREP: options.grep ?? process.env.EARSHOT_GREP,
      }),
    }).then(
      () => undefined,
      (error: unknown) => error,
    );
    const written = await readFile(resultsFile, 'utf8').catch(() => undefined);
    if (written !== undefined) return JSON.parse(written) as HostTestResults;
    throw new Error(
      `The tests left no results: ${failed instanceof Error ? failed.message : 'no reason given'}`,
    );
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

function runnerPath(): string {
  return fileURLToPath(new URL('./electronRunner.mjs', import.meta.url));
}

/**
 * Command line: `tsx test/support/host/runHostTests.ts [folder]` runs on a temp copy of the folder
 * (default: media/sample) and writes the counts to EARSHOT_RESULTS, if set.
 */
async function main(): Promise<void> {
  const source = resolve(process.argv[2] ?? join(repoRoot, 'media', 'sample'));
  const copy = await mkdtemp(join(tmpdir(), 'earshot-ws-'));
  try {
    await cp(source, copy, { recursive: true });
    const results = await runHostTests({ workspace: copy });
    if (process.env.EARSHOT_RESULTS) await writeFile(process.env.EARSHOT_RESULTS, JSON.stringify(results));
    process.exitCode = results.failed > 0 || results.passed === 0 ? 1 : 0;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
