/** The state of a session in words. Pure. */
import type { SessionState } from '../../../core/agent/session/sessionState';
import type { AgentModel } from '../../../protocol/agent';
import { baseName, formatTokens } from '../../shared/format';
import type { IconName, Tone } from '../../shared/iconNames';

export interface StateTag {
  readonly word: string;
  /** Undefined: it turns. */
  readonly icon: IconName | undefined;
  readonly tone: Tone;
}

export function stateTag(
  session: Pick<SessionState, 'status' | 'items' | 'retrying'> &
    Partial<Pick<SessionState, 'started' | 'changes'>>,
): StateTag {
  if (session.status !== 'running') return statusTag(session.status, session.started?.kind);
  if (session.changes?.set?.state === 'open') return { word: 'Needs you', icon: 'checklist', tone: 'warn' };
  if (session.items.some((item) => item.type === 'tool' && item.status === 'asking')) {
    return { word: 'Needs you', icon: 'shield', tone: 'warn' };
  }
  if (session.retrying !== undefined) return { word: 'Retrying', icon: 'sync', tone: 'warn' };
  return statusTag('running');
}

/** Something else is the next right act than to write: an answer, a decision, another try. */
export function asksForMore(session: Pick<SessionState, 'status' | 'items' | 'changes'>): boolean {
  if (session.status === 'failed' || session.status === 'interrupted') return true;
  const asking = session.items.some((item) => item.type === 'tool' && item.status === 'asking');
  return session.status === 'running' && (asking || session.changes.set?.state === 'open');
}

/** For lists of sessions, where only the status is known. */
export function statusTag(status: SessionState['status'], kind?: SessionState['started']['kind']): StateTag {
  // A conversation is not done: it waits for the next words.
  if (kind === 'chat' && status === 'done') return { word: 'Ready', icon: 'circle-outline', tone: 'dim' };
  switch (status) {
    case 'running':
      return { word: 'Working', icon: undefined, tone: 'info' };
    case 'done':
      return { word: 'Done', icon: 'pass-filled', tone: 'ok' };
    case 'failed':
      return { word: 'Failed', icon: 'error', tone: 'err' };
    case 'cancelled':
      return { word: 'Stopped', icon: 'circle-slash', tone: 'dim' };
    case 'interrupted':
      return { word: 'Interrupted', icon: 'debug-disconnect', tone: 'warn' };
  }
}

/** As the person calls it. */
export function titleOf({ name, started }: Pick<SessionState, 'name' | 'started'>): string {
  return name ?? started.title;
}

/** A draft or a revision that runs is one answer: there is nothing to steer. */
export function canTalk({ session, elsewhere }: AgentModel): boolean {
  if (elsewhere) return false;
  const kind = session?.started.kind;
  return session?.status !== 'running' || (kind !== 'draft' && kind !== 'revision');
}

/** `tool-library, turn 6`. */
export function placeLine(session: Pick<SessionState, 'started' | 'turns'>): string {
  const { spec, hook, document } = session.started;
  const where = spec ? baseName(spec) : hook ? `hook ${hook}` : undefined;
  const turn = session.turns > 0 ? `turn ${session.turns}` : undefined;
  return [where, document, turn].filter(Boolean).join(', ');
}

/** `18.2k in, 3.1k out`. */
export function tokenLine({ usage }: Pick<SessionState, 'usage'>): string {
  const sent = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
  return `${formatTokens(sent)} in, ${formatTokens(usage.outputTokens)} out`;
}

/** What is spent of a limit, whole. */
export function limitWords({ what, spent, limit }: NonNullable<AgentModel['limit']>): string {
  const dollars = (amount: number) => `$${amount.toFixed(2)}`;
  return `Spent for ${what.replace(/^today$/, 'the day')}: ${dollars(spent)} of ${dollars(limit)}. A request that could exceed a limit is not sent. The setting is earshot.limits.`;
}

/** Nothing is drawn for it yet: the model was asked and has not answered. */
export function isWaiting(
  session: Pick<SessionState, 'status' | 'items' | 'retrying'> & Partial<Pick<SessionState, 'changes'>>,
  streams: boolean,
): boolean {
  if (session.changes?.set?.state === 'open') return false;
  if (session.status !== 'running' || session.retrying !== undefined || streams) return false;
  return !session.items.some(
    (item) =>
      (item.type === 'tool' && (item.status === 'running' || item.status === 'asking')) ||
      (item.type === 'check' && item.status === 'running'),
  );
}
