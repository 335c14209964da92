/** Where a comment is written: in its place, sent with Ctrl+Enter. */

import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../shared/button';
import { takeFocus } from '../shared/focus';

export interface CommentBoxProps {
  readonly label: string;
  /** The words that it is about. */
  readonly quote: string;
  readonly text: string;
  readonly send: string;
  readonly onText: (text: string) => void;
  readonly onSend: () => void;
  readonly onCancel: () => void;
}

export function CommentBox(props: CommentBoxProps): JSX.Element {
  const { label, quote, text, send, onText, onSend, onCancel } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const empty = text.trim() === '';
  useLayoutEffect(() => {
    const box = area.current;
    takeFocus(box);
    box?.setSelectionRange(box.value.length, box.value.length);
  }, []);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key !== 'Enter' || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!empty) onSend();
  };
  return (
    <div class="comment-box">
      {quote !== '' && <p class="quote small dim">“{quote}”</p>}
      <textarea
        ref={area}
        class="composer-text scroller"
        rows={2}
        value={text}
        aria-label={label}
        placeholder={label}
        onInput={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="comment-acts">
        <Button
          act="sendComment"
          look="inline"
          label={send}
          shortcut="Ctrl+Enter"
          blocked={empty ? 'Write something first' : undefined}
          onPress={onSend}
        />
        <Button act="cancelComment" look="inline bare" label="Cancel" shortcut="Esc" onPress={onCancel} />
      </div>
    </div>
  );
}
