/** What stands below the verdict: output, files, a review, and what a planned task is about. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ReviewLine, RunAct, RunDetail, RunPlace } from '../../protocol/run';
import { useNow } from '../shared/clock';
import { formatTime, plural } from '../shared/format';
import { Icon } from '../shared/icon';
import { isFailing, tellingLines } from './outputLines';

/** So many lines are read at a glance; the others are a press away. */
const SHOWN = 14;

export function Output({
  output: { command, text, places },
  onOpen,
}: {
  readonly output: NonNullable<RunDetail['output']>;
  readonly onOpen: (place: RunPlace) => void;
}): JSX.Element {
  const [whole, setWhole] = useState(false);
  const lines = text.split('\n');
  const shown = whole ? lines : tellingLines(lines, SHOWN);
  return (
    <figure class="output" aria-label={`Output of ${command}`}>
      {shown.length < lines.length && (
        <button type="button" class="output-more link small" onClick={() => setWhole(true)}>
          All {plural(lines.length, 'line')}
        </button>
      )}
      <pre class="mono">
        {shown.map((line, index) => (
          <span key={index} class={isFailing(line) ? 'tone-err' : undefined}>
            {`${line}\n`}
          </span>
        ))}
      </pre>
      {places.length > 0 && (
        <figcaption class="places small">
          {places.map((place) => (
            <button key={placeWords(place)} type="button" class="link mono" onClick={() => onOpen(place)}>
              {placeWords(place)}
            </button>
          ))}
        </figcaption>
      )}
    </figure>
  );
}

function placeWords({ path, line }: RunPlace): string {
  return line === undefined ? path : `${path}:${line}`;
}

export function Files({
  detail: { files, checkpoint, acts, tag },
  onAct,
  onChange,
}: {
  readonly detail: RunDetail;
  readonly onAct: (act: RunAct) => void;
  readonly onChange: (path: string) => void;
}): JSX.Element | null {
  const now = useNow(false);
  // While it is worked on, nobody has counted yet.
  const counted = files.length > 0 || tag !== undefined;
  if (!counted && checkpoint === undefined) return null;
  return (
    <div class="files small">
      <span class="dim">
        {!counted ? '' : files.length === 0 ? 'No files changed' : `${plural(files.length, 'file')} changed`}
      </span>
      {files.map(({ path, change, added, removed, outside }) => (
        <span key={path} class="file tabular">
          <button type="button" class="link" onClick={() => onChange(path)}>
            {path}
          </button>{' '}
          {change !== 'changed' && <span class="dim">{change} </span>}
          {added > 0 && <span class="tone-ok">+{added} </span>}
          {removed > 0 && <span class="tone-err">−{removed} </span>}
          {outside && (
            <span class="tone-warn">
              <Icon name="warning" small /> outside
            </span>
          )}
        </span>
      ))}
      {checkpoint && (
        <span class="checkpoint dim">
          checkpoint{' '}
          {acts.includes('restore') ? (
            <button type="button" class="link" onClick={() => onAct('restore')}>
              before it
            </button>
          ) : (
            'before it'
          )}
          {checkpoint.at !== undefined && `, ${formatTime(checkpoint.at, now)}`}
        </span>
      )}
    </div>
  );
}

export function Review({
  lines,
  onOpen,
}: {
  readonly lines: readonly ReviewLine[];
  readonly onOpen: (place: RunPlace) => void;
}): JSX.Element {
  return (
    <ul class="reviewed small" aria-label="Answers of the reviewer">
      {lines.map(({ id, met, why, places }) => (
        <li key={id}>
          <Icon name={met ? 'check' : 'error'} tone={met ? 'ok' : 'err'} small />
          <span class="tabular">
            <strong>{id}</strong> {met ? 'met' : 'not met'}
          </span>
          <span>
            {why}{' '}
            {places.map((place) => (
              <button key={place} type="button" class="link mono" onClick={() => onOpen(readPlace(place))}>
                {place}
              </button>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** `src/a.ts:12`. */
export function readPlace(text: string): RunPlace {
  const [, path = text, line] = /^(.*?):(\d+)$/.exec(text) ?? [];
  return line === undefined ? { path } : { path, line: Number(line) };
}

export function Planned({ boundary, checks }: NonNullable<RunDetail['planned']>): JSX.Element {
  return (
    <dl class="planned small">
      <div>
        <dt class="dim">May touch</dt>
        <dd>
          {boundary.length === 0 ? 'any file of the workspace: it has no boundary' : boundary.join(', ')}
        </dd>
      </div>
      <div>
        <dt class="dim">Proved by</dt>
        <dd>
          {checks.length === 0 ? (
            'no check yet: it would not be ticked'
          ) : (
            <span class="mono">{checks.join(', ')}</span>
          )}
        </dd>
      </div>
    </dl>
  );
}
