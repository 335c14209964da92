import type { Price } from '../../../core/usage/price';
import { type Abilities, knownAbilities } from '../abilities';
import { priceOf } from '../prices';

/** `eu.anthropic.claude-sonnet-5-5-v1:0`, also at the end of an ARN. */
const ID = /^(?:arn:.*\/)?(?:([a-z][a-z-]*)\.)?anthropic\.(claude-.+?)(?:-v\d+(?::\d+)?)?$/;

/** What AWS adds for a request that stays in a region or a part of the world, since Claude 4.5. */
const REGIONAL = 1.1;

/** Of an id that does not name one, the model is empty. */
function namesIn(id: string): { readonly place: string | undefined; readonly model: string } {
  const [, place, model = ''] = ID.exec(id) ?? [];
  return { place, model };
}

/** Bedrock tells no abilities: those of the same model, without the cache, which it does not have for each. */
export function bedrockAbilities(id: string): Abilities {
  const { caching: _, ...known } = knownAbilities(namesIn(id).model);
  return known;
}

/**
 * Bedrock tells no prices: Anthropic's list price of the same model, with a tenth more unless the id begins with
 * `global.`, so that limits stop early rather than late. Undefined for a profile whose id does not name a model.
 */
export function bedrockPriceOf(id: string, promptTokens: number): Price | undefined {
  const { place, model } = namesIn(id);
  const price = priceOf(model, promptTokens);
  if (!price || place === 'global') return price;
  const { input, output, cacheRead, cacheWrite } = price;
  return {
    input: input * REGIONAL,
    output: output * REGIONAL,
    cacheRead: cacheRead * REGIONAL,
    cacheWrite: cacheWrite * REGIONAL,
  };
}
