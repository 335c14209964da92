/** An object in git's own form, each in a file: <https://git-scm.com/book/en/v2/Git-Internals-Git-Objects>. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, deflate } from 'node:zlib';
import { exists } from './store';

const pack = promisify(deflate);

export interface GitObject {
  readonly id: string;
  readonly whole: Buffer;
}

export function objectOf(type: 'blob' | 'tree', content: Buffer): GitObject {
  const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  return { id: createHash('sha1').update(whole).digest('hex'), whole };
}

/** @param folder The repository */
export async function writeObject(folder: string, { id, whole }: GitObject): Promise<void> {
  const place = join(folder, 'objects', id.slice(0, 2));
  const target = join(place, id.slice(2));
  if (await exists(target)) return;
  await mkdir(place, { recursive: true });
  // git removes one that is left by this name.
  const temporary = join(place, `tmp_obj_${randomUUID()}`);
  try {
    await writeFile(temporary, await pack(whole, { level: constants.Z_BEST_SPEED }), { mode: 0o444 });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
