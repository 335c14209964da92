/** All specs of the open workspace folders, kept in step with the files. */
import { LINT_CONFIG_FILE } from '../lint/config';
import type { LintConfigs } from '../lint/lintConfigs';
import type { Clock, FileChange, FileWatcher, Logger } from '../ports';
import { type Disposable, DisposableStore } from '../util/disposable';
import { Emitter, type Event } from '../util/event';
import { basename, dirname, isInside, joinPath, relativePath } from '../util/path';
import type { Spec } from './model';
import { createProgressReader } from './progressReader';
import { readSpec, type SpecReader } from './readSpec';
import { createTypingReaders } from './typingReaders';

const SPECS = '.kiro/specs';
/** Milliseconds: a save, a checkout or an agent's turn come as bursts of events. */
const SETTLE = 20;
const AT_ONCE = 16;
/** As many specs as no view shows at once. */
const SCREENFUL = 64;

/** A folder that holds a spec, or that will turn out to hold none. */
export type SpecFolder = Pick<Spec, 'root' | 'path' | 'name'>;

export interface SpecStore extends Disposable {
  /** By workspace folder, then by name. */
  readonly all: readonly Spec[];
  get(path: string): Spec | undefined;
  /** The spec of a name; the first where several folders have it. */
  find(name: string): Spec | undefined;
  /** The folders of specs, in the order of `all`, before any of them was read. */
  readonly found: Promise<readonly SpecFolder[]>;
  /** Resolves when as many specs were read as a view shows at first; the others come with the next change. */
  readonly firstReady: Promise<void>;
  /** Resolves when the folders were read once. */
  readonly ready: Promise<void>;
  /** Reads a spec again now, and tells. */
  refresh(path: string): Promise<Spec | undefined>;
  readonly onDidChange: Event<void>;
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
  const { files, roots, watcher, clock, log, lintConfigs } = options;
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
  const specs = new Map<string, Spec>();
  const dirty = new Map<string, string>();
  const dirtyRoots = new Set<string>();
  /** The reading that each path's spec is from: one that began earlier may end later, and is out of date then. */
  const shown = new Map<string, number>();
  let readings = 0;
  let timer: Disposable | undefined;
  let sorted: readonly Spec[] | undefined;

  async function read(root: string, path: string): Promise<void> {
    const reading = ++readings;
    try {
      const spec = await readSpec(reader, root, path);
      if ((shown.get(path) ?? 0) > reading) return;
      shown.set(path, reading);
      if (spec) specs.set(path, spec);
      else specs.delete(path);
    } catch (error) {
      log.error(`Could not read ${path}`, error);
    }
    sorted = undefined;
  }

  async function readAll(entries: readonly (readonly [path: string, root: string])[]): Promise<void> {
    const queue = [...entries];
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await read(next[1], next[0]);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    changed.fire();
  }

  /** The specs that are there or were. */
  async function pathsIn(root: string): Promise<readonly (readonly [path: string, root: string])[]> {
    const folder = joinPath(root, SPECS);
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
    const scanned = [...dirtyRoots];
    dirty.clear();
    dirtyRoots.clear();
    for (const entries of await Promise.all(scanned.map(pathsIn)))
      for (const [path, root] of entries) batch.set(path, root);
    await readAll([...batch]);
  }

  function onFile(root: string, { path, kind }: FileChange): void {
    if (kind === 'edited') typing.follow(path);
    const relative = relativePath(joinPath(root, SPECS), path);
    const name = relative?.split('/')[0];
    // Of a folder that comes with its files, some watchers tell nothing but the folder.
    if (isInside(path, joinPath(root, LINT_CONFIG_FILE))) void lintConfigs.load(root);
    if (name) {
      dirty.set(joinPath(root, SPECS, name), root);
    } else if (relative === '' || path === joinPath(root, '.kiro')) {
      dirtyRoots.add(root);
    } else {
      return;
    }
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

  for (const root of roots) disposables.add(watcher.watch(root, (change) => onFile(root, change)));
  const found = Promise.all([
    Promise.all(roots.map(pathsIn)),
    ...roots.map((root) => lintConfigs.load(root)),
  ]).then(([paths]) => paths.flat());
  const firstReady = found.then((paths) => readAll(paths.slice(0, SCREENFUL)));
  const ready = Promise.all([found, firstReady]).then(([paths]) =>
    paths.length > SCREENFUL ? readAll(paths.slice(SCREENFUL)) : undefined,
  );
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
    find: (name) => [...specs.values()].find((spec) => spec.name === name),
    found: found.then((paths) =>
      paths.map(([path, root]) => ({ root, path, name: basename(path) })).sort((a, b) => order(roots, a, b)),
    ),
    firstReady,
    ready,
    async refresh(path) {
      // Folders of a workspace may lie in one another: the spec's is the one whose .kiro it is in.
      const root = roots.find((folder) => dirname(path) === joinPath(folder, SPECS));
      if (root !== undefined) await readAll([[path, root]]);
      return specs.get(path);
    },
    onDidChange: changed.event,
    readProgress: progress.read,
    dispose() {
      progress.dispose();
      timer?.dispose();
      disposables.dispose();
    },
  };
}

function order(roots: readonly string[], a: SpecFolder, b: SpecFolder): number {
  return roots.indexOf(a.root) - roots.indexOf(b.root) || (a.name < b.name ? -1 : 1);
}
