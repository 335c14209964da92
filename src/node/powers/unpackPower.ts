/** A power from an archive, in a folder of its own that goes when it is no longer needed. */
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ActError } from '../../core/actError';
import { MOST_BYTES, TOO_MUCH } from '../../core/powers/archiveEntries';
import type { AbortSignal as CoreSignal } from '../../core/util/abort';
import type { FetchedPower } from './fetchPower';

/** Rejects with an `ActError`; then nothing is left on the disk. */
export async function unpackPower(archive: string, signal: CoreSignal): Promise<FetchedPower> {
  const found = await stat(archive).catch(() => undefined);
  if (!found?.isFile()) throw new ActError('notFound', `There is no file ${archive}.`);
  if (found.size > MOST_BYTES) throw new ActError('invalid', TOO_MUCH);
  // Loaded with the first archive.
  const { readArchive } = await import('./readArchive');
  const files = await readArchive(await readFile(archive), signal);
  const parent = await mkdtemp(join(tmpdir(), 'earshot-power-'));
  const dispose = () => rm(parent, { recursive: true, force: true });
  try {
    await mkdir(join(parent, 'power'));
    for (const { path, bytes, executable } of files) {
      signal.throwIfAborted();
      const target = join(parent, 'power', path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, bytes, { flag: 'wx' });
      if (executable) await chmod(target, 0o755);
    }
    return { folder: join(parent, 'power', topOf(files.map(({ path }) => path))), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Most archives have all in one folder, named as they are. */
function topOf(paths: readonly string[]): string {
  if (paths.some((path) => /^(?:POWER\.md|plugin\.json|\.claude-plugin\/)/.test(path))) return '';
  const tops = new Set(paths.map((path) => path.slice(0, Math.max(0, path.indexOf('/')))));
  const [only = ''] = tops;
  return tops.size === 1 ? only : '';
}
