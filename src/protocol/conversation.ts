/**
 * A conversation grows at its end, and is told with each of its events: of what the view knows already, only how many
 * items that are is sent. Both ends of the wire.
 */
import type { SessionItem } from '../core/agent/session/sessionState';
import type { AgentModel } from './agent';

/** The message that brings a view up to date. @property known So many first items are as in the message before. */
export interface ModelMessage {
  readonly type: 'model';
  readonly model: AgentModel;
  readonly known?: number;
}

/** @param before What the view was last sent; undefined for one that knows nothing */
export function modelMessage(model: AgentModel, before: AgentModel | undefined): ModelMessage {
  const { session } = model;
  if (!session || session.id !== before?.session?.id) return { type: 'model', model };
  const { items } = session;
  const known = sameItems(items, before.session.items);
  return { type: 'model', model: { ...model, session: { ...session, items: items.slice(known) } }, known };
}

/** A session changes an item by putting another in its place. */
function sameItems(now: readonly SessionItem[], before: readonly SessionItem[]): number {
  const differs = now.findIndex((item, index) => item !== before[index]);
  return differs === -1 ? now.length : differs;
}

/** The whole of it. @param before What the view had */
export function modelOf({ model, known = 0 }: ModelMessage, before: AgentModel | undefined): AgentModel {
  const { session } = model;
  if (!session || known === 0) return model;
  const items = [...(before?.session?.items.slice(0, known) ?? []), ...session.items];
  return { ...model, session: { ...session, items } };
}
