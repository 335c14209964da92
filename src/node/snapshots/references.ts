/** Which snapshots are kept: a reference each, named by when it was taken, so that age and number can be told. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Reference {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly tree: string;
}

const FOLDER = join('refs', 'earshot');

/** Oldest first. */
export async function referencesIn(folder: string): Promise<readonly Reference[]> {
  const names = await readdir(join(folder, FOLDER)).catch(() => []);
  return names
    .flatMap((name) => {
      const found = /^(?<at>\d+)-(?<tree>[0-9a-f]{40})$/.exec(name)?.groups;
      return found ? [{ at: Number(found.at), tree: found.tree ?? '' }] : [];
    })
    .sort((a, b) => a.at - b.at);
}

/** In git's own form, so that it keeps what they refer to. */
export async function addReference(folder: string, { at, tree }: Reference): Promise<void> {
  await mkdir(join(folder, FOLDER), { recursive: true });
  await writeFile(placeOf(folder, { at, tree }), `${tree}\n`);
}

export async function removeReference(folder: string, reference: Reference): Promise<void> {
  await rm(placeOf(folder, reference), { force: true });
}

function placeOf(folder: string, { at, tree }: Reference): string {
  return join(folder, FOLDER, `${at}-${tree}`);
}
