/** What is chosen before a run, and what it will do. */
import type { JSX } from 'preact';
import type { RunChoices, RunPlanView } from '../../protocol/run';
import { Button } from '../shared/button';
import { Icon } from '../shared/icon';

export interface PlanProps {
  readonly plan: RunPlanView;
  readonly filled: boolean;
  readonly count: number;
  readonly onChange: (choices: RunChoices) => void;
  readonly onStart: () => void;
  readonly onLine: (line: number) => void;
}

const WORKERS = [1, 2, 3, 4];

export function PlanView({ plan, filled, count, onChange, onStart, onLine }: PlanProps): JSX.Element {
  const { choices, estimate, touches, checks, budget, findings } = plan;
  const isBlocked = findings.some(({ error }) => error);
  return (
    <section class="plan" aria-label="Plan">
      <div class="plan-choices">
        <label>
          <span class="dim">Run</span>
          <select
            value={choices.selection}
            onChange={({ currentTarget }) =>
              onChange({ ...choices, selection: currentTarget.value === 'all' ? 'all' : 'required' })
            }
          >
            <option value="required">required tasks</option>
            <option value="all">optional ones too</option>
          </select>
        </label>
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
          label={count === 1 ? 'Run 1 task' : `Run ${count} tasks`}
          shortcut="Ctrl+Enter"
          look={filled ? 'filled' : undefined}
          blocked={isBlocked ? 'Mend what is wrong in tasks.md first' : undefined}
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
    </section>
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
