/** What the person should do next, in a sentence, with the act for it. */
import type { JSX } from 'preact';
import type { RunNotice } from '../../protocol/run';
import { Button } from '../shared/button';
import { Icon } from '../shared/icon';
import type { IconName } from '../shared/iconNames';
import type { FilledAct } from './tasks';

const ACTS: Readonly<
  Record<NonNullable<RunNotice['act']>, { readonly label: string; readonly icon: IconName }>
> = {
  session: { label: 'Answer in the session', icon: 'comment-discussion' },
  goOn: { label: 'Go on', icon: 'play' },
  retry: { label: 'Retry', icon: 'debug-restart' },
};

export interface NoticeProps {
  readonly notice: Pick<RunNotice, 'tone' | 'words'> & Partial<Pick<RunNotice, 'act'>>;
  readonly filled: FilledAct;
  readonly onAct: (act: NonNullable<RunNotice['act']>) => void;
}

export function Notice({ notice: { tone, words, act }, filled, onAct }: NoticeProps): JSX.Element {
  const icon = tone === 'err' ? 'error' : tone === 'warn' ? 'bell-dot' : 'info';
  return (
    <div class="run-notice" role={tone === 'err' || tone === 'warn' ? 'alert' : 'status'}>
      <Icon name={icon} tone={tone === 'plain' ? 'info' : tone} />
      <p>{words}</p>
      {act && (
        <Button
          {...ACTS[act]}
          look={filled === (act === 'retry' ? 'noticeRetry' : act) ? 'filled' : undefined}
          act={`notice-${act}`}
          onPress={() => onAct(act)}
        />
      )}
    </div>
  );
}
