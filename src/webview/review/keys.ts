/** What a key does in the review. Pure; `app.tsx` carries it out. */
import type { KeyEntry } from '../shared/keyText';

export type KeyCommand =
  | { readonly do: 'move'; readonly delta: 1 | -1 }
  | { readonly do: 'toEnd'; readonly which: 'first' | 'last' }
  | { readonly do: 'filter'; readonly key: string }
  | { readonly do: 'decide'; readonly accepted: boolean }
  | { readonly do: 'round'; readonly delta: 1 | -1 }
  | {
      readonly do:
        | 'fix'
        | 'fixAll'
        | 'generate'
        | 'comment'
        | 'ask'
        | 'trace'
        | 'send'
        | 'open'
        | 'fold'
        | 'find'
        | 'toFound'
        | 'primary'
        | 'escape'
        | 'keys'
        | 'retry'
        | 'showRevision'
        | 'refuse'
        | 'request';
    };

/** The part of a keyboard event that is looked at. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey?: boolean;
}

export interface KeyContext {
  /** The focus is in a text field. */
  readonly typing: boolean;
  /** That is the find box: from there the arrow leads to what was found. */
  readonly finding: boolean;
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
  c: { do: 'comment' },
  a: { do: 'ask' },
  t: { do: 'trace' },
  m: { do: 'generate' },
  '[': { do: 'round', delta: -1 },
  ']': { do: 'round', delta: 1 },
  '/': { do: 'find' },
  '?': { do: 'keys' },
};

const SHIFTED: Readonly<Record<string, KeyCommand>> = {
  c: { do: 'request' },
  f: { do: 'fixAll' },
};

const SHIFTED_REVISION: Readonly<Record<string, KeyCommand>> = { n: { do: 'refuse' } };

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

const TO_FOUND: ReadonlySet<string> = new Set(['ArrowDown', 'Enter']);

/** Undefined: the key is left to whoever else wants it. */
export function commandOf(pressed: Pressed, context: KeyContext): KeyCommand | undefined {
  const control = pressed.ctrlKey || pressed.metaKey;
  if (pressed.key === 'Escape') return { do: 'escape' };
  // Text areas that send with Ctrl+Enter handle it themselves, before this is asked.
  if (pressed.key === 'Enter' && control) return { do: pressed.shiftKey ? 'send' : 'primary' };
  if (control || pressed.altKey) return undefined;
  if (context.finding && TO_FOUND.has(pressed.key)) return { do: 'toFound' };
  if (context.typing) return undefined;
  if (pressed.key === 'Enter') return context.onControl ? undefined : { do: 'open' };
  if (/^[1-7]$/.test(pressed.key)) return { do: 'filter', key: pressed.key };
  return letter(pressed, context.revision);
}

function letter({ key: pressed, shiftKey }: Pressed, revision: boolean): KeyCommand | undefined {
  const key = pressed.length === 1 ? pressed.toLowerCase() : pressed;
  const shifted = shiftKey ? (SHIFTED[key] ?? (revision ? SHIFTED_REVISION[key] : undefined)) : undefined;
  return shifted ?? MOVES[key] ?? LETTERS[key] ?? (revision ? REVISION[key] : undefined);
}

interface Entry extends KeyEntry {
  /** What has to be there for it: criteria, or a document that nobody writes at the moment. */
  readonly needs?: 'list' | 'document';
}

/** For the list of keys and the hints at the foot. */
export const KEY_LIST: readonly Entry[] = [
  {
    keys: ['J', 'K'],
    does: 'Next and previous criterion or part, also with the arrows',
    hint: 'move',
    needs: 'list',
  },
  { keys: ['F'], does: 'Apply the first fix of the criterion', hint: 'fix', needs: 'list' },
  { keys: ['C'], does: 'Comment on it, or on the words selected in it', hint: 'comment', needs: 'list' },
  { keys: ['A'], does: 'Ask the agent about it', hint: 'ask', needs: 'list' },
  { keys: ['T'], does: 'Show the criterion in the trace' },
  {
    keys: ['Enter'],
    does: 'Open the document at it',
    hint: 'open in the editor',
    needs: 'document',
  },
  { keys: ['X'], does: 'Fold or unfold the requirement, show all of a long section or its beginning' },
  { keys: ['1', '–', '7'], does: 'Filters, in their order', hint: 'filters', needs: 'list' },
  { keys: ['/'], does: 'Find words; Enter goes to what was found', hint: 'find', needs: 'list' },
  { keys: ['Shift+F'], does: 'Apply all safe fixes' },
  { keys: ['M'], does: 'Write the request for what nothing carries on with yet' },
  { keys: ['Shift+C'], does: 'Request changes in words of your own' },
  { keys: ['Ctrl+Shift+Enter'], does: 'Send all staged comments as one revision request' },
  {
    keys: ['Ctrl+Enter'],
    does: 'Apply the revision, approve, draft the next document, or send what is being written',
  },
  { keys: ['R'], does: 'Retry a draft that was cut off' },
  {
    keys: ['Y', 'N'],
    does: 'Accept or refuse a change of the revision; a refusal asks why, Esc gives no reason',
  },
  { keys: ['Shift+N'], does: 'Refuse the whole revision' },
  { keys: ['D'], does: 'Show the revision in the editor’s diff' },
  { keys: ['[', ']'], does: 'Compare rounds of the review, earlier and later' },
  { keys: ['Esc'], does: 'Leave the field, then clear the filter, then cancel the draft' },
  { keys: ['?'], does: 'This list' },
];

/** The list as it is for the foot: no hint for what is not there. */
export function hintsOf(there: Readonly<Record<'list' | 'document', boolean>>): readonly KeyEntry[] {
  return KEY_LIST.filter(({ needs }) => !needs || there[needs]);
}
