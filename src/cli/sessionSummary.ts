/** Sessions as `session list` tells of them. */
import { titleOf } from '../core/agent/session/sessionState';
import type { SessionEntry } from '../core/agent/session/sessions';
import type { Paint, Style } from './output';
import { oneLine } from './printable';

const STYLES: Readonly<Record<SessionEntry['state']['status'], Style>> = {
  running: 'blue',
  done: 'green',
  failed: 'red',
  cancelled: 'dim',
  interrupted: 'yellow',
};

export function sessionSummary({ id, state }: SessionEntry) {
  const { started, startedAt, status, cost } = state;
  const { kind, model } = started;
  return {
    id,
    title: titleOf(state),
    kind,
    status,
    startedAt,
    model,
    ...(cost === undefined ? {} : { cost }),
  };
}

/** `mk2f9-00000001  2026-11-27  done         task      3.2 The queue on the device` */
export function sessionLine({ id, state }: SessionEntry, day: string, paint: Paint): string {
  const { status, started } = state;
  return [
    paint('dim', id),
    day,
    paint(STYLES[status], status.padEnd(11)),
    started.kind.padEnd(8),
    oneLine(titleOf(state)),
  ].join('  ');
}
