/** What a key does in the trace panel. Pure; `app.tsx` carries it out. */
import type { KeyEntry } from '../shared/keyText';
import type { KeyContext } from '../shared/useKeys';

export type KeyCommand =
  | { readonly do: 'row'; readonly delta: number }
  | { readonly do: 'column'; readonly delta: 1 | -1 }
  | { readonly do: 'edge'; readonly which: 'first' | 'last' }
  | { readonly do: 'filter'; readonly index: number }
  | { readonly do: 'jump' | 'chain' | 'gap' | 'confirm' | 'fold' | 'find' | 'keys' | 'escape' };

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const PAGE = 15;

const KEYS: Readonly<Record<string, KeyCommand>> = {
  ArrowDown: { do: 'row', delta: 1 },
  ArrowUp: { do: 'row', delta: -1 },
  j: { do: 'row', delta: 1 },
  k: { do: 'row', delta: -1 },
  PageDown: { do: 'row', delta: PAGE },
  PageUp: { do: 'row', delta: -PAGE },
  ArrowRight: { do: 'column', delta: 1 },
  ArrowLeft: { do: 'column', delta: -1 },
  Home: { do: 'edge', which: 'first' },
  End: { do: 'edge', which: 'last' },
  n: { do: 'gap' },
  a: { do: 'confirm' },
  x: { do: 'fold' },
  '/': { do: 'find' },
  '?': { do: 'keys' },
};

export function commandOf(pressed: Pressed, { typing, onControl }: KeyContext): KeyCommand | undefined {
  const { key, ctrlKey, metaKey, altKey } = pressed;
  if (ctrlKey || metaKey || altKey) return undefined;
  if (key === 'Escape') return { do: 'escape' };
  if (typing) return key === 'ArrowDown' ? { do: 'row', delta: 0 } : undefined;
  if (!onControl && key === 'Enter') return { do: 'jump' };
  if (!onControl && key === ' ') return { do: 'chain' };
  if (/^[1-4]$/.test(key)) return { do: 'filter', index: Number(key) - 1 };
  return KEYS[key.length === 1 ? key.toLowerCase() : key];
}

export const KEY_LIST: readonly KeyEntry[] = [
  { keys: ['↑', '↓', '←', '→'], does: 'Move between cells', hint: 'cells' },
  { keys: ['Enter'], does: 'Jump to what the cell names; on the criterion, to its line', hint: 'jump' },
  { keys: ['Space'], does: 'Show or hide the chain of the criterion', hint: 'chain' },
  { keys: ['N'], does: 'Next gap: uncovered, suspect, unproven or orphaned', hint: 'next gap' },
  {
    keys: ['A'],
    does: 'Still right: all links of a suspect criterion are right for its new words',
    hint: 'still right',
  },
  { keys: ['X'], does: 'Fold or unfold the requirement' },
  { keys: ['1', '–', '4'], does: 'Filter' },
  { keys: ['/'], does: 'Find a criterion, file or task' },
  { keys: ['Esc'], does: 'Leave the search, the chain, then the filter' },
];
