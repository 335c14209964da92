/** One task: what was claimed, what the checks say, what it changed, and what may be done about it. */
import type { JSX } from 'preact';
import type { RunAct, RunDetail, RunPlace, RunRow } from '../../protocol/run';
import { Icon, Spinner } from '../shared/icon';
import { ChecksTable } from './checksTable';
import { DetailActs, Hint } from './detailActs';
import { Files, Output, Planned, Review } from './detailParts';
import { PHASES } from './looks';

export interface DetailProps {
  readonly row: RunRow;
  /** Undefined while the host looks it up. */
  readonly detail: RunDetail | undefined;
  readonly hint: string;
  /** Retry is the next right act. */
  readonly filled: boolean;
  readonly onHint: (hint: string) => void;
  readonly onSend: () => void;
  readonly onAct: (act: RunAct) => void;
  readonly onOpen: (place: RunPlace) => void;
  readonly onChange: (path: string) => void;
}

export function Detail(props: DetailProps): JSX.Element {
  const { row, detail } = props;
  const { icon, tone } = PHASES[row.phase];
  return (
    <section class="detail" aria-labelledby="detail-title" tabIndex={-1} data-focus="detail">
      <div class="detail-head">
        {icon === undefined ? <Spinner /> : <Icon name={icon} tone={tone} />}
        <h2 id="detail-title">
          {row.id} {row.title}
        </h2>
        {detail?.tag !== undefined && <span class="tag strong">{detail.tag}</span>}
        {detail && detail.criteria.length > 0 && <Criteria detail={detail} />}
      </div>
      {detail && <Body {...props} detail={detail} />}
    </section>
  );
}

function Body(props: DetailProps & { readonly detail: RunDetail }): JSX.Element {
  const { detail, onAct, onOpen, onChange } = props;
  const { claim, says, why } = detail.verdict;
  return (
    <>
      <p class="verdict">
        {claim !== undefined && `${claim} `}
        <strong>{says}</strong> {why}
      </p>
      {detail.earlier.length > 0 && (
        <ul class="earlier small dim">
          {detail.earlier.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {detail.suspicions.map((words) => (
        <p key={words} class="suspicion small">
          <Icon name="warning" tone="warn" small /> {words}
        </p>
      ))}
      {detail.planned && <Planned {...detail.planned} />}
      {detail.checks.length > 0 && <ChecksTable checks={detail.checks} />}
      {detail.output && <Output output={detail.output} onOpen={onOpen} />}
      {detail.review.length > 0 && <Review lines={detail.review} onOpen={onOpen} />}
      <Files detail={detail} {...{ onAct, onChange }} />
      {detail.acts.includes('retry') && <Hint {...props} />}
      <DetailActs acts={detail.acts} onAct={onAct} />
    </>
  );
}

function Criteria({ detail }: { readonly detail: RunDetail }): JSX.Element {
  return (
    <p class="detail-criteria small">
      <span class="dim">Criteria</span>
      {detail.criteria.map(({ id, proved, why }) => (
        <span key={id} class="tabular" title={why}>
          <Icon name={proved ? 'check' : 'circle-slash'} tone={proved ? 'ok' : 'dim'} small /> {id}
          <span class="visually-hidden">{proved ? ' proved' : ' unproven'}</span>
        </span>
      ))}
    </p>
  );
}
