/** What a try changed: by the checkpoint before it, else by what the agent's tools wrote. */
import { editsOf } from '../../agent/session/events';
import type { SessionState } from '../../agent/session/sessionState';
import type { Checkpoints } from '../../checkpoints/checkpoints';
import type { Pause } from '../../checkpoints/model';
import type { FileSystem } from '../../ports';
import { isInside, joinPath, relativePath } from '../../util/path';
import { type ChangedFile, isMade } from '../evidence/changes';
import { testLanguage } from '../evidence/lies/languages';
import { ownChanges } from './ownChanges';

/** More files than that are read by nobody: that they changed is enough. Tests come first, what was installed last. */
const MOST = 2000;

const rankOf = (path: string): number => (isMade(path) ? 2 : testLanguage(path) ? 0 : 1);

export async function changesOf(
  files: Pick<FileSystem, 'readText'>,
  checkpoints: Pick<Checkpoints, 'diff' | 'read'> | undefined,
  root: string,
  before: string | undefined,
  session: SessionState | undefined,
  pauses: readonly Pause[] = [],
): Promise<readonly ChangedFile[]> {
  // A checkpoint that is not kept any more tells nothing.
  const changes =
    before === undefined || checkpoints === undefined
      ? undefined
      : await ownChanges(checkpoints, root, before, pauses).catch(() => undefined);
  if (checkpoints === undefined || before === undefined || changes === undefined)
    return session === undefined ? [] : writtenBy(session, root, files);
  const byRank = [...changes].sort((a, b) => rankOf(a.path) - rankOf(b.path));
  const unread = new Set(byRank.slice(MOST).map(({ path }) => path));
  return Promise.all(
    changes.map(async ({ path, change, from, to }): Promise<ChangedFile> => {
      if (unread.has(path) || change === 'mode')
        return { path, before: undefined, after: undefined, binary: true };
      const was = change === 'added' ? undefined : await checkpoints.read(root, from, path);
      const now = () =>
        to === undefined ? textOf(files, joinPath(root, path)) : checkpoints.read(root, to, path);
      const is = change === 'deleted' ? undefined : await now();
      const [before, after] = [textIn(was), textIn(is)];
      const isText = before === was && after === is;
      return { path, before, after, ...(isText ? {} : { binary: true }) };
    }),
  );
}

/** Undefined: no such file. */
async function textOf(
  files: Pick<FileSystem, 'readText'>,
  path: string,
): Promise<string | undefined | object> {
  const text = await files.readText(path).catch(() => NO_TEXT);
  // A NUL, or what is no UTF-8.
  return typeof text === 'string' && /[\0\uFFFD]/.test(text) ? NO_TEXT : text;
}

const NO_TEXT = {};

function textIn(content: string | undefined | object): string | undefined {
  return typeof content === 'string' ? content : undefined;
}

/** What commands wrote is not known then. */
async function writtenBy(
  { items }: SessionState,
  root: string,
  files: Pick<FileSystem, 'readText'>,
): Promise<readonly ChangedFile[]> {
  const first = new Map<string, string | undefined>();
  const note = (path: string, before: string | undefined) => {
    const full = path.startsWith('/') || /^[a-z]:/i.test(path) ? path : joinPath(root, path);
    if (isInside(root, full) && !first.has(full)) first.set(full, before);
  };
  for (const item of items)
    if (item.type === 'tool' && item.status === 'ok')
      for (const { path, from, before } of editsOf(item.edit)) {
        note(path, from === undefined ? before : undefined);
        if (from !== undefined) note(from, before);
      }
  return Promise.all(
    [...first].map(async ([path, before]) => ({
      path: relativePath(root, path) ?? path,
      before,
      after: await files.readText(path).catch(() => undefined),
    })),
  );
}
