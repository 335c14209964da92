/** What code and tests of a workspace folder say about specs, for a panel: read behind what it shows, and again after changes. */
import * as vscode from 'vscode';
import type { CodeTag } from '../../core/trace/model';
import { errorMessage } from '../../core/util/errorMessage';
import type { Host } from '../host';

/** Milliseconds: code is saved in bursts, and looking at all of it takes a moment. */
const SETTLE = 400;

export interface CodeTags extends vscode.Disposable {
  /** Undefined until code was looked at. */
  readonly tags: readonly CodeTag[] | undefined;
  /** Why code could not be read. */
  readonly problem: string | undefined;
  /** Looks at code that changed since, if the panel is seen; else once it is. */
  read(): Promise<void>;
  /** The same, once the panel has shown what is known. */
  readSoon(): void;
}

/** @param told when something new was read */
export function followCodeTags(
  { core, report }: Host,
  panel: vscode.WebviewPanel,
  root: string | undefined,
  told: () => void,
): CodeTags {
  const stopped = new AbortController();
  let tags: readonly CodeTag[] | undefined;
  let problem: string | undefined;
  let stale = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function read(): Promise<void> {
    if (!stale || root === undefined || !panel.visible) return;
    stale = false;
    try {
      tags = await core.trace.codeTags(root, stopped.signal);
      problem = undefined;
    } catch (error) {
      if (stopped.signal.aborted) return;
      problem = errorMessage(error);
    }
    told();
  }
  const readSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void read().catch(report), SETTLE);
  };
  const subscriptions = vscode.Disposable.from(
    panel.onDidChangeViewState(() => panel.visible && stale && readSoon()),
    root === undefined
      ? vscode.Disposable.from()
      : core.ports.watcher.watch(root, (change) => {
          if (change.kind === 'edited' || !core.trace.isCode(change.path)) return;
          stale = true;
          readSoon();
        }),
  );
  return {
    get tags() {
      return tags;
    },
    get problem() {
      return problem;
    },
    read,
    readSoon,
    dispose() {
      stopped.abort();
      clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}
