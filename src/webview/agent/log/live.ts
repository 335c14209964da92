/** What is shown while it happens: text as it streams, output as it is printed. Pure. */
import type { LiveUpdate } from '../../../core/agent/session/events';
import type { SessionItem } from '../../../core/agent/session/sessionState';
import type { AgentModel } from '../../../protocol/agent';

export interface Live {
  readonly text: string;
  readonly calls: readonly { readonly call: string; readonly name: string }[];
  /** By call. */
  readonly outputs: Readonly<Record<string, string>>;
}

export const NOTHING_LIVE: Live = { text: '', calls: [], outputs: {} };

type Session = AgentModel['session'];

const MAX_OUTPUT = 64_000;

/** Adds an update of the session that is shown; updates of others change nothing. */
export function applyLive(live: Live, update: LiveUpdate, session: Session): Live {
  if (update.session !== session?.id) return live;
  switch (update.type) {
    case 'text':
      return { ...live, text: live.text + update.text };
    case 'toolStart':
      return { ...live, calls: [...live.calls, { call: update.call, name: update.name }] };
    case 'output': {
      const output = ((live.outputs[update.call] ?? '') + update.text).slice(-MAX_OUTPUT);
      return { ...live, outputs: { ...live.outputs, [update.call]: output } };
    }
  }
}

/**
 * What stays live after a new model came. Text goes when its turn is over: the model holds it then. What came
 * of the next turn in between stays, and so does the output of a command until the command has ended.
 */
export function settleLive(live: Live, before: Session, after: Session): Live {
  if (!after || before?.id !== after.id) return NOTHING_LIVE;
  const outputs = runningOutputs(live.outputs, after.items);
  if (after.status !== 'running' || after.retrying !== undefined) return { text: '', calls: [], outputs };
  if (spoken(before.items).length === spoken(after.items).length) return { ...live, outputs };
  // Calls that were announced are items by now, or wait for those before them.
  const told = spoken(after.items).slice(spoken(before.items).length);
  return { text: textAfter(live.text, told), calls: [], outputs };
}

function runningOutputs(outputs: Live['outputs'], items: readonly SessionItem[]): Live['outputs'] {
  const running = new Set(
    items.flatMap((item) => {
      if (item.type === 'check' && item.status === 'running') return ['check'];
      return item.type === 'tool' && item.status === 'running' ? [item.call] : [];
    }),
  );
  const kept = Object.entries(outputs).filter(([call]) => running.has(call));
  return kept.length === Object.keys(outputs).length ? outputs : Object.fromEntries(kept);
}

/** Items that come from the model: notes and checks may come while it still speaks. */
function spoken(items: readonly SessionItem[]): readonly SessionItem[] {
  return items.filter((item) => item.type === 'text' || item.type === 'tool');
}

/** Live text without what the model holds by now; the blocks of an answer stand in it without their gaps. */
function textAfter(text: string, told: readonly SessionItem[]): string {
  const held = told.flatMap((item) => (item.type === 'text' ? [item.text] : [])).join('');
  let at = 0;
  for (let i = 0; i < held.length; i++) {
    if (held[i] === text[at]) at++;
    else if (held.startsWith('\n\n', i)) i++;
    else return '';
  }
  return text.slice(at);
}
