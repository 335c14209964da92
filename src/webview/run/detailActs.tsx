/** What may be done about a task. */
import type { JSX } from 'preact';
import type { RunAct } from '../../protocol/run';
import { Button } from '../shared/button';
import type { IconName } from '../shared/iconNames';
import type { DetailProps } from './detail';

export function Hint({ hint, filled, onHint, onSend }: DetailProps): JSX.Element {
  const label = hint.trim() === '' ? 'Retry' : 'Retry with hint';
  return (
    <div class="hint-box">
      <label class="small dim" for="hint">
        Hint for the next try, sent with the failing check
      </label>
      <div class="hint-row">
        <textarea
          id="hint"
          class="hint-text"
          data-focus="hint"
          rows={1}
          value={hint}
          placeholder="What it should do differently (optional)"
          aria-keyshortcuts="R"
          onInput={(event) => onHint(event.currentTarget.value)}
        />
        <Button
          icon="debug-restart"
          label={label}
          shortcut="Ctrl+Enter"
          look={filled ? 'filled' : undefined}
          act="retry"
          onPress={onSend}
        />
      </div>
    </div>
  );
}

const WORDS: Readonly<
  Record<Exclude<RunAct, 'retry'>, { readonly label: string; readonly icon: IconName; readonly key?: string }>
> = {
  changes: { label: 'Show changes', icon: 'diff-multiple', key: 'D' },
  restore: { label: 'Restore to before', icon: 'discard', key: 'Z' },
  from: { label: 'Again from here', icon: 'run-all' },
  skip: { label: 'Skip', icon: 'debug-step-over', key: 'S' },
  markDone: { label: 'Mark as done', icon: 'check' },
  evidence: { label: 'Evidence', icon: 'verified', key: 'E' },
  session: { label: 'Open session', icon: 'comment-discussion', key: 'L' },
};

const ORDER = ['changes', 'restore', 'from', 'skip', 'markDone', 'evidence', 'session'] as const;

export function DetailActs({
  acts,
  onAct,
}: {
  readonly acts: readonly RunAct[];
  readonly onAct: (act: RunAct) => void;
}): JSX.Element {
  return (
    <div class="detail-acts">
      {ORDER.filter((act) => acts.includes(act)).map((act) => {
        const { label, icon, key } = WORDS[act];
        const bare = act === 'session' || act === 'evidence';
        return (
          <Button
            key={act}
            {...{ label, icon, act }}
            shortcut={key}
            look={bare ? 'bare' : undefined}
            onPress={() => onAct(act)}
          />
        );
      })}
    </div>
  );
}
