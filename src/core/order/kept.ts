/** Deleted specs are kept on this machine for a while, each in a folder of its own with a note of where it was. */
import type { Ports } from '../ports';
import type { Spec } from '../spec/model';
import { joinPath } from '../util/path';
import { type PutAway, specKey } from './places';

/** Milliseconds: thirty days. */
const KEPT_FOR = 30 * 24 * 60 * 60 * 1000;
const NOTE = 'place.json';
const SPEC = 'spec';

interface Place {
  readonly v: 1;
  readonly root: string;
  readonly key: string;
  readonly at: number;
}

export function createKept({ files, clock, ids }: Pick<Ports, 'files' | 'clock' | 'ids'>, folder: string) {
  async function placeOf(path: string): Promise<Place | undefined> {
    const text = await files.readText(joinPath(path, NOTE)).catch(() => undefined);
    try {
      const place = JSON.parse(text ?? '') as Partial<Record<keyof Place, unknown>> | null;
      const { v, root, key, at } = place ?? {};
      if (v !== 1 || typeof root !== 'string' || typeof key !== 'string' || typeof at !== 'number')
        return undefined;
      return { v, root, key, at };
    } catch {
      return undefined;
    }
  }

  async function places(): Promise<readonly (readonly [path: string, place: Place])[]> {
    const entries = (await files.list(folder)).filter(({ kind }) => kind === 'folder');
    const read = await Promise.all(
      entries.map(
        async ({ name }) => [joinPath(folder, name), await placeOf(joinPath(folder, name))] as const,
      ),
    );
    return read.flatMap(([path, place]) => (place === undefined ? [] : [[path, place] as const]));
  }

  return {
    /** Where a spec that is deleted now is kept; the note is written first. What is old is gone after that. */
    async room(spec: Spec): Promise<string> {
      const now = clock.now();
      for (const [path, { at }] of await places()) if (now - at > KEPT_FOR) await files.remove(path);
      const path = joinPath(folder, ids.uuid());
      const place: Place = { v: 1, root: spec.root, key: specKey(spec), at: now };
      await files.writeText(joinPath(path, NOTE), JSON.stringify(place));
      return joinPath(path, SPEC);
    },
    /** The latest first. */
    async list(roots: readonly string[]): Promise<readonly PutAway[]> {
      const found: PutAway[] = [];
      for (const [path, { root, key, at }] of await places()) {
        const spec = joinPath(path, SPEC);
        if (roots.includes(root) && (await files.stat(spec)) !== undefined)
          found.push({ kind: 'deleted', root, key, path: spec, at });
      }
      return found.sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
    },
  };
}
