/** What of an archive may be written, judged before anything is. One entry that is not plain refuses the whole. Pure. */
import { ActError } from '../actError';

export interface ArchiveEntry {
  /** As the archive has it. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'other';
  /** Bytes, unpacked. */
  readonly size: number;
}

export const MOST_FILES = 2000;
export const MOST_BYTES = 50_000_000;
export const TOO_MUCH = `It has more than ${MOST_FILES} files or ${MOST_BYTES / 1_000_000} MB: too much for a power.`;

const LONGEST_PATH = 400;
const DEEPEST = 30;
/** What Windows has for devices, and what its names may not hold: a power is the same on every system. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const FORBIDDEN = new Set('<>:"|?*\\');

export interface EntryCheck {
  /** The path to write, relative, with `/`; undefined for a folder. Throws an `ActError`. */
  accept(entry: ArchiveEntry): string | undefined;
}

export function createEntryCheck(): EntryCheck {
  let count = 0;
  let bytes = 0;
  const tree = createTree();
  return {
    accept(entry) {
      count++;
      bytes += entry.size;
      if (count > MOST_FILES || bytes > MOST_BYTES) throw new ActError('invalid', TOO_MUCH);
      const names = namesIn(entry.path) ?? [];
      const why = objectionTo(entry) ?? tree.add(names, entry.kind === 'folder');
      if (why === undefined) return entry.kind === 'folder' ? undefined : names.join('/');
      const path = JSON.stringify(entry.path.slice(0, 200));
      throw new ActError('invalid', `The archive is not unpacked: ${path} ${why}.`);
    },
  };
}

/** Whatever else is in the archive. */
function objectionTo({ path, kind }: ArchiveEntry): string | undefined {
  if (kind === 'other') return 'is a link or no file at all. A power brings plain files only';
  const names = namesIn(path);
  if (names === undefined) return 'leads out of it';
  if (path.length > LONGEST_PATH || names.length > DEEPEST) return 'is too long a path';
  if (names.some(isOdd)) return 'has a name that not every system can have';
  return names.length === 0 && kind === 'file' ? 'has no name' : undefined;
}

/** What is there so far: files and folders, each in one spelling alone. */
function createTree() {
  const files = new Set<string>();
  const folders = new Set<string>();
  /** Where case or composition counts for nothing, another spelling is the same file. */
  const spelt = new Map<string, string>();

  function place(whole: string, isFolder: boolean): string | undefined {
    const key = whole.normalize('NFC').toLowerCase();
    const known = spelt.get(key) ?? whole;
    if (known !== whole) return `is ${JSON.stringify(known)} in another spelling`;
    spelt.set(key, whole);
    if (isFolder && files.has(whole)) return `needs ${JSON.stringify(whole)} to be a folder, which is a file`;
    if (!isFolder && files.has(whole)) return 'is there twice';
    if (!isFolder && folders.has(whole)) return 'is there as a folder, too';
    (isFolder ? folders : files).add(whole);
    return undefined;
  }

  return {
    /** Why not, if it cannot be there beside the others. */
    add(names: readonly string[], isFolder: boolean): string | undefined {
      for (let length = 1; length <= names.length; length++) {
        const why = place(names.slice(0, length).join('/'), isFolder || length < names.length);
        if (why !== undefined) return why;
      }
      return undefined;
    },
  };
}

/** Undefined where it leads out. `./` at the beginning says nothing. */
function namesIn(path: string): readonly string[] | undefined {
  if (/^[/\\]|^[a-z]:/i.test(path)) return undefined;
  const names = path
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/$/, '')
    .split('/');
  if (names.length === 1 && (names[0] === '' || names[0] === '.')) return [];
  return names.some(
    (name) => name === '' || name === '.' || name === '..' || /^\.\.[\\]|\\\.\.(?:\\|$)/.test(name),
  )
    ? undefined
    : names;
}

function isOdd(name: string): boolean {
  if (DEVICE.test(name) || /[. ]$/.test(name)) return true;
  return [...name].some((sign) => sign < ' ' || sign === '\u007f' || FORBIDDEN.has(sign));
}
