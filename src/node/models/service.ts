import type { APIError } from '@anthropic-ai/sdk/core/error';
import type { Messages } from '@anthropic-ai/sdk/resources/messages/messages';
import type { Price } from '../../core/usage/price';

export type MessagesClient = Pick<Messages, 'create'>;

/** A host of the Messages API with ways of its own, Amazon Bedrock for instance. */
export interface Service {
  /** Added to each request. */
  readonly body: Readonly<Record<string, string>>;
  /** A client for one request. Rejects with a `ModelError`. */
  connect(onActivity: () => void): Promise<MessagesClient>;
  /** Undefined when the price is not known. */
  priceOf(promptTokens: number): Price | undefined;
  /** Words for refusals that only this service knows. */
  advise(error: APIError): string | undefined;
}
