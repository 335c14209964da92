import { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk';
import { watchBody } from '../sealedFetch';
import type { AwsCredentials } from './accounts';

export interface BedrockClientOptions {
  readonly baseUrl: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly fetch?: typeof fetch;
  readonly onActivity?: () => void;
}

/**
 * The SDK's client, which signs requests and reads AWS's event stream, with all pinned that it would take from the
 * environment. It speaks to one origin and follows no redirect.
 */
export function createBedrockClient(options: BedrockClientOptions): AnthropicBedrock {
  const { baseUrl, region, credentials, onActivity } = options;
  const { origin } = new URL(baseUrl);
  return new AnthropicBedrock({
    baseURL: baseUrl,
    awsRegion: region,
    awsAccessKey: credentials.accessKeyId,
    awsSecretKey: credentials.secretAccessKey,
    // Undefined would look for this and for a key in the environment.
    awsSessionToken: credentials.sessionToken ?? null,
    apiKey: null,
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
    dangerouslyAllowBrowser: true,
    async fetch(input, init) {
      const url = input instanceof Request ? input.url : String(input);
      if (new URL(url).origin !== origin) throw new Error(`Refused to call ${new URL(url).origin}.`);
      const response = await (options.fetch ?? globalThis.fetch)(input, { ...init, redirect: 'manual' });
      onActivity?.();
      return onActivity ? watchBody(response, onActivity) : response;
    },
  });
}
