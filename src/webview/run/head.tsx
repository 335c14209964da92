/** Which run this is, how it stands, and what may be done with all of it. */
import type { JSX } from 'preact';
import type { FromRun, RunPanelModel, RunPanelStatus } from '../../protocol/run';
import { Button, IconButton } from '../shared/button';
import { Icon } from '../shared/icon';
import type { IconName } from '../shared/iconNames';
import type { FilledAct } from './tasks';

type RunWord = Extract<FromRun, { type: 'run' }>['act'];

export interface HeadProps {
  readonly model: RunPanelModel;
  readonly filled: FilledAct;
  readonly onRun: (act: RunWord) => void;
}

const TAGS: Readonly<Partial<Record<NonNullable<RunPanelModel['tag']>['look'], IconName>>> = {
  needsYou: 'bell-dot',
  paused: 'debug-pause',
  stopping: 'debug-stop',
  interrupted: 'debug-disconnect',
  done: 'pass-filled',
  failed: 'error',
  stopped: 'circle-slash',
  reopened: 'discard',
  ticked: 'check',
};

export function Head({ model, filled, onRun }: HeadProps): JSX.Element {
  const { title, about, status, tag, hasHistory } = model;
  const icon = tag && TAGS[tag.look];
  return (
    <header class="run-head">
      <h1>{title}</h1>
      <p class="dim run-about">{about}</p>
      {tag !== undefined && (
        <span class={`tag strong is-${tag.look}`}>
          {icon && <Icon name={icon} small />}
          {tag.words}
        </span>
      )}
      <span class="run-acts">
        <Acts {...{ status, filled, onRun }} />
        {hasHistory && (
          <IconButton
            icon="history"
            label="Show another run"
            act="history"
            onPress={() => onRun('history')}
          />
        )}
      </span>
    </header>
  );
}

interface ActsProps extends Pick<HeadProps, 'filled' | 'onRun'> {
  readonly status: RunPanelStatus;
}

function Acts({ status, filled, onRun }: ActsProps): JSX.Element | null {
  const look = (act: FilledAct) => (filled === act ? 'filled' : undefined);
  const pause = (
    <Button icon="debug-pause" label="Pause" shortcut="P" act="pause" onPress={() => onRun('pause')} />
  );
  const goOn = (
    <Button
      icon="play"
      label="Go on"
      shortcut={status === 'paused' || status === 'interrupted' ? 'P' : undefined}
      look={look('goOn')}
      act="goOn"
      onPress={() => onRun('goOn')}
    />
  );
  const stopAfter = (
    <Button
      icon="debug-stop"
      label="Stop after these"
      title="No other task begins; those that run are finished"
      act="stopAfter"
      onPress={() => onRun('stopAfter')}
    />
  );
  const stopNow = (look?: 'bare') => (
    <Button
      icon={look ? undefined : 'debug-stop'}
      label="Stop now"
      title="Ends what runs; its boxes are open again, and it can be gone on with"
      shortcut="X"
      look={look}
      act="stop"
      onPress={() => onRun('stop')}
    />
  );
  const report = (
    <Button icon="note" label="Report" look={look('report')} act="report" onPress={() => onRun('report')} />
  );
  const plan = (
    <Button icon="run-all" label="Plan" title="Plan another run" act="plan" onPress={() => onRun('plan')} />
  );
  switch (status) {
    case 'plan':
    case 'nothing':
      return null;
    case 'running':
    case 'needsYou':
      return <>{[pause, stopAfter, stopNow('bare'), report]}</>;
    case 'stopping':
      return <>{[stopNow(), report]}</>;
    case 'paused':
      return <>{[goOn, stopNow(), report]}</>;
    case 'interrupted':
    case 'failed':
    case 'stopped':
      return <>{[goOn, report, plan]}</>;
    case 'done':
      return <>{[report, plan]}</>;
  }
}
