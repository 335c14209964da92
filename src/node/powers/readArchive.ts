/** The entries of a zip or tar archive in memory. Nothing is written here; what is not plain is refused by `createEntryCheck`. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { type Entry, fromBufferPromise, getFileNameLowLevel } from 'yauzl';
import { ActError } from '../../core/actError';
import {
  type ArchiveEntry,
  createEntryCheck,
  MOST_BYTES,
  MOST_FILES,
  TOO_MUCH,
} from '../../core/powers/archiveEntries';
import type { AbortSignal as CoreSignal } from '../../core/util/abort';

export interface Unpacked {
  /** Relative, with `/`. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly executable: boolean;
}

/** Rejects with an `ActError`. */
export async function readArchive(archive: Buffer, signal: CoreSignal): Promise<readonly Unpacked[]> {
  try {
    if (isZip(archive)) return await readZip(archive, signal);
    if (isGzip(archive)) return await readTar(await gunzipped(archive));
    if (isTar(archive)) return await readTar(archive);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ActError) throw error;
    throw new ActError('invalid', 'The archive is damaged. Fetch it again, or ask its author.', error);
  }
  throw new ActError(
    'invalid',
    'It is no archive that can be read. Use a .zip, .tgz or .tar file, or a folder.',
  );
}

const isZip = (bytes: Buffer) => bytes.subarray(0, 2).toString('latin1') === 'PK';
const isGzip = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b;
const isTar = (bytes: Buffer) => bytes.subarray(257, 262).toString('latin1') === 'ustar';

const TYPE = 0o170000;
const LINKS_AND_DEVICES = new Set([0o120000, 0o020000, 0o060000, 0o010000, 0o140000]);

async function readZip(archive: Buffer, signal: CoreSignal): Promise<readonly Unpacked[]> {
  const zip = await fromBufferPromise(archive, { lazyEntries: true, decodeStrings: false });
  const check = createEntryCheck();
  const accepted: { readonly entry: Entry; readonly path: string; readonly executable: boolean }[] = [];
  // All names and sizes first: nothing is inflated of an archive that is refused for them.
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw new ActError('invalid', 'The archive is locked with a password.');
    const mode = entry.externalFileAttributes >>> 16;
    const path = check.accept(zipEntry(entry, mode));
    if (path !== undefined) accepted.push({ entry, path, executable: (mode & 0o111) !== 0 });
  }
  const found: Unpacked[] = [];
  for (const { entry, path, executable } of accepted) {
    signal.throwIfAborted();
    const stream = await zip.openReadStreamPromise(entry);
    const chunks: Buffer[] = [];
    // It fails where there is more than the entry says.
    for await (const chunk of stream) chunks.push(chunk);
    found.push({ path, bytes: Buffer.concat(chunks), executable });
  }
  return found;
}

/**
 * Names as they stand there, since the reader’s own would be mended before they are judged; but for `\\`, with which some
 * programs on Windows part them: it is a `/` before anything else is asked of it.
 */
function zipEntry(entry: Entry, mode: number): ArchiveEntry {
  const { generalPurposeBitFlag, fileNameRaw, extraFields, uncompressedSize } = entry;
  const written = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
  const path = written.replaceAll('\\', '/');
  const isFolder = path.endsWith('/') || (mode & TYPE) === 0o040000;
  const kind = LINKS_AND_DEVICES.has(mode & TYPE) ? 'other' : isFolder ? 'folder' : 'file';
  return { path, kind, size: uncompressedSize };
}

/** Headers and padding of as many entries as there may be. */
const TAR_BYTES = MOST_BYTES + MOST_FILES * 4096;

async function gunzipped(archive: Buffer): Promise<Buffer> {
  try {
    return await promisify(gunzip)(archive, { maxOutputLength: TAR_BYTES });
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    if (isTooLarge) throw new ActError('invalid', TOO_MUCH, error);
    throw error;
  }
}

const PLAIN = new Set(['File', 'OldFile', 'ContiguousFile']);
const FOLDERS = new Set(['Directory', 'GNUDumpDir']);

function readTar(plain: Buffer): Promise<readonly Unpacked[]> {
  return new Promise((resolve, reject) => {
    const check = createEntryCheck();
    const found: Unpacked[] = [];
    let failed: unknown;
    const take = (entry: ReadEntry): void => {
      try {
        const path = failed === undefined ? check.accept(tarEntry(entry)) : undefined;
        const chunks: Buffer[] = [];
        entry.on('data', (chunk: Buffer) => chunks.push(chunk));
        const executable = ((entry.mode ?? 0) & 0o111) !== 0;
        if (path !== undefined)
          entry.on('end', () => void found.push({ path, bytes: Buffer.concat(chunks), executable }));
      } catch (error) {
        failed = error;
        entry.resume();
      }
    };
    const parser = new Parser({ strict: true, onReadEntry: take });
    parser.on('ignoredEntry', take);
    parser.on('error', (error) => reject(failed ?? error));
    parser.on('end', () => (failed === undefined ? resolve(found) : reject(failed)));
    parser.end(plain);
  });
}

function tarEntry({ path, type, size }: ReadEntry): ArchiveEntry {
  const kind = FOLDERS.has(type) ? 'folder' : PLAIN.has(type) && !path.endsWith('/') ? 'file' : 'other';
  return { path, kind, size };
}
