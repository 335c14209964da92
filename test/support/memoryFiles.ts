import { FileError, type FileStat, type FileSystem, type TextSink } from '../../src/core/ports';
import { basename, dirname, isInside, joinPath, normalizePath } from '../../src/core/util/path';
import type { FakeWatcher } from './fakeWatcher';

export type MemoryOperation =
  | 'read'
  | 'write'
  | 'append'
  | 'list'
  | 'stat'
  | 'remove'
  | 'move'
  | 'copy'
  | 'open';

export interface MemoryFiles extends FileSystem {
  /** Every file, path → text, sorted: for assertions. */
  snapshot(): Readonly<Record<string, string>>;
  /** The text of a file now, without links. */
  text(path: string): string | undefined;
  /** Makes `path` a link. The target may be relative and need not exist. */
  link(path: string, target: string): void;
  /** The next `times` such operations on the path fail with this reason. */
  fail(path: string, operation: MemoryOperation, reason: FileError['reason'], times?: number): void;
  /** The next append to the path leaves so many characters of what it was given, and fails: the disk is full. */
  tear(path: string, characters: number): void;
  /** Every change in order: `write /a/b`, `append /a/b`. */
  readonly journal: readonly string[];
}

export interface MemoryFilesOptions {
  /** Path → text. Relative paths lie under `root`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly root?: string;
  readonly watcher?: FakeWatcher;
  readonly now?: () => number;
}

interface Node {
  readonly text: string;
  readonly modified: number;
}

/** A last line that is torn is ended, as on the disk. */
function onNewLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** The `FileSystem` port in memory, with links, failures on demand and a journal. */
export function createMemoryFiles(options: MemoryFilesOptions = {}): MemoryFiles {
  const { root = '/', watcher, now = Date.now } = options;
  const nodes = new Map<string, Node>();
  const links = new Map<string, string>();
  const folders = new Set<string>(['/']);
  const failures: { path: string; operation: MemoryOperation; reason: FileError['reason']; times: number }[] =
    [];
  const journal: string[] = [];
  const torn = new Map<string, number>();
  const turns = new Map<string, Promise<unknown>>();

  function absolute(path: string): string {
    return normalizePath(/^(?:\/|[a-z]:\/)/.test(path) ? path : joinPath(root, path));
  }

  function addFolder(path: string): void {
    for (let folder = path; !folders.has(folder); folder = dirname(folder)) {
      if (nodes.has(folder)) throw new FileError('notAFile', folder);
      folders.add(folder);
    }
  }

  function put(path: string, text: string): void {
    addFolder(dirname(path));
    nodes.set(path, { text, modified: now() });
  }

  function check(path: string, operation: MemoryOperation): void {
    const failure = failures.find((each) => each.path === path && each.operation === operation);
    if (!failure) return;
    failure.times -= 1;
    if (failure.times === 0) failures.splice(failures.indexOf(failure), 1);
    throw new FileError(failure.reason, path);
  }

  /** Segment by segment, as the kernel does it. */
  function resolve(path: string): string {
    const [drive = ''] = /^[a-z]:/.exec(path) ?? [];
    let current = `${drive}/`;
    let pending = path.slice(drive.length).split('/').filter(Boolean);
    let followed = 0;
    for (let segment = pending.shift(); segment !== undefined; segment = pending.shift()) {
      const next = joinPath(current, segment);
      const target = segment === '..' ? undefined : links.get(next);
      if (target === undefined) {
        current = next;
        continue;
      }
      followed += 1;
      if (followed > 40) throw new FileError('other', path, new Error('ELOOP'));
      if (target.startsWith('/')) current = '/';
      pending = [...target.split('/').filter((part) => part && part !== '.'), ...pending];
    }
    return current;
  }

  function change(operation: 'write' | 'append', path: string, text: (before: string) => string): void {
    check(path, operation);
    const real = resolve(path);
    if (folders.has(real)) throw new FileError('notAFile', path);
    const before = nodes.get(real);
    put(real, text(before?.text ?? ''));
    journal.push(`${operation} ${path}`);
    watcher?.fire({ path: real, kind: before ? 'changed' : 'created' });
  }

  function statReal(real: string): FileStat | undefined {
    const node = nodes.get(real);
    if (node) return { kind: 'file', size: Buffer.byteLength(node.text), modified: node.modified };
    return folders.has(real) ? { kind: 'folder', size: 0, modified: 0 } : undefined;
  }

  /** Puts what is at a place at another one, too. */
  function transfer(source: string, target: string): void {
    if (!statReal(source) || statReal(target)) throw new FileError('other', target);
    const moved = [...nodes].filter(([path]) => isInside(source, path));
    addFolder(nodes.has(source) ? dirname(target) : target);
    for (const [path, node] of moved) {
      const to = target + path.slice(source.length);
      addFolder(dirname(to));
      nodes.set(to, node);
    }
  }

  function entryKind(path: string): FileStat['kind'] {
    if (links.has(path)) return 'link';
    return nodes.has(path) ? 'file' : 'folder';
  }

  function createSink(path: string): TextSink {
    let closed = false;
    return {
      async append(text) {
        if (closed) throw new Error('The sink is closed.');
        // As with a handle: what is appended goes where the file went.
        if (!nodes.has(resolve(path))) return;
        change('append', path, (before) => before + text);
      },
      async close() {
        closed = true;
      },
      async drop() {
        closed = true;
      },
    };
  }

  for (const [path, text] of Object.entries(options.files ?? {})) put(absolute(path), text);

  return {
    journal,
    snapshot: () => {
      const sorted = [...nodes].sort(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(sorted.map(([path, { text }]) => [path, text]));
    },
    text: (path) => nodes.get(absolute(path))?.text,
    link(path, target) {
      addFolder(dirname(absolute(path)));
      links.set(absolute(path), target);
    },
    fail(path, operation, reason, times = 1) {
      failures.push({ path: absolute(path), operation, reason, times });
    },
    tear: (path, characters) => void torn.set(absolute(path), characters),

    async readText(path, most = Number.POSITIVE_INFINITY) {
      check(path, 'read');
      const real = resolve(path);
      if (folders.has(real)) throw new FileError('notAFile', path);
      const text = nodes.get(real)?.text;
      if (text !== undefined && Buffer.byteLength(text) > most) throw new FileError('tooLarge', path);
      return text;
    },
    async readLines(path, { first, last, lineLength }) {
      check(path, 'read');
      const text = nodes.get(resolve(path))?.text;
      if (text === undefined) return undefined;
      const all = text.split(/\r\n|\r|\n/);
      const lines = all.slice(first - 1, last).map((line) => ({
        text: line.slice(0, lineLength),
        cut: Buffer.byteLength(line.slice(lineLength)),
      }));
      return { lines, more: all.length > last, isText: !text.includes('\0') };
    },
    async writeText(path, text) {
      change('write', path, () => text);
    },
    async appendLines(path, text) {
      const kept = torn.get(path);
      if (kept !== undefined) {
        torn.delete(path);
        change('append', path, (before) => onNewLine(before) + text.slice(0, kept));
        throw new FileError('full', path);
      }
      change('append', path, (before) => onNewLine(before) + text);
    },
    async alone(path, act) {
      const before = turns.get(path) ?? Promise.resolve();
      const mine = before.then(act, act);
      turns.set(path, mine);
      return mine;
    },
    async list(path) {
      check(path, 'list');
      const real = resolve(path);
      const all = [...nodes.keys(), ...links.keys(), ...folders];
      const paths = new Set(all.filter((each) => each !== '/' && dirname(each) === real));
      return [...paths]
        .map((each) => ({ name: basename(each), kind: entryKind(each) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async stat(path) {
      check(path, 'stat');
      const found = statReal(resolve(path));
      return found ?? (links.has(path) ? { kind: 'link', size: 0, modified: 0 } : undefined);
    },
    async remove(path) {
      check(path, 'remove');
      journal.push(`remove ${path}`);
      if (links.delete(path)) return watcher?.fire({ path, kind: 'deleted' });
      const real = resolve(path);
      for (const each of [...links.keys(), ...folders]) {
        if (!isInside(real, each)) continue;
        links.delete(each);
        folders.delete(each);
      }
      for (const each of [...nodes.keys()].filter((name) => isInside(real, name))) {
        nodes.delete(each);
        watcher?.fire({ path: each, kind: 'deleted' });
      }
    },
    async move(from, to) {
      check(from, 'move');
      const [source, target] = [resolve(from), resolve(to)];
      transfer(source, target);
      for (const [each] of [...nodes]) if (isInside(source, each)) nodes.delete(each);
      for (const each of [...folders]) if (isInside(source, each)) folders.delete(each);
      journal.push(`move ${from} ${to}`);
      watcher?.fire({ path: source, kind: 'deleted' });
      watcher?.fire({ path: target, kind: 'created' });
    },
    async copy(from, to) {
      check(from, 'copy');
      const target = resolve(to);
      transfer(resolve(from), target);
      journal.push(`copy ${from} ${to}`);
      watcher?.fire({ path: target, kind: 'created' });
    },
    async realPath(path) {
      return resolve(path);
    },
    async openSink(path) {
      check(path, 'open');
      change('write', path, () => '');
      return createSink(path);
    },
  };
}
