/** What is chosen before a run, and what it will do. */
import type { JSX } from 'preact';
import type { RunChoices, RunOffer, RunPlanView } from '../../protocol/run';
import { Button } from '../shared/button';
import { Icon } from '../shared/icon';
import { optionOf, selectionOf } from './selection';

export interface PlanProps {
  readonly plan: RunPlanView;
  readonly filled: boolean;
  readonly count: number;
  readonly onChange: (choices: RunChoices) => void;
  readonly onStart: () => void;
  readonly onLine: (line: number) => void;
}

const WORKERS = [1, 2, 3, 4];
const TRIES = [1, 2, 3, 4, 5];

export function PlanView({ plan, filled, count, onChange, onStart, onLine }: PlanProps): JSX.Element {
  const { choices, findings } = plan;
  const isBlocked = findings.some(({ error }) => error);
  return (
    <section class="plan" aria-label="Plan">
      <div class="plan-choices">
        <What {...{ plan, onChange }} />
        <label>
          <span class="dim">Side by side</span>
          <select
            value={choices.parallel}
            onChange={({ currentTarget }) => onChange({ ...choices, parallel: Number(currentTarget.value) })}
          >
            {[...new Set([...WORKERS, choices.parallel])].map((workers) => (
              <option key={workers} value={workers}>
                {workers === 1 ? 'one at a time' : `${workers} at a time`}
              </option>
            ))}
          </select>
        </label>
        <label title="How often the agent may try one task before it waits for you">
          <span class="dim">Tries</span>
          <select
            class="plan-tries"
            value={choices.tries}
            onChange={({ currentTarget }) => onChange({ ...choices, tries: Number(currentTarget.value) })}
          >
            {TRIES.map((tries) => (
              <option key={tries} value={tries}>
                {tries}
              </option>
            ))}
          </select>
        </label>
        <label title="In dollars. The run stops before it would cost more">
          <span class="dim">Budget $</span>
          <input
            class="plan-budget"
            type="number"
            min="0"
            step="any"
            placeholder="none"
            value={choices.budget ?? ''}
            onChange={({ currentTarget }) => {
              const budget = Number(currentTarget.value);
              onChange({ ...choices, budget: budget > 0 ? budget : undefined });
            }}
          />
        </label>
        <label class="plan-check" title="A second session with a fresh context judges each task">
          <input
            type="checkbox"
            checked={choices.reviewer}
            onChange={({ currentTarget }) => onChange({ ...choices, reviewer: currentTarget.checked })}
          />
          Reviewer
        </label>
        <span class="spacer" />
        <Button
          icon="run-all"
          label={runWords(count)}
          shortcut="Ctrl+Enter"
          look={filled ? 'filled' : undefined}
          blocked={isBlocked ? 'Mend what is wrong in tasks.md first' : count === 0 ? plan.empty : undefined}
          act="start"
          onPress={onStart}
        />
      </div>
      {findings.map(({ message, line, error }) => (
        <p key={`${line} ${message}`} class="plan-finding small">
          <Icon name={error ? 'error' : 'warning'} tone={error ? 'err' : 'warn'} small />
          <span>
            {message}{' '}
            <button type="button" class="link" onClick={() => onLine(line)}>
              tasks.md:{line + 1}
            </button>
          </span>
        </p>
      ))}
      {plan.empty === undefined && <Facts plan={plan} />}
    </section>
  );
}

/** Which tasks. */
function What({ plan, onChange }: Pick<PlanProps, 'plan' | 'onChange'>): JSX.Element {
  const { choices, requirements, tasks } = plan;
  return (
    <label>
      <span class="dim">Run</span>
      <select
        class="plan-what"
        value={optionOf(choices.selection)}
        onChange={({ currentTarget }) =>
          onChange({ ...choices, selection: selectionOf(currentTarget.value) })
        }
      >
        <option value="required">required tasks</option>
        <option value="all">optional ones too</option>
        <Offers label="Everything that covers" kind="covering" offers={requirements} />
        <Offers label="Again from" kind="from" offers={tasks} />
      </select>
    </label>
  );
}

function Offers({
  label,
  kind,
  offers,
}: {
  readonly label: string;
  readonly kind: 'covering' | 'from';
  readonly offers: readonly RunOffer[];
}): JSX.Element | null {
  if (offers.length === 0) return null;
  // A closed list shows the option alone.
  const before = kind === 'covering' ? 'covers' : 'from';
  return (
    <optgroup label={label}>
      {offers.map(({ key, words }) => (
        <option key={key} value={`${kind}:${key}`}>
          {before} {words}
        </option>
      ))}
    </optgroup>
  );
}

function Facts({ plan }: { readonly plan: RunPlanView }): JSX.Element {
  const { estimate, touches, checks, budget } = plan;
  return (
    <dl class="plan-facts small">
      <Fact name="Estimate" value={estimate ?? 'not known: nothing like it has run here yet'} />
      <Fact name="May touch" value={touches} />
      <div>
        <dt class="dim">Proved by</dt>
        <dd>
          {checks.length === 0 && 'no check is known yet, so nothing would be ticked'}
          {checks.map(({ command, source }) => (
            <span key={command} class="plan-command" title={source}>
              <code class="mono">{command}</code>
            </span>
          ))}
        </dd>
      </div>
      {budget !== undefined && <Fact name="Budget" value={budget} />}
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <div>
      <dt class="dim">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function runWords(count: number): string {
  return count === 0 ? 'Run' : count === 1 ? 'Run 1 task' : `Run ${count} tasks`;
}
