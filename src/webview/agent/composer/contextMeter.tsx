/** How much of the conversation's budget is used. */
import type { JSX } from 'preact';
import { formatTokens } from '../../shared/format';

export interface ContextMeterProps {
  /** Tokens. */
  readonly used: number;
  readonly budget: number;
}

export function ContextMeter({ used, budget }: ContextMeterProps): JSX.Element {
  const share = Math.min(1, used / budget);
  const percent = Math.round(share * 100);
  const words = `${percent}% of ${formatTokens(budget)}`;
  return (
    <span
      class={share >= 0.8 ? 'context near' : 'context'}
      title={`Context: ${formatTokens(used)} of ${formatTokens(budget)} tokens. At the end of the bar the oldest steps are summed up for the model. The budget is the setting earshot.contextTokens, or less where the model takes less.`}
    >
      <svg class="context-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="context-used" width={percent} height="6" />
      </svg>
      <span class="visually-hidden">Context used: </span>
      {words}
    </span>
  );
}
