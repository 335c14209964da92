/** Whether a document is being written or revised, by what the logs of sessions say. */
import type { Sessions } from '../../agent/session/sessions';

/** Derived from the log; only the newest revision counts: an older one was made from a text that is gone. */
export function inRevision(sessions: Sessions, spec: string, fileName: string): boolean {
  const all = sessions.known.filter(
    ({ state: { started } }) =>
      started.kind === 'revision' && started.spec === spec && started.document === fileName,
  );
  if (all.some(({ state }) => state.status === 'running')) return true;
  const newest = all.find(({ state }) => state.revision)?.state.revision;
  return newest !== undefined && newest.accepted === undefined;
}

/** Derived from the log: a live draft, or one that ended early and whose text nobody touched since. */
export function draftState(
  sessions: Sessions,
  spec: string,
  fileName: string,
  hash: () => string | undefined,
): 'drafting' | 'incomplete' | undefined {
  const drafts = sessions.known.filter(
    ({ state: { started } }) =>
      started.kind === 'draft' && started.spec === spec && started.document === fileName,
  );
  // Also in another window or terminal.
  if (drafts.some(({ state }) => state.status === 'running')) return 'drafting';
  // A later attempt that failed before it wrote anything left the text as it was.
  const draft = drafts.find(({ state }) => state.draft)?.state.draft;
  return draft && !draft.complete && draft.hash === hash() ? 'incomplete' : undefined;
}
