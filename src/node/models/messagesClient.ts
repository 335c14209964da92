import { BaseAnthropic } from '@anthropic-ai/sdk/client';
import { Messages } from '@anthropic-ai/sdk/resources/messages/messages';
import { createSealedFetch, type SealedFetchOptions } from './sealedFetch';

/**
 * The SDK's client with everything that it would otherwise take from the environment or decide by itself
 * pinned: address, credentials, retries, logging, tracing. Its base class instead of its default export,
 * which would triple the bundle.
 */
export function createSdkClient(options: SealedFetchOptions): BaseAnthropic {
  return new BaseAnthropic({
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
}

/** The SDK's Messages resource over that client. */
export function createMessagesClient(options: SealedFetchOptions): Messages {
  return new Messages(createSdkClient(options));
}
