/** The keys: hints at the foot, and all of them in a dialog. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../shared/button';
import { KEY_LIST } from './keys';

function Keys({ keys }: { readonly keys: readonly string[] }): JSX.Element {
  return (
    <span class="key-group">
      {keys.map((key) => (
        <span key={key} class={key === '–' ? undefined : 'key'}>
          {key}
        </span>
      ))}
    </span>
  );
}

export function Hints({ onAll }: { readonly onAll: () => void }): JSX.Element {
  return (
    <footer class="hints meta dim">
      {KEY_LIST.map(({ keys, hint }) =>
        hint ? (
          <span key={hint} class="hint">
            <Keys keys={keys} />
            {hint}
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

export function KeysDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="keys-dialog" aria-labelledby="keys-title" onClose={onClose}>
      <div class="keys-head">
        <h2 id="keys-title">Keys</h2>
        <IconButton icon="close" label="Close (Esc)" onPress={onClose} />
      </div>
      <dl class="keys-list">
        {KEY_LIST.map(({ keys, does }) => (
          <div key={does} class="keys-entry">
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
