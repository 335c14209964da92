/** What a key does in the review. Pure; `app.tsx` carries it out. */

export type KeyCommand =
  | { readonly do: 'move'; readonly delta: 1 | -1 }
  | { readonly do: 'toEnd'; readonly which: 'first' | 'last' }
  | { readonly do: 'filter'; readonly index: number }
  | { readonly do: 'decide'; readonly accepted: boolean }
  | {
      readonly do:
        | 'fix'
        | 'open'
        | 'fold'
        | 'find'
        | 'primary'
        | 'escape'
        | 'keys'
        | 'retry'
        | 'showRevision'
        | 'request';
    };

/** The part of a keyboard event that is looked at. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export interface KeyContext {
  /** The focus is in a text field. */
  readonly typing: boolean;
  /** The focus is on a button or a link: Enter is its own. */
  readonly onControl: boolean;
  readonly revision: boolean;
}

const LETTERS: Readonly<Record<string, KeyCommand>> = {
  j: { do: 'move', delta: 1 },
  k: { do: 'move', delta: -1 },
  f: { do: 'fix' },
  x: { do: 'fold' },
  r: { do: 'retry' },
  c: { do: 'request' },
  '/': { do: 'find' },
  '?': { do: 'keys' },
};

const MOVES: Readonly<Record<string, KeyCommand>> = {
  ArrowDown: { do: 'move', delta: 1 },
  ArrowUp: { do: 'move', delta: -1 },
  Home: { do: 'toEnd', which: 'first' },
  End: { do: 'toEnd', which: 'last' },
};

const REVISION: Readonly<Record<string, KeyCommand>> = {
  y: { do: 'decide', accepted: true },
  n: { do: 'decide', accepted: false },
  d: { do: 'showRevision' },
};

/** Undefined: the key is left to whoever else wants it. */
export function commandOf(pressed: Pressed, context: KeyContext): KeyCommand | undefined {
  const control = pressed.ctrlKey || pressed.metaKey;
  if (pressed.key === 'Escape') return { do: 'escape' };
  // Text areas that send with Ctrl+Enter handle it themselves, before this is asked.
  if (pressed.key === 'Enter' && control) return { do: 'primary' };
  if (context.typing || control || pressed.altKey) return undefined;
  if (pressed.key === 'Enter') return context.onControl ? undefined : { do: 'open' };
  if (/^[1-5]$/.test(pressed.key)) return { do: 'filter', index: Number(pressed.key) - 1 };
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  return MOVES[key] ?? LETTERS[key] ?? (context.revision ? REVISION[key] : undefined);
}

export interface KeyEntry {
  readonly keys: readonly string[];
  readonly does: string;
  /** One word for the foot of the panel. */
  readonly hint?: string;
  /** What has to be there for it: criteria, or a document that nobody writes at the moment. */
  readonly needs?: 'list' | 'document';
}

/** For the list of keys and the hints at the foot. */
export const KEY_LIST: readonly KeyEntry[] = [
  {
    keys: ['J', 'K'],
    does: 'Next and previous criterion, also with the arrows',
    hint: 'move',
    needs: 'list',
  },
  { keys: ['F'], does: 'Apply the first fix of the criterion', hint: 'fix', needs: 'list' },
  {
    keys: ['Enter'],
    does: 'Open the document at the criterion',
    hint: 'open in the editor',
    needs: 'document',
  },
  { keys: ['X'], does: 'Fold or unfold the requirement', hint: 'fold', needs: 'list' },
  { keys: ['1', '–', '5'], does: 'Filters, in their order', hint: 'filters', needs: 'list' },
  { keys: ['/'], does: 'Find a criterion', hint: 'find', needs: 'list' },
  { keys: ['C'], does: 'Request changes', hint: 'request changes', needs: 'document' },
  { keys: ['Ctrl+Enter'], does: 'Approve, draft the next document, or send what is being written' },
  { keys: ['R'], does: 'Retry a draft that was cut off' },
  { keys: ['D', 'Y', 'N'], does: 'Show, accept or refuse the revision' },
  { keys: ['Esc'], does: 'Leave the field, then clear the filter, then cancel the draft' },
  { keys: ['?'], does: 'This list' },
];
