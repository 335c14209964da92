/** Sessions that fit what is typed. Pure. */
import type { SessionSummary } from '../../../protocol/agent';
import type { IconName } from '../../shared/iconNames';
import { statusTag } from './sessionWords';

const KIND_WORDS: Readonly<Record<NonNullable<SessionSummary['kind']>, string>> = {
  chat: 'Chat',
  task: 'Task',
  draft: 'Draft',
  revision: 'Revision',
  hook: 'Hook',
  review: 'Review',
  subagent: 'Sub-agent',
};

export const KIND_ICONS: Readonly<Record<NonNullable<SessionSummary['kind']>, IconName>> = {
  chat: 'comment',
  task: 'tasklist',
  draft: 'sparkle',
  revision: 'diff',
  hook: 'plug',
  review: 'checklist',
  subagent: 'hubot',
};

/** `Task, tool-library`. */
export function kindLine({ kind, place }: SessionSummary): string {
  return [kind && KIND_WORDS[kind], place].filter(Boolean).join(', ');
}

/** Every word must be in the title, the kind, the place or the state. */
export function filterSessions(
  sessions: readonly SessionSummary[],
  words: string,
): readonly SessionSummary[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return sessions;
  return sessions.filter((session) => {
    const state = statusTag(session.status, session.kind).word;
    const text = `${session.title} ${kindLine(session)} ${state}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
