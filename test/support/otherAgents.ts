/** `earshot mcp` as other programs meet it: a process of its own, from the sources. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repoRoot } from './host/paths';
import { onTestEnd } from './testStore';

/** What to start, for whoever starts it. */
export function mcpCommand(workspace: string): readonly string[] {
  return [
    process.execPath,
    '--import',
    require.resolve('tsx'),
    join(repoRoot, 'src/cli/main.ts'),
    'mcp',
    '--cwd',
    workspace,
  ];
}

/** Of a process that never sees this machine's own home. */
export function mcpEnvironment(home: string): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: home, EARSHOT_HOME: join(home, '.earshot') };
}

export interface Listening {
  readonly address: string;
  readonly token: string;
}

/** Ended when the test ends. */
export async function startHttp(workspace: string, home: string): Promise<Listening> {
  const [program = '', ...args] = [...mcpCommand(workspace), '--http'];
  const child = spawn(program, args, { cwd: repoRoot, env: mcpEnvironment(home) });
  endWithTest(child);
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`It ended: ${said}`)));
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      const [, address, token] = /Listening at (\S+)\nAuthorization: Bearer (\S+)\n/.exec(said) ?? [];
      if (address !== undefined && token !== undefined) resolve({ address, token });
    });
  });
}

/** For clients that cannot send a token: what they ask, with it. Resolves with its own address. */
export async function addToken({ address, token }: Listening): Promise<string> {
  const { port, pathname } = new URL(address);
  const server = createServer((asked, response) => {
    const headers = { ...asked.headers, authorization: `Bearer ${token}` };
    const passed = request({ host: '127.0.0.1', port, path: asked.url, method: asked.method, headers });
    passed.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`;
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function runNode(args: readonly string[], cwd: string, env = process.env): Promise<Ran> {
  return runProgram(process.execPath, args, cwd, env);
}

export async function runProgram(
  program: string,
  args: readonly string[],
  cwd: string,
  env = process.env,
): Promise<Ran> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  endWithTest(child);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (text: Buffer) => {
      said[name] += text.toString();
    });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...said };
}

/** The inspector's command line where it can start: it looks for a file that its package has not. */
export function inspector(): string {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-inspector-'));
  onTestEnd(() => rmSync(folder, { recursive: true, force: true }));
  const own = join(repoRoot, 'node_modules/@modelcontextprotocol/inspector-cli');
  mkdirSync(join(folder, 'cli'));
  cpSync(join(own, 'build'), join(folder, 'cli/build'), { recursive: true });
  cpSync(join(own, 'package.json'), join(folder, 'cli/package.json'));
  writeFileSync(join(folder, 'package.json'), '{"name": "inspector", "version": "1.0.3", "type": "module"}');
  symlinkSync(join(repoRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  symlinkSync(join(own, 'node_modules'), join(folder, 'cli/node_modules'), 'junction');
  return join(folder, 'cli/build/index.js');
}

function endWithTest(child: ChildProcess): void {
  onTestEnd(() => {
    child.kill();
  });
}

/** The suite of the protocol's makers, at this machine's own address. */
export function conformance(args: readonly string[], output: string): Promise<Ran> {
  const suite = join(repoRoot, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
  const shims = ['conformanceNode20.mjs', 'onlyHere.mjs'].flatMap((file) => [
    '--import',
    join(repoRoot, 'test/support', file),
  ]);
  const wholly = args[0] === 'list' ? args : [...args, '-o', join(output, 'conformance')];
  return runNode([...shims, suite, ...wholly], repoRoot);
}
