/** The waves, side by side; in each its tasks. One tab stop: the arrows move inside. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RunRow, RunWave } from '../../protocol/run';
import { useNow } from '../shared/clock';
import { Icon, Spinner } from '../shared/icon';
import { memo } from '../shared/memo';
import { PHASES } from './looks';
import { clockOf, isRunning, waveWords } from './tasks';

export interface WavesProps {
  readonly waves: readonly RunWave[];
  readonly chosen: string | undefined;
  readonly onChoose: (task: string) => void;
  readonly onEnter: () => void;
}

export function Waves({ waves, chosen, onChoose, onEnter }: WavesProps): JSX.Element {
  const box = useRef<HTMLElement>(null);
  // Only where it is out of sight, and never the panel around it.
  useLayoutEffect(() => {
    box.current
      ?.querySelector('[aria-current="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  return (
    <section ref={box} class="waves scroller" aria-label="Waves">
      {waves.map((wave) => (
        <Wave key={wave.number} {...{ wave, onChoose, onEnter }} chosen={chosenIn(wave, chosen)} />
      ))}
    </section>
  );
}

function chosenIn({ rows }: RunWave, chosen: string | undefined): string | undefined {
  return rows.some(({ key }) => key === chosen) ? chosen : undefined;
}

interface WaveProps extends Pick<WavesProps, 'chosen' | 'onChoose' | 'onEnter'> {
  readonly wave: RunWave;
}

const Wave = memo(({ wave, chosen, onChoose, onEnter }: WaveProps): JSX.Element => {
  const title = `wave-${wave.number}`;
  return (
    <div class="wave">
      <h2 id={title} class="wave-title">
        Wave {wave.number} <WaveState wave={wave} />
      </h2>
      <ol aria-labelledby={title}>
        {wave.rows.map((row) => (
          <Row key={row.key} row={row} isChosen={row.key === chosen} {...{ onChoose, onEnter }} />
        ))}
      </ol>
    </div>
  );
});

function WaveState({ wave }: { readonly wave: RunWave }): JSX.Element {
  const { state, spans } = waveWords(wave);
  const time = clockOf(spans, useNow(wave.rows.some(isRunning)));
  return (
    <span class="small dim tabular">{[state, time].filter((words) => words !== undefined).join(', ')}</span>
  );
}

interface RowProps extends Pick<WavesProps, 'onChoose' | 'onEnter'> {
  readonly row: RunRow;
  readonly isChosen: boolean;
}

const Row = memo(({ row, isChosen, onChoose, onEnter }: RowProps): JSX.Element => {
  const { key, id, title, optional, phase } = row;
  const { icon, tone, word } = PHASES[phase];
  return (
    <li>
      <button
        type="button"
        class={`run-row is-${phase}${optional ? ' is-optional' : ''}`}
        data-nav={key}
        tabIndex={isChosen ? 0 : -1}
        aria-current={isChosen}
        onClick={(event) => {
          onChoose(key);
          // By the keyboard, Enter goes on to the detail.
          if (event.detail === 0) onEnter();
        }}
      >
        <span class="run-row-icon">
          {icon === undefined ? <Spinner /> : <Icon name={icon} tone={tone} />}
        </span>
        <span class="run-row-title">
          {id !== undefined && (
            <strong class="tabular">
              {id}
              {optional && '*'}
            </strong>
          )}{' '}
          {title}
          <span class="visually-hidden">, {word}</span>
        </span>
        <Facts row={row} />
      </button>
    </li>
  );
});

function Facts({ row }: { readonly row: RunRow }): JSX.Element {
  const { spans, facts } = row;
  const clock = clockOf(spans, useNow(isRunning(row)));
  const time = clock === undefined ? [] : [clock];
  return <span class="run-row-facts small dim tabular">{[...time, ...facts].join(', ')}</span>;
}
