/** How far the agent has come with its steps, by its own word. Pure. */
import type { SessionItem } from '../../../core/agent/session/sessionState';

export interface Plan {
  readonly steps: readonly string[];
  readonly done: number;
}

/** The latest plan; undefined when there is none. */
export function planOf(items: readonly SessionItem[]): Plan | undefined {
  for (const item of items.toReversed()) {
    const plan = item.type === 'tool' && item.name === 'plan' ? readPlan(item.input) : undefined;
    if (plan) return plan;
  }
  return undefined;
}

/** As the model wrote it: anything may be in there. */
function readPlan(input: unknown): Plan | undefined {
  const { steps, done } = (input ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(steps) || typeof done !== 'number' || steps.length === 0) return undefined;
  const words = steps.filter((step): step is string => typeof step === 'string').slice(0, 12);
  return { steps: words, done: Math.min(words.length, Math.max(0, Math.floor(done))) };
}

/** `Step 3 of 4`, and what it is. */
export function planWords({ steps, done }: Plan): readonly [place: string, step: string] {
  const step = steps[done];
  if (step === undefined) return [`All ${steps.length} steps done`, ''];
  return [`Step ${done + 1} of ${steps.length}`, step];
}
