import { FileError } from '../core/ports';

const REASONS: Readonly<Record<string, FileError['reason']>> = {
  EACCES: 'permission',
  EPERM: 'permission',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EISDIR: 'notAFile',
  ENOTDIR: 'notAFile',
  // A folder was to be made where a file is.
  EEXIST: 'notAFile',
  // A link that leads to itself; a socket.
  ELOOP: 'notAFile',
  ENXIO: 'notAFile',
  EROFS: 'readOnly',
};

/** The system's code of an error (`ENOENT`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Does the error say that there is nothing at the path (nor could be: a parent is a file)? */
export function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Names the reason of a failed file operation. A `FileError` is returned as it is. */
export function toFileError(path: string, error: unknown): FileError {
  if (error instanceof FileError) return error;
  return new FileError(REASONS[errorCode(error) ?? ''] ?? 'other', path, error);
}
