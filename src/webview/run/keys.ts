/** What a key does in the run panel. Pure; `commands.ts` carries it out. */
import type { KeyEntry } from '../shared/keyText';
import type { KeyContext } from '../shared/useKeys';
import type { Direction } from './tasks';

export type KeyCommand =
  | { readonly do: 'move'; readonly direction: Direction }
  | {
      readonly do:
        | 'detail'
        | 'retry'
        | 'changes'
        | 'restore'
        | 'skip'
        | 'pause'
        | 'stop'
        | 'evidence'
        | 'session'
        | 'line'
        | 'send'
        | 'keys'
        | 'escape';
    };

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const MOVES: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
  k: 'up',
  j: 'down',
};

const ACTS: Readonly<Record<string, KeyCommand>> = {
  r: { do: 'retry' },
  d: { do: 'changes' },
  z: { do: 'restore' },
  s: { do: 'skip' },
  p: { do: 'pause' },
  x: { do: 'stop' },
  e: { do: 'evidence' },
  l: { do: 'session' },
  g: { do: 'line' },
  '?': { do: 'keys' },
};

export function commandOf(pressed: Pressed, { typing, onControl }: KeyContext): KeyCommand | undefined {
  const { key, ctrlKey, metaKey, altKey } = pressed;
  if (altKey) return undefined;
  if (ctrlKey || metaKey) return key === 'Enter' ? { do: 'send' } : undefined;
  if (key === 'Escape') return { do: 'escape' };
  if (typing) return undefined;
  // On a row, Enter is a press of it: the row itself opens the detail.
  if (!onControl && key === 'Enter') return { do: 'detail' };
  const name = key.length === 1 ? key.toLowerCase() : key;
  const direction = MOVES[name];
  return direction === undefined ? ACTS[name] : { do: 'move', direction };
}

export const KEY_LIST: readonly KeyEntry[] = [
  { keys: ['↑', '↓', '←', '→'], does: 'Move between tasks; left and right from wave to wave', hint: 'tasks' },
  { keys: ['Enter'], does: 'Go to the detail of the task, Esc goes back', hint: 'detail' },
  { keys: ['R'], does: 'Retry: write a hint for the next try', hint: 'retry' },
  { keys: ['Ctrl+Enter'], does: 'Send the hint and try again; in a plan, start the run' },
  { keys: ['E'], does: 'Show the evidence of the task as a page', hint: 'evidence' },
  { keys: ['D'], does: 'Show what the task changed' },
  { keys: ['Z'], does: 'Restore to before the task; what would change is shown first' },
  { keys: ['S'], does: 'Skip the task' },
  { keys: ['P'], does: 'Pause the run, or go on with it' },
  { keys: ['X'], does: 'Stop the run now; it can be gone on with' },
  { keys: ['L'], does: 'Open the log of its session', hint: 'log' },
  { keys: ['G'], does: 'Go to its line in tasks.md', hint: 'go to line' },
  { keys: ['?'], does: 'This list' },
];

/** Before a run, less can be asked for. */
export const PLAN_KEYS: readonly KeyEntry[] = [
  { keys: ['↑', '↓', '←', '→'], does: 'Move between tasks', hint: 'tasks' },
  { keys: ['Enter'], does: 'Go to the detail of the task', hint: 'detail' },
  { keys: ['Ctrl+Enter'], does: 'Start the run', hint: 'run' },
  { keys: ['G'], does: 'Go to its line in tasks.md', hint: 'go to line' },
];
