/**
 * git's index file, versions 2 to 4, as far as we look at it: <https://git-scm.com/docs/index-format>. It is changed in
 * place, in fields of fixed size, so that nothing has to be written that git would read differently.
 */
import { createHash } from 'node:crypto';

export interface IndexEntry {
  /** Raw: see `git.ts`. */
  readonly path: string;
  readonly mode: number;
  readonly id: string;
  /** Of the file when it was last looked at, to 32 bits. */
  readonly size: number;
  /** Not 0: one side of a conflict. */
  readonly stage: number;
  /** Where it begins in the file. */
  readonly at: number;
}

export interface IndexFile {
  readonly version: number;
  readonly entries: readonly IndexEntry[];
  /** Where the entries end and the extensions begin. */
  readonly end: number;
}

const HEADER = 12;
const HASH = 20;
const FLAGS = 60;
const EXTENDED = 0x4000;
export const MODE = { link: 0o120000, repository: 0o160000, folder: 0o040000 } as const;

/** Undefined where it is no index as we know it: another version, SHA-256, damaged. */
export function readIndex(file: Buffer): IndexFile | undefined {
  const entries: IndexEntry[] = [];
  const end = eachEntry(file, (path, at) => entries.push(entryAt(file, path, at)));
  return end === undefined ? undefined : { version: file.readUInt32BE(4), entries, end };
}

/** In the order of their paths. @returns where the extensions begin; undefined as `readIndex` */
export function eachEntry(file: Buffer, visit: (path: string, at: number) => void): number | undefined {
  if (file.length < HEADER + HASH || file.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = file.readUInt32BE(4);
  if (version < 2 || version > 4) return undefined;
  let at = HEADER;
  let before = '';
  try {
    for (let left = file.readUInt32BE(8); left > 0; left--) {
      const found = pathAt(file, at, version, before);
      if (!found || found.next > file.length - HASH) return undefined;
      visit(found.path, at);
      before = found.path;
      at = found.next;
    }
  } catch {
    return undefined;
  }
  return at;
}

function pathAt(file: Buffer, at: number, version: number, before: string) {
  const isExtended = version > 2 && (file.readUInt16BE(at + FLAGS) & EXTENDED) !== 0;
  let from = at + FLAGS + (isExtended ? 4 : 2);
  let kept = '';
  if (version === 4) {
    const { value, next } = readVariable(file, from);
    if (value > before.length) return undefined;
    kept = before.slice(0, before.length - value);
    from = next;
  }
  const end = file.indexOf(0, from);
  if (end < 0) return undefined;
  // Filled up to a multiple of eight, with one NUL at the least.
  const next = version === 4 ? end + 1 : at + ((end - at + 8) & ~7);
  return { path: kept + file.toString('latin1', from, end), next };
}

export function entryAt(file: Buffer, path: string, at: number): IndexEntry {
  return {
    path,
    mode: file.readUInt32BE(at + 24),
    size: file.readUInt32BE(at + 36),
    id: file.toString('hex', at + 40, at + FLAGS),
    stage: (file.readUInt16BE(at + FLAGS) >> 12) & 3,
    at,
  };
}

/** The number of bytes that a name of version 4 does not share with the one before: as offsets are written in packs. */
function readVariable(file: Buffer, at: number): { readonly value: number; readonly next: number } {
  let next = at;
  let byte = file.readUInt8(next++);
  let value = byte & 127;
  while (byte & 128) {
    byte = file.readUInt8(next++);
    value = ((value + 1) << 7) | (byte & 127);
  }
  return { value, next };
}

/** Its number, size and times are forgotten, so that git reads the file again. */
export function forgetStat(file: Buffer, { at }: IndexEntry): void {
  file.fill(0, at, at + 24);
  file.fill(0, at + 28, at + 40);
}

/** `assume-unchanged`, `skip-worktree` and `intent-to-add` would say that the file is as it is not. True: some were set. */
export function clearPromises(file: Buffer, { at }: IndexEntry): boolean {
  const flags = file.readUInt16BE(at + FLAGS);
  const more = flags & EXTENDED ? file.readUInt16BE(at + FLAGS + 2) : 0;
  const PROMISES = 0x6000;
  if (!(flags & 0x8000) && !(more & PROMISES)) return false;
  file.writeUInt16BE(flags & 0x7fff, at + FLAGS);
  if (flags & EXTENDED) file.writeUInt16BE(more & ~PROMISES, at + FLAGS + 2);
  return true;
}

/** The same entries, of the extensions only those named here, and a sum that fits. */
export function withExtensions(file: Buffer, { end }: IndexFile, names: readonly string[]): Buffer {
  const parts = [file.subarray(0, end)];
  for (const { name, from, to } of extensionsOf(file, end))
    if (names.includes(name)) parts.push(file.subarray(from, to));
  const body = Buffer.concat(parts);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

export function extensionsOf(file: Buffer, end: number) {
  const found: { readonly name: string; readonly from: number; readonly to: number }[] = [];
  for (let at = end; at + 8 <= file.length - HASH; ) {
    const to = at + 8 + file.readUInt32BE(at + 4);
    if (to > file.length - HASH) break;
    found.push({ name: file.toString('latin1', at, at + 4), from: at, to });
    at = to;
  }
  return found;
}

/** A folder, and the tree that holds what is in it. */
export interface IndexFolder {
  readonly id: string;
  readonly folders: ReadonlyMap<string, IndexFolder>;
}

/** The trees that git wrote of this index; undefined where one is missing, since something changed after. */
export function treesIn(file: Buffer, end: number): IndexFolder | undefined {
  const found = extensionsOf(file, end).find(({ name }) => name === 'TREE');
  if (!found) return undefined;
  let at = found.from + 8;
  function read(): { readonly name: string; readonly folder: IndexFolder } | undefined {
    const nameEnd = file.indexOf(0, at);
    const lineEnd = file.indexOf(10, nameEnd);
    const name = file.toString('latin1', at, nameEnd);
    const [entries = -1, below = 0] = file
      .toString('latin1', nameEnd + 1, lineEnd)
      .split(' ')
      .map(Number);
    // A negative number: it is not known, and no id follows.
    if (nameEnd < 0 || lineEnd < 0 || !(entries >= 0)) return undefined;
    at = lineEnd + 1 + HASH;
    const id = file.toString('hex', at - HASH, at);
    const folders = new Map<string, IndexFolder>();
    for (let left = below; left > 0; left--) {
      const next = read();
      if (!next) return undefined;
      folders.set(next.name, next.folder);
    }
    return { name, folder: { id, folders } };
  }
  return read()?.folder;
}
