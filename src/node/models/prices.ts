import type { Usage } from '../../core/agent/turn/model';
import type { Price } from '../../core/usage/price';

interface PricedModel {
  readonly name: RegExp;
  readonly price: Price;
  /** Price of the whole request when its prompt is longer than `longPrompt` tokens. */
  readonly long?: { readonly threshold: number; readonly price: Price };
}

/** Anthropic's list prices as published in November 2026 (platform.claude.com, “Pricing”). */
const MODELS: readonly PricedModel[] = [
  { name: family('(fable|mythos)-5-1'), price: price(10, 50, 0.25) },
  { name: family('(fable|mythos)-5'), price: price(10, 50, 1) },
  { name: family('opus-5-5'), price: price(4, 20, 0.2) },
  { name: family('opus-(5|4-[5-8])'), price: price(5, 25, 0.5) },
  { name: family('opus-4(-[01])?'), price: price(15, 75, 1.5) },
  { name: family('sonnet-5-5'), price: price(2, 10, 0.1) },
  { name: family('sonnet-5'), price: price(2, 10, 0.2) },
  { name: family('sonnet-4(-[0-6])?'), price: price(3, 15, 0.3) },
  {
    name: family('haiku-5-5'),
    price: price(0.1, 0.5, 0.01),
    long: { threshold: 100_000, price: price(0.5, 2.5, 0.05) },
  },
  { name: family('haiku-4-5'), price: price(1, 5, 0.1) },
];

/** Undefined when the model's price is not known. */
export function priceOf(model: string, promptTokens: number): Price | undefined {
  const found = MODELS.find(({ name }) => name.test(model));
  return found?.long && promptTokens > found.long.threshold ? found.long.price : found?.price;
}

export function promptTokensOf({ inputTokens, cacheReadTokens, cacheWriteTokens }: Usage): number {
  return inputTokens + cacheReadTokens + cacheWriteTokens;
}

/** A name with or without the date of a snapshot. */
function family(pattern: string): RegExp {
  return new RegExp(`^claude-${pattern}(-\\d{8})?$`);
}

/** The five-minute cache is the only one that is written. */
function price(input: number, output: number, cacheRead: number): Price {
  return { input, output, cacheRead, cacheWrite: input * 1.25 };
}
