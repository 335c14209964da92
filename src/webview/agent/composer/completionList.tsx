/** What can be written at the cursor, above the words. The focus stays in them. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../shared/icon';
import type { CompletionItem } from './completion';

export interface CompletionListProps {
  readonly id: string;
  readonly items: readonly CompletionItem[];
  readonly active: number;
  /** Said where nothing fits. */
  readonly none: string;
  readonly onPick: (item: CompletionItem) => void;
}

export function CompletionList({ id, items, active, none, onPick }: CompletionListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, items]);
  if (items.length === 0) return <p class="completions none small dim">{none}</p>;
  return (
    <div class="completions scroller" role="listbox" id={id} aria-label="Completions" ref={list}>
      {items.map((item, index) => (
        <div
          key={item.key}
          id={`${id}-${index}`}
          class="completion"
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // At the press: with it the focus would leave the words.
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(item);
          }}
        >
          <Icon name={item.icon} tone="dim" small />
          <span class="completion-label">{item.label}</span>
          <span class="completion-detail dim small">{item.detail}</span>
        </div>
      ))}
    </div>
  );
}
