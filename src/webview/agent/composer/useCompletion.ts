/** The completion of what is written at the cursor: what is offered, and the keys that choose. */
import type { TargetedKeyboardEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { KindSummary } from '../../../core/agent/mentions/mentions';
import type { OfferedCommand, OfferedMention } from '../../../protocol/agent';
import { type CompletionItem, itemsFor, type Token, tokenAt } from './completion';

export interface Completion {
  readonly token: Token;
  readonly items: readonly CompletionItem[];
  readonly active: number;
  readonly none: string;
}

/** Asks the host what may stand behind `#file:`. */
export type AskChoices = (kind: string, query: string) => Promise<readonly OfferedMention[]>;

export interface CompletionKeys {
  readonly completion: Completion | undefined;
  /** True when the key was for the list. */
  onKeyDown(event: TargetedKeyboardEvent<HTMLTextAreaElement>): boolean;
}

export interface CompletionOptions {
  readonly text: string;
  readonly cursor: number;
  readonly kinds: readonly KindSummary[];
  readonly commands: readonly OfferedCommand[];
  readonly ask: AskChoices;
  readonly onPick: (item: CompletionItem) => void;
}

interface Offered {
  readonly key: string;
  readonly choices: readonly OfferedMention[];
}

export function useCompletion({
  text,
  cursor,
  kinds,
  commands,
  ask,
  onPick,
}: CompletionOptions): CompletionKeys {
  const [active, setActive] = useState(0);
  const [closed, setClosed] = useState<string>();
  const [offered, setOffered] = useState<Offered>();
  const token = tokenAt(text, cursor, kinds);
  const key = token
    ? `${token.type} ${token.start} ${token.type === 'argument' ? token.kind : ''} ${token.query}`
    : '';

  useEffect(() => {
    setActive(0);
    if (token?.type !== 'argument') return undefined;
    let wanted = true;
    ask(token.kind, token.query).then((choices) => {
      if (wanted) setOffered({ key, choices });
    });
    return () => {
      wanted = false;
    };
  }, [key]);

  const isOpen = token !== undefined && closed !== `${token.type} ${token.start}`;
  const isAsked = token?.type === 'argument' && offered?.key !== key;
  const items = isOpen ? itemsFor(token, kinds, offered?.choices ?? [], commands) : [];
  const isShown =
    isOpen &&
    !isWritten(text.slice(token.start, cursor), items) &&
    (items.length > 0 || token.type === 'argument');

  return {
    completion: isShown
      ? { token, items, active, none: isAsked ? 'Looking…' : 'Nothing of that name.' }
      : undefined,
    onKeyDown(event) {
      const item = items[active];
      if (!isShown || event.isComposing) return false;
      const delta = event.altKey ? undefined : STEPS[event.key];
      if (delta !== undefined && items.length > 0) setActive((active + delta + items.length) % items.length);
      else if (event.key === 'Escape') setClosed(`${token.type} ${token.start}`);
      else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && item) onPick(item);
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}

/** What is written is all that is offered: Enter sends it then. */
function isWritten(written: string, items: readonly CompletionItem[]): boolean {
  const [only] = items;
  return items.length === 1 && only?.command === undefined && only?.insert.trimEnd() === written;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
