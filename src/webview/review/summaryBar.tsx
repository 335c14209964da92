/** The sentence of what is open, and one pip for each criterion. */
import type { JSX } from 'preact';
import type { ReviewModel } from '../../protocol/review';
import { Icon } from '../shared/icon';
import { memo } from '../shared/memo';
import { coverage } from './coverage';
import type { FilterId } from './filters';
import { countCriteria, summarize } from './summary';

export interface SummaryBarProps {
  readonly model: ReviewModel;
  /** Shows only what the words count. */
  readonly onFilter: (filter: FilterId) => void;
  /** Goes to a criterion. */
  readonly onJump: (id: string) => void;
}

export const SummaryBar = memo(({ model, onFilter, onJump }: SummaryBarProps): JSX.Element => {
  const { sign, strong, parts } = summarize(model);
  return (
    <div class="summary">
      <p class="sentence" role="status">
        {sign && <Icon name={sign.icon} tone={sign.tone} />}
        <strong>{strong}</strong>{' '}
        {parts.map((part, index) =>
          typeof part === 'string' ? (
            part
          ) : (
            <button key={index} type="button" class="link" onClick={() => onFilter(part.filter)}>
              {part.text}
            </button>
          ),
        )}
      </p>
      <Pips model={model} onJump={onJump} />
    </div>
  );
});

/** Of so many, each is drawn narrower. */
const MANY = 30;

function Pips({ model, onJump }: Pick<SummaryBarProps, 'model' | 'onJump'>): JSX.Element | null {
  if (countCriteria(model) === 0) return null;
  const found = coverage(model);
  if (!found)
    return model.busy ? null : <span class="small dim pips-note">Coverage starts with the design.</span>;
  const label = `${found.covered} of ${found.total} criteria are covered`;
  return (
    <div class="coverage">
      <span class="small dim pips-word" aria-hidden="true">
        Covered
      </span>
      <div class={found.pips.length > MANY ? 'pips many' : 'pips'} role="img" aria-label={label}>
        {found.pips.map((pip) => (
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: a short cut for the pointer; the keyboard goes through the list
          <span
            key={pip.target}
            class={`pip ${pip.state}${pip.first ? ' first' : ''}`}
            title={pip.label}
            onClick={() => onJump(pip.target)}
          />
        ))}
      </div>
      <span class="small tabular" aria-hidden="true">
        {found.covered} of {found.total}
        <span class="pips-after"> covered</span>
      </span>
    </div>
  );
}
