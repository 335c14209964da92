/**
 * All specs of the open workspace folders, kept in step with the files: those of `.kiro/specs`, in groups (folders in it) or not,
 * and those of folders below that have specs of their own.
 */
import { LINT_CONFIG_FILE } from '../lint/config';
import type { LintConfigs } from '../lint/lintConfigs';
import { DEEPEST, SPECS_FOLDER, specKey } from '../order/places';
import type { Clock, FileChange, FileWatcher, FolderEntry, Logger } from '../ports';
import { type Disposable, DisposableStore } from '../util/disposable';
import { Emitter, type Event } from '../util/event';
import { basename, dirname, isInside, joinPath, relativePath } from '../util/path';
import { findSpecRoots, specRootOf } from './findSpecRoots';
import type { Spec } from './model';
import { readSpec, type SpecReader } from './readSpec';
import { createProgressReader } from './tasks/progressReader';
import { createTypingReaders } from './typingReaders';

/** Milliseconds: a save, a checkout or an agent's turn come as bursts of events. */
const SETTLE = 20;
const AT_ONCE = 16;
/** As many specs as no view shows at once. */
const SCREENFUL = 64;

/** A folder that holds a spec, or that will turn out to hold none. */
export type SpecFolder = Pick<Spec, 'root' | 'path' | 'name'>;

export interface SpecMove {
  readonly from: string;
  readonly to: string;
}

export interface SpecStore extends Disposable {
  /** By workspace folder, then by place. */
  readonly all: readonly Spec[];
  get(path: string): Spec | undefined;
  /** The spec of a name, or of its place below `.kiro/specs`; the first where several folders have it. */
  find(name: string): Spec | undefined;
  /** The folders that have specs: the workspace's, then those that were found below. */
  readonly roots: readonly string[];
  /** Resolves when the folders of specs are known, before any of them was read. */
  readonly found: Promise<unknown>;
  /** Those folders that are yet to be read, in the order of `all`. */
  readonly unread: readonly SpecFolder[];
  /** Resolves when as many specs were read as a view shows at first; the others come with the next change. */
  readonly firstReady: Promise<void>;
  /** Resolves when the folders were read once. */
  readonly ready: Promise<void>;
  /** Reads a spec again now, and tells. */
  refresh(path: string): Promise<Spec | undefined>;
  readonly onDidChange: Event<void>;
  /** A spec was renamed or moved by us: both places are known when it is told. */
  readonly onDidMove: Event<SpecMove>;
  tellMoved(move: SpecMove): void;
  /**
   * Reads the tasks of all specs, the first few at once and the others in slices, so that their progress is known.
   * For whoever lists specs; tells when more became known.
   */
  readProgress(): void;
}

export interface SpecStoreOptions extends Omit<SpecReader, 'lint'> {
  readonly lintConfigs: LintConfigs;
  readonly roots: readonly string[];
  readonly watcher: FileWatcher;
  readonly clock: Clock;
  readonly log: Logger;
}

export function createSpecStore(options: SpecStoreOptions): SpecStore {
  const { files, watcher, clock, log, lintConfigs } = options;
  const roots = [...options.roots];
  const typing = createTypingReaders();
  const reader: SpecReader = {
    ...options,
    lint: (root) => lintConfigs.of(root),
    approvers: (root) => lintConfigs.approversOf(root),
    parse: typing.parse,
  };
  const disposables = new DisposableStore();
  const changed = disposables.add(
    new Emitter<void>((error) => log.error('A listener of specs failed', error)),
  );
  const moved = disposables.add(
    new Emitter<SpecMove>((error) => log.error('A listener of renamed specs failed', error)),
  );
  const specs = new Map<string, Spec>();
  const dirty = new Map<string, string>();
  const dirtyRoots = new Set<string>();
  /** The reading that each path's spec is from: one that began earlier may end later, and is out of date then. */
  const shown = new Map<string, number>();
  let readings = 0;
  /** That were found at first, until all of them are read. */
  let folders: readonly SpecFolder[] = [];
  let timer: Disposable | undefined;
  let sorted: readonly Spec[] | undefined;

  /** Reads the spec in a folder; the folders in it, where others may lie. */
  async function read(root: string, path: string): Promise<readonly string[]> {
    const reading = ++readings;
    let nested: readonly string[] = [];
    try {
      const entries = await files.list(path);
      const spec = await readSpec(reader, root, path, entries);
      if (specKey({ root, path }).split('/').length < DEEPEST)
        nested = entries.filter(isGroup).map(({ name }) => joinPath(path, name));
      if ((shown.get(path) ?? 0) > reading) return nested;
      shown.set(path, reading);
      if (spec) specs.set(path, spec);
      else specs.delete(path);
    } catch (error) {
      log.error(`Could not read ${path}`, error);
    }
    sorted = undefined;
    return nested;
  }

  async function readAll(entries: readonly (readonly [path: string, root: string])[]): Promise<void> {
    const queue = [...entries];
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [, root] = next;
        for (const nested of await read(root, next[0])) queue.push([nested, root]);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    changed.fire();
  }

  /** The specs that are there or were. */
  async function pathsIn(root: string): Promise<readonly (readonly [path: string, root: string])[]> {
    const folder = joinPath(root, SPECS_FOLDER);
    const known = [...specs.values()].filter((spec) => spec.root === root).map(({ path }) => path);
    try {
      const entries = (await files.list(folder)).filter(({ kind }) => kind === 'folder' || kind === 'link');
      const paths = new Set([...entries.map(({ name }) => joinPath(folder, name)), ...known]);
      return [...paths].map((path) => [path, root] as const);
    } catch (error) {
      log.error(`Could not read ${folder}`, error);
      return [];
    }
  }

  async function readChanges(): Promise<void> {
    const batch = new Map(dirty);
    const dirtyNow = new Set(dirty.keys());
    const scanned = [...dirtyRoots];
    dirty.clear();
    dirtyRoots.clear();
    for (const entries of await Promise.all(scanned.map(pathsIn)))
      for (const [path, root] of entries) batch.set(path, root);
    // What lay in a folder that is gone is gone, too.
    for (const { path, root } of specs.values())
      if ([...dirtyNow].some((folder) => isInside(folder, path))) batch.set(path, root);
    await readAll([...batch]);
  }

  async function addRoot(root: string): Promise<void> {
    if (roots.includes(root)) return;
    roots.push(root);
    await lintConfigs.load(root);
    await readAll(await pathsIn(root));
  }

  /** The folder whose `.kiro` a file is in; the innermost, since folders of a workspace may lie in one another. */
  function rootOf(path: string): string | undefined {
    return roots
      .filter((root) => isInside(joinPath(root, '.kiro'), path))
      .reduce<string | undefined>(
        (best, root) => (root.length > (best?.length ?? -1) ? root : best),
        undefined,
      );
  }

  /** The spec that a file is of, else the topmost folder that may come to hold one. */
  function folderOf(root: string, path: string): string | undefined {
    const specsFolder = joinPath(root, SPECS_FOLDER);
    const name = relativePath(specsFolder, path)?.split('/')[0];
    if (!name) return undefined;
    for (
      let folder = dirname(path);
      isInside(specsFolder, folder) && folder !== specsFolder;
      folder = dirname(folder)
    )
      if (specs.has(folder)) return folder;
    return joinPath(specsFolder, name);
  }

  function onFile(workspace: string, { path, kind }: FileChange): void {
    if (kind === 'edited') typing.follow(path);
    const root = rootOf(path);
    if (root === undefined) {
      const fresh = specRootOf(workspace, path);
      if (fresh !== undefined) void addRoot(fresh);
      return;
    }
    // Of a folder that comes with its files, some watchers tell nothing but the folder.
    if (isInside(path, joinPath(root, LINT_CONFIG_FILE))) void lintConfigs.load(root);
    const folder = folderOf(root, path);
    if (folder !== undefined) dirty.set(folder, root);
    else if (path === joinPath(root, SPECS_FOLDER) || path === joinPath(root, '.kiro')) dirtyRoots.add(root);
    else return;
    schedule();
  }

  function schedule(): void {
    timer ??= clock.after(SETTLE, () => {
      timer = undefined;
      void readChanges();
    });
  }

  const progress = createProgressReader({
    clock,
    specs: () => specs.values(),
    changed: () => changed.fire(),
  });

  for (const root of options.roots) disposables.add(watcher.watch(root, (change) => onFile(root, change)));
  const found = Promise.all([
    Promise.all(options.roots.map(pathsIn)),
    ...options.roots.map((root) => lintConfigs.load(root)),
  ]).then(([paths]) => paths.flat());
  void found.then((paths) => {
    folders = paths.map(([path, root]) => ({ root, path, name: basename(path) }));
  });
  const firstReady = found.then((paths) => readAll(paths.slice(0, SCREENFUL)));
  const ready = Promise.all([found, firstReady]).then(async ([paths]) => {
    if (paths.length > SCREENFUL) await readAll(paths.slice(SCREENFUL));
    folders = [];
    const below = await Promise.all(options.roots.map((root) => findSpecRoots(files, root)));
    for (const root of below.flat()) await addRoot(root);
  });
  // What was judged by another configuration is judged again.
  disposables.add(
    lintConfigs.onDidChange(() => {
      for (const root of roots) dirtyRoots.add(root);
      schedule();
    }),
  );

  return {
    get all() {
      sorted ??= [...specs.values()].sort((a, b) => order(roots, a, b));
      return sorted;
    },
    get: (path) => specs.get(path),
    find: (name) =>
      [...specs.values()].find((spec) => spec.name === name) ??
      [...specs.values()].find((spec) => specKey(spec) === name),
    roots,
    found,
    get unread() {
      return folders.filter(({ path }) => !shown.has(path)).sort((a, b) => order(roots, a, b));
    },
    firstReady,
    ready,
    async refresh(path) {
      const root = rootOf(path);
      if (root !== undefined && isInside(joinPath(root, SPECS_FOLDER), dirname(path)))
        await readAll([[path, root]]);
      return specs.get(path);
    },
    onDidChange: changed.event,
    onDidMove: moved.event,
    tellMoved: (move) => moved.fire(move),
    readProgress: progress.read,
    dispose() {
      progress.dispose();
      timer?.dispose();
      disposables.dispose();
    },
  };
}

function order(roots: readonly string[], a: SpecFolder, b: SpecFolder): number {
  return roots.indexOf(a.root) - roots.indexOf(b.root) || (a.path < b.path ? -1 : 1);
}

function isGroup({ name, kind }: FolderEntry): boolean {
  return kind === 'folder' && !name.startsWith('.');
}
