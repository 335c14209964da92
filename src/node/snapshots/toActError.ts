/** What went wrong in a store, in words that help. */
import { ActError } from '../../core/actError';
import { errorCode } from '../toFileError';
import { GitFailure } from './git';

export function toActError(root: string, error: unknown): unknown {
  if (error instanceof GitFailure) {
    if (error.missing)
      return new ActError(
        'refused',
        'Checkpoints are kept by git, and there is no program “git” on this machine. Install it, or put it on the PATH.',
        error,
      );
    if (/No space left|Disk quota exceeded/i.test(error.message)) return full(error);
    if (/File too large/i.test(error.message)) return tooLarge(error);
    return new ActError('refused', `git could not do it for ${root}: ${error.message.split('\n')[0]}`, error);
  }
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return full(error);
  if (code === 'EFBIG') return tooLarge(error);
  if (code === 'ENOENT') return new ActError('notFound', `There is no folder ${root} any more.`, error);
  return error;
}

function tooLarge(error: unknown): ActError {
  return new ActError(
    'refused',
    'The disk of ~/.earshot, or a limit of this machine, allows no file as large as one of these. The files of the workspace are as they were. Leave large files out by .gitignore or “earshot.checkpointFileSize”.',
    error,
  );
}

function full(error: unknown): ActError {
  return new ActError(
    'refused',
    'The disk is full. Free some space; the files of the workspace are as they were.',
    error,
  );
}
