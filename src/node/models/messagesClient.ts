import { BaseAnthropic } from '@anthropic-ai/sdk/client';
import { Messages } from '@anthropic-ai/sdk/resources/messages/messages';
import { createSealedFetch, type SealedFetchOptions } from './sealedFetch';

/**
 * The SDK's Messages resource with everything that it would otherwise take from the environment or decide
 * by itself pinned: address, credentials, retries, logging, tracing. Two classes instead of the SDK's
 * default export, which would triple the bundle.
 */
export function createMessagesClient(options: SealedFetchOptions): Messages {
  const client = new BaseAnthropic({
    baseURL: options.endpoint.baseUrl,
    // Undefined or null would send the client looking for credentials; the sealed fetch sets the real one.
    apiKey: 'set-by-earshot',
    authToken: null,
    webhookKey: null,
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
    fetch: createSealedFetch(options),
    // An editor's extension host may look like a browser to the SDK; the key never reaches a page.
    dangerouslyAllowBrowser: true,
  });
  return new Messages(client);
}
