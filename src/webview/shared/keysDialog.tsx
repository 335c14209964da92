/** The keys of a panel: hints at the foot, and all of them in a dialog. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from './button';
import { type KeyEntry, keyText } from './keyText';

function Keys({ keys }: { readonly keys: readonly string[] }): JSX.Element {
  return (
    <span class="key-group">
      {keys.map((key) => (
        <span key={key} class={key === '–' ? undefined : 'key'}>
          {keyText(key)}
        </span>
      ))}
    </span>
  );
}

export interface HintsProps {
  readonly keys: readonly KeyEntry[];
  readonly onAll: () => void;
}

export function Hints({ keys, onAll }: HintsProps): JSX.Element {
  return (
    <footer class="hints meta dim">
      {keys.map((entry) =>
        entry.hint ? (
          <span key={entry.hint} class="hint">
            <Keys keys={entry.keys} />
            {entry.hint}
          </span>
        ) : null,
      )}
      <span class="spacer" />
      <button type="button" class="hint hint-all" onClick={onAll}>
        <span class="key">?</span>
        all keys
      </button>
    </footer>
  );
}

export interface KeysDialogProps {
  readonly keys: readonly KeyEntry[];
  readonly onClose: () => void;
}

export function KeysDialog({ keys, onClose }: KeysDialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="keys-dialog" aria-labelledby="keys-title" onClose={onClose}>
      <div class="keys-head">
        <h2 id="keys-title">Keys</h2>
        <IconButton icon="close" label="Close (Esc)" onPress={onClose} />
      </div>
      <dl class="keys-list">
        {keys.map((entry) => (
          <div key={entry.does} class="keys-entry">
            <dt>
              <Keys keys={entry.keys} />
            </dt>
            <dd>{entry.does}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
