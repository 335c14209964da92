/** Sees commits of a workspace folder's repository by what git writes of them, while somebody wants to know. */
import type { Clock, FileSystem } from '../ports';
import type { Disposable } from '../util/disposable';
import { joinPath } from '../util/path';
import { gitFolder } from './gitMoves';

/** Milliseconds between two looks. */
const PAUSE = 3000;

export interface Commit {
  readonly hash: string;
  /** The first line. */
  readonly message: string;
}

export interface CommitWatch extends Disposable {
  /** @param wanted Is there a hook for it? Nothing is looked at else */
  look(wanted: boolean): void;
  /** Looks at once. */
  now(): Promise<void>;
  /** What was committed until now fires nothing. */
  skip(): Promise<void>;
}

export function createCommitWatch(
  { files, clock }: { readonly files: FileSystem; readonly clock: Clock },
  root: string,
  onCommit: (commit: Commit) => Promise<void>,
): CommitWatch {
  let timer: Disposable | undefined;
  /** Lines of git's log that were seen; undefined before the first look. */
  let seen: number | undefined;
  let stamp = '';

  async function check(): Promise<void> {
    const path = joinPath(await gitFolder(files, root), 'logs/HEAD');
    const stat = await files.stat(path).catch(() => undefined);
    const now = stat ? `${stat.size}:${stat.modified}` : '';
    if (now === stamp && seen !== undefined) return;
    stamp = now;
    const lines = ((await files.readText(path).catch(() => undefined)) ?? '').split('\n').slice(0, -1);
    const first = seen ?? lines.length;
    seen = lines.length;
    // A log that became shorter was tidied: nothing of it is new.
    for (const line of lines.slice(first)) {
      const commit = commitOf(line);
      if (commit) await onCommit(commit);
    }
  }

  function again(): void {
    timer = clock.after(PAUSE, () => {
      void check()
        .catch(() => {})
        .finally(() => timer && again());
    });
  }

  return {
    look(wanted) {
      if (wanted === (timer !== undefined)) return;
      timer?.dispose();
      timer = undefined;
      seen = undefined;
      if (!wanted) return;
      void check().catch(() => {});
      again();
    },
    async now() {
      if (timer) await check();
    },
    async skip() {
      if (!timer) return;
      seen = undefined;
      await check();
    },
    dispose() {
      timer?.dispose();
      timer = undefined;
    },
  };
}

/** `<before> <after> <who> <time> <zone>\tcommit: words`; amended and first ones, too, no merge by a pull. */
function commitOf(line: string): Commit | undefined {
  const [, hash, message] = /^[0-9a-f]+ ([0-9a-f]+) .*\tcommit(?: \([a-z ]+\))?: (.*)$/.exec(line) ?? [];
  return hash === undefined ? undefined : { hash, message: message ?? '' };
}
