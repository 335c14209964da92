import { createHash } from 'node:crypto';
import { ActError } from '../../src/core/actError';
import type { PathChange } from '../../src/core/checkpoints/model';
import type { SnapshotStore } from '../../src/core/ports';
import { relativePath } from '../../src/core/util/path';
import type { MemoryFiles } from './memoryFiles';

type Tree = ReadonlyMap<string, string>;

/** The `SnapshotStore` port in memory: all files of the folder but those in `.git`, text only, nothing ignored. */
export function createMemorySnapshots(files: MemoryFiles): SnapshotStore {
  const trees = new Map<string, Tree>();
  const kept = new Set<string>();

  function treeOf(root: string): Tree {
    const inRoot = Object.entries(files.snapshot()).flatMap(([path, text]) => {
      const name = relativePath(root, path);
      return name === undefined || name.split('/').includes('.git') ? [] : [[name, text] as const];
    });
    return new Map(inRoot);
  }

  function find(id: string): Tree {
    const tree = trees.get(id);
    if (!tree) throw new ActError('notFound', 'This checkpoint is not kept any more.');
    return tree;
  }

  function changes(from: Tree, to: Tree): readonly PathChange[] {
    return [...new Set([...from.keys(), ...to.keys()])].sort().flatMap((path): readonly PathChange[] => {
      const [before, after] = [from.get(path), to.get(path)];
      if (before === after) return [];
      if (before === undefined) return [{ path, change: 'added' }];
      return [{ path, change: after === undefined ? 'deleted' : 'changed' }];
    });
  }

  return {
    async take(root, { keep }, signal) {
      signal?.throwIfAborted();
      const tree = treeOf(root);
      const id = createHash('sha1')
        .update(JSON.stringify([...tree]))
        .digest('hex');
      trees.set(id, tree);
      if (keep) kept.add(id);
      return { id, head: undefined, underway: undefined, left: [] };
    },
    known: async () => kept,
    diff: async (_root, from, to) => changes(find(from), find(to)),
    read: async (_root, id, path) => find(id).get(path),
    ignoredIn: async () => new Set(),
    obstacles: async () => new Map(),
    async restore(root, { id, paths, texts = {} }) {
      const wanted = find(id);
      for (const path of paths) {
        const text = texts[path] ?? wanted.get(path);
        if (text === undefined) await files.remove(`${root}/${path}`);
        else await files.writeText(`${root}/${path}`, text);
      }
    },
  };
}
