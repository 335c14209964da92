/** Why a change is refused: asked below it, and nobody has to answer. */

import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { takeFocus } from '../shared/focus';

export interface ReasonBoxProps {
  /** The change, as people name it. */
  readonly id: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onDone: () => void;
}

export function ReasonBox({ id, text, onText, onDone }: ReasonBoxProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => takeFocus(field.current), []);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    // Ctrl+Enter applies the revision, from here as well.
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onDone();
  };
  return (
    <div class="reason-box">
      <input
        ref={field}
        class="reason-text"
        type="text"
        value={text}
        aria-label={`Why refuse ${id}? Optional, it goes with your next request`}
        placeholder="Why? It goes with your next request"
        onInput={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span class="meta dim reason-keys" aria-hidden="true">
        <span class="key">Enter</span> keep <span class="key">Esc</span> none
      </span>
    </div>
  );
}
