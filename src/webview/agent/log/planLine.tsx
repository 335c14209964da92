/** The steps of the agent, in the head of its session. */
import type { JSX } from 'preact';
import { type Plan, planWords } from './plan';

export interface PlanLineProps {
  readonly plan: Plan;
  readonly running: boolean;
}

export function PlanLine({ plan, running }: PlanLineProps): JSX.Element {
  const [place, step] = planWords(plan);
  const all = plan.steps.map((each, index) => `${index < plan.done ? '✓' : '·'} ${each}`).join('\n');
  return (
    <div class="plan-line small" title={all}>
      <span class="plan-pips" aria-hidden="true">
        {plan.steps.map((each, index) => (
          <span key={`${index} ${each}`} class={pipClass(index, plan.done, running)} />
        ))}
      </span>
      <span class="plan-words">
        {place}
        {step && <span class="dim">, {step}</span>}
      </span>
    </div>
  );
}

function pipClass(index: number, done: number, running: boolean): string {
  if (index < done) return 'plan-pip done';
  return index === done && running ? 'plan-pip now' : 'plan-pip';
}
