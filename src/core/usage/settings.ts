/** Limits and prices as a person writes them in a setting or a variable. What is no number counts as not said. */
import { type LimitScope, type Limits, SCOPES } from './limits';
import type { Price } from './price';

/** `{"task": 2, "month": 200}`: dollars. */
export function readLimits(value: unknown): Limits {
  const limits: Partial<Record<LimitScope, number>> = {};
  for (const scope of SCOPES) {
    const limit = numberAt(value, scope);
    if (limit !== undefined) limits[scope] = limit;
  }
  return limits;
}

/** `{"my-model": {"input": 2, "output": 10}}`: dollars for a million tokens; the cache costs what input does. */
export function readPrices(value: unknown): Readonly<Record<string, Price>> {
  const prices: Record<string, Price> = {};
  if (typeof value !== 'object' || value === null) return prices;
  for (const [model, price] of Object.entries(value)) {
    const input = numberAt(price, 'input');
    const output = numberAt(price, 'output');
    if (input === undefined || output === undefined) continue;
    prices[model] = {
      input,
      output,
      cacheRead: numberAt(price, 'cacheRead') ?? input,
      cacheWrite: numberAt(price, 'cacheWrite') ?? input,
    };
  }
  return prices;
}

function numberAt(value: unknown, key: string): number | undefined {
  const number: unknown = (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}
