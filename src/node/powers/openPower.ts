/** What somebody names as a power → the folder that it is in. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ActError } from '../../core/actError';
import type { AbortSignal as CoreSignal } from '../../core/util/abort';
import { type FetchedPower, fetchPower } from './fetchPower';
import { unpackPower } from './unpackPower';

/** @param given A folder, an archive, or the address of a git repository. Rejects with an `ActError`. */
export async function openPower(given: string, cwd: string, signal: CoreSignal): Promise<FetchedPower> {
  if (/^[a-z]{2,}:\/\//i.test(given)) return fetchPower(given, signal);
  const path = resolve(cwd, given);
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new ActError('notFound', `There is nothing at ${path}.`);
  return found.isFile() ? unpackPower(path, signal) : { folder: path, dispose: async () => {} };
}
