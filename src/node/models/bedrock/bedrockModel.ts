/** The `Model` port over Claude on Amazon Bedrock: the Messages API, signed, in AWS's framing. */
import { ActError } from '../../../core/actError';
import { type Model, ModelError } from '../../../core/agent/turn/model';
import type { Clock } from '../../../core/ports';
import { createMessagesModel } from '../messagesModel';
import type { Tuning } from '../requestBody';
import type { AwsCredentials } from './accounts';
import type { AwsPlaces } from './awsPlaces';
import { adviseOnBedrock, type BedrockWords } from './bedrockAdvice';
import { createBedrockClient } from './bedrockClient';
import { bedrockPriceOf } from './bedrockPrices';

export interface BedrockModelOptions {
  /** A model's or an inference profile's id. */
  readonly name: string;
  readonly region: string;
  readonly places: AwsPlaces;
  /** Asked before each request. Rejects with what a person should read. */
  readonly credentials: () => Promise<AwsCredentials>;
  readonly clock: Clock;
  readonly fetch?: typeof fetch;
  readonly maxRetries?: number;
  readonly tuning?: Tuning;
  readonly random?: () => number;
  /** How a person changes what is wrong; the editor's commands where nothing is said. */
  readonly words?: BedrockWords;
}

export function createBedrockModel(options: BedrockModelOptions): Model {
  const { region, places, credentials, words, ...rest } = options;
  const baseUrl = places.runtime(region);
  return createMessagesModel({
    ...rest,
    baseUrl,
    apiKey: undefined,
    service: {
      // The version that all of Bedrock's models take.
      body: { anthropic_version: 'bedrock-2023-05-31' },
      connect: async (onActivity) =>
        createBedrockClient({
          baseUrl,
          region,
          credentials: await credentials().catch(asModelError),
          onActivity,
          ...(options.fetch ? { fetch: options.fetch } : {}),
        }).messages,
      priceOf: (tokens) => bedrockPriceOf(options.name, tokens),
      advise: (error) => adviseOnBedrock(error, options.name, region, words),
    },
  });
}

function asModelError(error: unknown): never {
  throw error instanceof ActError ? new ModelError('auth', error.message, error) : error;
}
