/** Checkpoints, differences and plans for people: a line each. */
import type { Cause, Checkpoint, PathChange, RestorePlan } from '../core/checkpoints/model';
import { basename } from '../core/util/path';
import type { Paint } from './output';
import { nothingHidden, oneLine } from './printable';

/** @param number Counted from 1, newest first */
export function checkpointLine(checkpoint: Checkpoint, number: number, when: string, paint: Paint): string {
  const { id, cause, changed, left } = checkpoint;
  const files = changed === 1 ? '1 file changed before it' : `${changed} files changed before it`;
  const rest = [changed === 0 ? undefined : files, left.length === 0 ? undefined : `${left.length} left out`];
  const details = rest.filter((each) => each !== undefined).join(', ');
  const line = `${String(number).padStart(3)}  ${id.slice(0, 8)}  ${when}  ${oneLine(causeWords(cause))}`;
  return details === '' ? line : `${line}  ${paint('dim', details)}`;
}

export function causeWords(cause: Cause): string {
  switch (cause.kind) {
    case 'turn':
      return `before a turn of session ${cause.session.slice(0, 8)}`;
    case 'task':
      return `${cause.when} task ${cause.task} of ${basename(cause.spec)}`;
    case 'hook':
      return `${cause.when} the hook ${cause.hook}`;
    case 'restore':
      return `before a restore of ${cause.of.slice(0, 8)}`;
    case 'person':
      return cause.label;
  }
}

const SIGNS = { added: 'A', changed: 'M', deleted: 'D', mode: 'X' } as const;
const STYLES = { added: 'green', changed: 'yellow', deleted: 'red', mode: 'blue' } as const;

export function changeLine({ path, change }: PathChange, paint: Paint): string {
  return `${paint(STYLES[change], SIGNS[change])}  ${nothingHidden(path)}`;
}

/** All that a person should see before they say yes. */
export function planLines({ steps, refused, notes }: RestorePlan, paint: Paint): readonly string[] {
  return [
    ...steps.map((step) => {
      const line = changeLine(step, paint);
      const part = step.partly ? `  ${paint('dim', '(what came after stays)')}` : '';
      return step.byPerson
        ? `${line}${part}  ${paint('yellow', '(changed since the newest checkpoint)')}`
        : `${line}${part}`;
    }),
    ...refused.map(({ path, why }) => `${paint('dim', '–')}  ${nothingHidden(path)}  ${paint('dim', why)}`),
    ...notes,
  ];
}
