/** The request for changes, written where it will be answered. */

import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../shared/button';
import { takeFocus } from '../shared/focus';
import { Icon } from '../shared/icon';

export interface ComposerProps {
  readonly fileName: string;
  readonly text: string;
  /** What goes with it. */
  readonly also: string | undefined;
  readonly onText: (text: string) => void;
  readonly onSend: () => void;
  readonly onCancel: () => void;
}

export function Composer({ fileName, text, also, onText, onSend, onCancel }: ComposerProps): JSX.Element {
  const area = useRef<HTMLTextAreaElement>(null);
  const empty = text.trim() === '' && also === undefined;
  useLayoutEffect(() => takeFocus(area.current), []);
  useLayoutEffect(() => {
    const box = area.current;
    if (!box) return;
    // Grows with its text up to the limit in the style sheet.
    box.style.setProperty('height', 'auto');
    box.style.setProperty('height', `${box.scrollHeight + 2}px`);
  }, [text]);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      if (!empty) onSend();
    }
  };
  return (
    <section class="composer" aria-label="Request changes">
      <label class="composer-title" for="request">
        <Icon name="edit" small />
        <strong>What should change in {fileName}?</strong>
        <span class="dim small">The answer comes as a revision that you accept or refuse. {also}</span>
      </label>
      <textarea
        id="request"
        ref={area}
        class="composer-text scroller"
        rows={2}
        value={text}
        placeholder="Split 2.3: codes in the cache, codes that are not. Drop “if possible”."
        onInput={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="composer-acts">
        <Button act="cancelRequest" look="bare" label="Cancel" shortcut="Esc" onPress={onCancel} />
        <Button
          act="sendRequest"
          look={empty ? undefined : 'filled'}
          label="Send request"
          shortcut="Ctrl+Enter"
          blocked={empty ? 'Say what should change' : undefined}
          onPress={onSend}
        />
      </div>
    </section>
  );
}
