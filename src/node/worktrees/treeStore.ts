/** Our own repository for one run: its objects, beside those of the user's, which are only read. */
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeId } from '../../core/tasks/run/worktrees';
import type { AbortSignal } from '../../core/util/abort';
import { type GitCall, GitError, git, namesIn, OWN_CONFIGURATION } from './git';
import type { Lister } from './listFiles';
import type { Repository } from './repository';

export interface TreeEntry {
  /** `100644`, `100755` or `120000`. */
  readonly mode: string;
  readonly blob: string;
}

export interface TreeChange {
  /** Below the repository's top folder. */
  readonly path: string;
  readonly from: TreeEntry | undefined;
  readonly to: TreeEntry | undefined;
}

const MOST_COMPARED = 100;

/** No line ends are changed, no filter runs, whatever the workspace's own attributes say. */
const AS_THEY_ARE = '* -text !eol -crlf -ident -filter !working-tree-encoding\n';

export interface KeepOptions {
  /** The files that `index` does not have as they are; undefined where nobody asked it. */
  readonly differing?: ReadonlySet<string>;
  readonly signal?: AbortSignal | undefined;
}

export interface TreeStore {
  readonly objects: string;
  readonly format: string;
  /** Writes all files of a folder to the store; `index` remembers what it saw. */
  keep(folder: string, index: string, files: readonly string[], options?: KeepOptions): Promise<TreeId>;
  /** Makes a folder hold a tree. */
  write(folder: string, index: string, tree: TreeId, signal?: AbortSignal): Promise<void>;
  changes(from: TreeId, to: TreeId, signal?: AbortSignal): Promise<readonly TreeChange[]>;
  paths(tree: TreeId, signal?: AbortSignal): Promise<readonly string[]>;
  /** What a tree has there, and what is in it. */
  read(tree: TreeId, path: string): Promise<Buffer | undefined>;
  blob(id: string): Promise<Buffer>;
  /** Many at once. */
  blobs(ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  addBlob(bytes: Buffer): Promise<string>;
  /** The tree with these paths changed; undefined takes one away. */
  change(tree: TreeId, changes: ReadonlyMap<string, TreeEntry | undefined>): Promise<TreeId>;
  /** Asks our git about a folder by its `.gitignore` files alone, so that what is written in it cannot lead git. */
  lister(folder: string, index: string, signal?: AbortSignal): Lister;
}

export async function createTreeStore(place: string, repository: Repository): Promise<TreeStore> {
  const { format } = repository;
  await mkdir(place, { recursive: true, mode: 0o700 });
  const own = (env: Readonly<Record<string, string>> = {}, signal?: AbortSignal): GitCall => ({
    cwd: place,
    env: { ...OWN_CONFIGURATION, GIT_DIR: place, ...env },
    signal,
  });
  await git(['init', '-q', '--bare', '--template=', `--object-format=${format}`, place], {
    cwd: place,
    env: OWN_CONFIGURATION,
  });
  await mkdir(join(place, 'info'), { recursive: true });
  await writeFile(join(place, 'info', 'attributes'), AS_THEY_ARE);
  await writeFile(join(place, 'info', 'exclude'), repository.exclude);
  await writeFile(join(place, 'objects', 'info', 'alternates'), `${repository.objects}\n`);
  const settings = [
    'core.bare=false',
    'core.autocrlf=false',
    'core.looseCompression=0',
    'core.safecrlf=false',
  ];
  const options = settings.flatMap((setting) => ['-c', setting]);
  const ask = (args: readonly string[], call: GitCall) => git([...options, ...args], call);
  const over = (folder: string, index: string, signal?: AbortSignal): GitCall => ({
    ...own({ GIT_WORK_TREE: folder, GIT_INDEX_FILE: index }, signal),
    cwd: folder,
  });

  /** What an index lists, where it is known without asking; and what trees hold. A name too many does no harm. */
  const listed = new Map<string, readonly string[]>();
  const names = new Map<TreeId, readonly string[]>();
  /** What an index was written as, until it is changed. */
  const trees = new Map<string, TreeId>();
  const forget = (index: string) => {
    listed.delete(index);
    trees.delete(index);
  };
  /** A tree never changes, and the same two are compared by several: the checks, the merge, what is shown. */
  const compared = new Map<string, readonly TreeChange[]>();

  return {
    objects: join(place, 'objects'),
    format,
    async keep(folder, index, files, { differing, signal } = {}) {
      const call = over(folder, index, signal);
      const now = new Set(files);
      const last = trees.get(index);
      const known = listed.get(index) ?? namesIn((await ask(['ls-files', '-z'], call)).stdout);
      const gone = known.filter((path) => !now.has(path));
      const open = differing ? files.filter((path) => differing.has(path)) : files;
      if (last !== undefined && open.length + gone.length === 0) return last;
      forget(index);
      // First, since a file may stand where there was a folder.
      if (gone.length > 0)
        await ask(['update-index', '-z', '--force-remove', '--stdin'], { ...call, input: lines(gone) });
      if (open.length > 0)
        await ask(['update-index', '-z', '--add', '--remove', '--replace', '--stdin'], {
          ...call,
          input: lines(open),
        });
      const tree = text(await ask(['write-tree'], call));
      // What went while it was looked at is not in it.
      listed.set(index, files);
      trees.set(index, tree);
      names.set(tree, files);
      return tree;
    },
    async write(folder, index, tree, signal) {
      forget(index);
      await ask(['read-tree', '--reset', '-u', tree], over(folder, index, signal));
      const files = names.get(tree);
      if (!files) return;
      listed.set(index, files);
      trees.set(index, tree);
    },
    async changes(from, to, signal) {
      if (from === to) return [];
      const known = compared.get(`${from} ${to}`);
      if (known) return known;
      const args = ['diff-tree', '-r', '-z', '--raw', '--no-renames', from, to];
      const changes = changesIn((await ask(args, own({}, signal))).stdout);
      if (compared.size >= MOST_COMPARED) compared.clear();
      compared.set(`${from} ${to}`, changes);
      return changes;
    },
    async paths(tree, signal) {
      return namesIn(
        (await ask(['ls-tree', '-r', '-z', '--name-only', '--full-tree', tree], own({}, signal))).stdout,
      );
    },
    async read(tree, path) {
      const call = { ...own(), accept: (code: number) => code === 128 };
      const { code, stdout } = await ask(['cat-file', 'blob', `${tree}:${path}`], call);
      return code === 0 ? stdout : undefined;
    },
    async blobs(ids) {
      const input = [...new Set(ids)].map((id) => `${id}\n`).join('');
      return input === ''
        ? new Map()
        : blobsIn((await ask(['cat-file', '--batch'], { ...own(), input })).stdout);
    },
    blob: async (id) => (await ask(['cat-file', 'blob', id], own())).stdout,
    addBlob: async (bytes) =>
      text(await ask(['hash-object', '-w', '--no-filters', '--stdin'], { ...own(), input: bytes })),
    async change(tree, changes) {
      const index = join(place, `index-${randomBytes(6).toString('hex')}`);
      const call = own({ GIT_INDEX_FILE: index });
      try {
        await ask(['read-tree', tree], call);
        const none = '0'.repeat(format === 'sha256' ? 64 : 40);
        const rows = [...changes].map(([path, entry]) =>
          entry ? `${entry.mode} ${entry.blob}\t${path}\0` : `0 ${none}\t${path}\0`,
        );
        // What goes, first: a file may come where there was a folder.
        rows.sort((a, b) => Number(b.startsWith('0 ')) - Number(a.startsWith('0 ')));
        await ask(['update-index', '-z', '--index-info'], { ...call, input: rows.join('') });
        return text(await ask(['write-tree'], call));
      } finally {
        await rm(index, { force: true });
      }
    },
    lister: (folder, index, signal) => ({
      compares: true,
      call: (inner) => over(inner, inner === folder ? index : join(place, 'no-index'), signal),
    }),
  };
}

function lines(paths: readonly string[]): string {
  return paths.map((path) => `${path}\0`).join('');
}

function text({ stdout }: { readonly stdout: Buffer }): string {
  return stdout.toString('utf8').trim();
}

/** `<id> blob <size>`, a line end, the bytes, a line end. */
function blobsIn(stdout: Buffer): ReadonlyMap<string, Buffer> {
  const blobs = new Map<string, Buffer>();
  for (let at = 0; at < stdout.length; ) {
    const end = stdout.indexOf(10, at);
    const [id = '', kind, size] = stdout.toString('utf8', at, end).split(' ');
    if (kind !== 'blob') throw new GitError('failed', `${id} is missing`);
    const start = end + 1;
    at = start + Number(size) + 1;
    blobs.set(id, stdout.subarray(start, at - 1));
  }
  return blobs;
}

function changesIn(stdout: Buffer): readonly TreeChange[] {
  const fields = namesIn(stdout);
  const changes: TreeChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [fromMode = '', toMode = '', fromBlob = '', toBlob = ''] = (fields[at] ?? '').slice(1).split(' ');
    const entry = (mode: string, blob: string) => (/^0+$/.test(mode) ? undefined : { mode, blob });
    changes.push({ path: fields[at + 1] ?? '', from: entry(fromMode, fromBlob), to: entry(toMode, toBlob) });
  }
  return changes;
}
