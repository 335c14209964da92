/** What a run came to, in a few lines. */
import type { Sessions } from '../core/agent/session/sessions';
import type { RunningTask, RunState } from '../core/tasks/run/model';
import type { Output } from './output';
import { oneLine } from './printable';

const MARKS: Readonly<Record<RunningTask['phase'], string>> = {
  waiting: '·',
  working: '·',
  checking: '·',
  reviewing: '·',
  merging: '·',
  done: '✓',
  unproven: '?',
  failed: '✗',
  skipped: '–',
  stopped: '■',
  interrupted: '■',
};

const WORDS: Readonly<Partial<Record<RunningTask['phase'], string>>> = {
  waiting: 'not begun',
  unproven: 'not proved',
  failed: 'failed',
  skipped: 'skipped',
  stopped: 'stopped',
  interrupted: 'interrupted',
};

export function sayRun(
  state: RunState,
  sessions: Pick<Sessions, 'get'>,
  out: Pick<Output, 'say' | 'fail'>,
): void {
  const { tasks, status, reason, number } = state;
  for (const { id, title, phase, reason: why, try: tries } of tasks) {
    const name = `${id ?? ''} ${title}`.trim();
    const word = WORDS[phase];
    const more = word === undefined ? (tries > 1 ? ` (in ${tries} tries)` : '') : `: ${word}. ${why ?? ''}`;
    out.say(oneLine(`${MARKS[phase]} ${name}${more}`.trimEnd(), 300));
  }
  const done = tasks.filter(({ phase }) => phase === 'done').length;
  out.say(`Run ${number}: ${done} of ${tasks.length} done${costOf(state, sessions)}.`);
  if (status === 'failed') out.fail(reason ?? 'Something is left to do.');
  else if (status === 'stopped')
    out.say(`Stopped. ${reason ?? ''} To go on where it was: earshot run <spec> --resume`.replace('  ', ' '));
}

/** Nothing where a price is not known. */
function costOf({ tasks }: RunState, sessions: Pick<Sessions, 'get'>): string {
  const costs = tasks.flatMap((task) => task.sessions.map(({ id }) => sessions.get(id)?.cost));
  const known = costs.filter((cost) => cost !== undefined);
  const sum = known.reduce((all, cost) => all + cost, 0);
  return known.length < costs.length || sum === 0 ? '' : `, $${sum.toFixed(2)}`;
}
