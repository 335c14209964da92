/** The keys: hints at the foot, and all of them in a dialog. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../shared/button';
import { keyText } from '../shared/keyText';
import { KEY_LIST } from './keys';

function Keys({ keys }: { readonly keys: readonly string[] }): JSX.Element {
  return (
    <span class="key-group">
      {keys.map((key) =>
        key === '–' ? (
          <span key={key}>–</span>
        ) : (
          <span key={key} class="key">
            {keyText(key)}
          </span>
        ),
      )}
    </span>
  );
}

export interface HintsProps {
  readonly there: Readonly<Record<'list' | 'document', boolean>>;
  readonly onAll: () => void;
}

export function Hints({ there, onAll }: HintsProps): JSX.Element {
  return (
    <footer class="hints meta dim">
      {KEY_LIST.map((entry) =>
        entry.hint && (!entry.needs || there[entry.needs]) ? (
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
        {KEY_LIST.map((entry) => (
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
