/** How far it is: a square for each task, and the sums; said aloud only every few seconds. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RunPanelModel, RunRow } from '../../protocol/run';
import { useNow } from '../shared/clock';
import { clockOf, isRunning, rowsOf } from './tasks';

/** Above this, squares are too small to tell apart. */
const MOST_PIPS = 60;
const QUIET = 5000;

export function Summary({ model }: { readonly model: RunPanelModel }): JSX.Element {
  const { summary, cost, left, waves } = model;
  const words = [summary.done, ...summary.others].join(', ');
  const rows = rowsOf(waves);
  const now = useNow(rows.some(isRunning));
  const time = clockOf(
    rows.flatMap(({ spans }) => spans),
    now,
  );
  return (
    <section class="run-summary" aria-label="Progress">
      {rows.length <= MOST_PIPS ? <Pips {...{ model, words }} /> : <Bar {...{ rows, words }} />}
      <p class="sentence">
        <strong>{summary.done}</strong>
        {summary.others.map((each) => `, ${each}`)}
      </p>
      <p class="run-sums dim tabular">
        {time}
        {cost !== undefined && (
          <>
            {time !== undefined && ', '}
            <strong>{cost}</strong>
          </>
        )}
        {left !== undefined && `, ${left}`}
      </p>
      <Spoken words={words} />
    </section>
  );
}

function Pips({ model, words }: { readonly model: RunPanelModel; readonly words: string }): JSX.Element {
  return (
    <span class="run-pips" role="img" aria-label={words}>
      {model.waves.map(({ number, rows }) => (
        <span key={number} class="run-pip-group">
          {rows.map((row) => (
            <span
              key={row.key}
              class={`run-pip is-${pipOf(row)}`}
              title={`${row.id ?? ''} ${row.title}`.trim()}
            />
          ))}
        </span>
      ))}
    </span>
  );
}

function pipOf(row: RunRow): string {
  return isRunning(row) ? 'running' : row.phase;
}

function Bar({ rows, words }: { readonly rows: readonly RunRow[]; readonly words: string }): JSX.Element {
  const kinds = ['done', 'running', 'failed', 'unproven', 'skipped', 'stopped', 'interrupted'] as const;
  const counts = kinds.map((kind) => [kind, rows.filter((row) => pipOf(row) === kind).length] as const);
  return (
    <svg
      class="run-bar"
      role="img"
      aria-label={words}
      viewBox={`0 0 ${rows.length} 1`}
      preserveAspectRatio="none"
    >
      <title>{words}</title>
      {counts.map(([kind, count], index) => {
        const before = counts.slice(0, index).reduce((all, [, each]) => all + each, 0);
        return <rect key={kind} class={`bar-${kind}`} x={before} width={count} height="1" />;
      })}
    </svg>
  );
}

/** For those who hear it: at most every five seconds, so that words are not cut off by the next. */
function Spoken({ words }: { readonly words: string }): JSX.Element {
  const [said, setSaid] = useState(words);
  const at = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, at.current + QUIET - Date.now());
    const timer = setTimeout(() => {
      at.current = Date.now();
      setSaid(words);
    }, wait);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <span class="visually-hidden" role="status">
      {said}
    </span>
  );
}
