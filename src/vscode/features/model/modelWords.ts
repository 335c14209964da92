/** What a row of a list says of its model: what it costs, what it can do. */
import type { Price } from '../../../core/usage/price';
import type { Host } from '../../host';

export function costIn(price: Price | undefined): string {
  const dollars = (amount: number) => `$${Number(amount.toFixed(3))}`;
  return price === undefined
    ? ''
    : `${dollars(price.input)} in, ${dollars(price.output)} out a million tokens`;
}

/** Of models on Bedrock, by their ids, which are long: the price stands below them. */
export async function bedrockWords({ core }: Host): Promise<(id: string) => string> {
  const { prices } = core.ports.settings.get();
  const [{ bedrockAbilities, bedrockPriceOf }, { abilitiesInWords }] = await Promise.all([
    import('../../../node/models/bedrock/bedrockPrices'),
    import('../../../node/models/abilitiesInWords'),
  ]);
  return (id) =>
    inOneLine(costIn(prices[id] ?? bedrockPriceOf(id, 0)), abilitiesInWords(bedrockAbilities(id)));
}

export function inOneLine(...parts: readonly string[]): string {
  return parts.filter((words) => words !== '').join(' · ');
}
