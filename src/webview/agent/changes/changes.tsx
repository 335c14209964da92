/** What a turn changed, to be kept or refused piece by piece: stands below the log until it is decided. */

import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChangesView, FileView } from '../../../core/agent/changes/view';
import { Button, IconButton } from '../../shared/button';
import { takeFocus } from '../../shared/focus';
import { plural } from '../../shared/format';
import { Icon } from '../../shared/icon';
import type { AgentActs } from '../agentActs';
import { ChangedFile } from './changesFile';
import { countPieces } from './changesWords';

export interface ChangesProps {
  readonly changes: ChangesView | undefined;
  readonly running: boolean;
  readonly acts: AgentActs;
}

export function Changes({ changes, running, acts }: ChangesProps): JSX.Element | null {
  if (!changes) return null;
  if (changes.state === 'open') return <Review changes={changes} running={running} acts={acts} />;
  const left = changes.files.filter((file) => file.left !== undefined);
  if (changes.state === 'settled' && left.length > 0) return <Left files={left} acts={acts} />;
  return null;
}

interface ReviewProps extends ChangesProps {
  readonly changes: ChangesView;
}

function Review({ changes, running, acts }: ReviewProps): JSX.Element {
  const box = useRef<HTMLElement>(null);
  const [sent, setSent] = useState(false);
  // What was not taken may be said again.
  useLayoutEffect(() => setSent(false), [changes]);
  // Who was typing goes on typing.
  useLayoutEffect(() => {
    const { activeElement } = document;
    if (!(activeElement instanceof HTMLInputElement))
      takeFocus(box.current?.querySelector<HTMLElement>('.keep'));
  }, []);
  const { files } = changes;
  const { pieces, refused } = countPieces(files);
  const decide = (how: 'chosen' | 'keepAll' | 'refuseAll'): void => {
    if (sent) return;
    setSent(true);
    acts.review({ type: 'decide', how });
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const delta = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      decide('chosen');
    } else if (delta !== undefined && !event.altKey && box.current) {
      event.preventDefault();
      step(box.current, delta);
    }
  };
  return (
    <section class="changes" aria-label="Review the changes of this turn" ref={box} onKeyDown={onKeyDown}>
      <header class="changes-head">
        <Icon name="checklist" tone="warn" />
        <h2>
          {plural(files.length, 'file')} changed: keep {files.length === 1 ? 'it' : 'them'}?
        </h2>
        <IconButton
          icon="diff-multiple"
          label="Open all changes in one diff"
          act="openChanges"
          onPress={() => acts.openChanges()}
        />
      </header>
      <div class="changes-files scroller">
        {files.map((file) => (
          <ChangedFile key={file.path} file={file} acts={acts} />
        ))}
      </div>
      {changes.commands && (
        <p class="small dim">Commands ran, too. What they changed themselves is not in this list.</p>
      )}
      <p class="small dim">
        {running
          ? 'It is written already. The agent waits; what you refuse is taken back, and it is told.'
          : 'It is written already. What you refuse is taken back.'}
      </p>
      <div class="changes-acts">
        <Button
          act="decide"
          look="filled"
          label={refused === 0 ? 'Keep All' : `Keep ${pieces - refused}, Refuse ${refused}`}
          shortcut="Ctrl+Enter"
          onPress={() => decide('chosen')}
        />
        {refused < pieces && (
          <Button act="refuseAll" label="Refuse All" onPress={() => decide('refuseAll')} />
        )}
        {refused > 0 && <Button act="keepAll" label="Keep All" onPress={() => decide('keepAll')} />}
      </div>
    </section>
  );
}

/** To the next or the previous choice. */
function step(box: HTMLElement, delta: number): void {
  const stops = [...box.querySelectorAll<HTMLElement>('.keep')];
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const next = stops[Math.min(stops.length - 1, Math.max(0, at + delta))];
  takeFocus(next);
  next?.scrollIntoView({ block: 'nearest' });
}

/** What was refused and is still there, with the reason. */
function Left({
  files,
  acts,
}: {
  readonly files: readonly FileView[];
  readonly acts: AgentActs;
}): JSX.Element {
  return (
    <section class="changes left" role="alert">
      <header class="changes-head">
        <Icon name="warning" tone="warn" />
        <h2>{files.length === 1 ? 'Not taken back' : `${files.length} files not taken back`}</h2>
      </header>
      <ul class="small">
        {files.map(({ path, left }) => (
          <li key={path}>
            <button type="button" class="link mono" onClick={() => acts.openFile(path)}>
              {path}
            </button>
            : {left}
          </li>
        ))}
      </ul>
    </section>
  );
}
