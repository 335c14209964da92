import * as z from 'zod';
import { ModelError } from '../../core/agent/model';
import { parseEndpoint } from './endpoint';
import { createSealedFetch } from './sealedFetch';

export interface ListModelsOptions {
  readonly apiKey: string | undefined;
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  readonly timeoutMs?: number;
}

const pageSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

/**
 * The ids of the models that the server offers, in its order (newest first at Anthropic). Throws a
 * `ModelError` when it cannot be asked; some servers do not have this list, so that is no proof of a fault.
 */
export async function listModels(options: ListModelsOptions): Promise<readonly string[]> {
  const endpoint = parseEndpoint(options.baseUrl);
  const { origin } = endpoint;
  const call = createSealedFetch({
    endpoint,
    apiKey: options.apiKey,
    fetch: options.fetch ?? globalThis.fetch,
  });
  const signal = AbortSignal.timeout(options.timeoutMs ?? 15_000);
  const headers = { accept: 'application/json', 'anthropic-version': '2023-06-01' };
  let response: Response;
  let body: unknown;
  try {
    response = await call(`${endpoint.baseUrl}/v1/models?limit=1000`, { headers, signal });
    body = await response.json().catch(() => undefined);
  } catch {
    throw new ModelError(
      'network',
      `${origin} could not be asked for its models. Check the network and “earshot.baseUrl”.`,
    );
  }
  if (response.status === 401 || response.status === 403) {
    throw new ModelError(
      'auth',
      `The server at ${origin} refused the API key. Set another with “Earshot: Set API Key”.`,
    );
  }
  const page = pageSchema.safeParse(body);
  if (!response.ok || !page.success) {
    throw new ModelError(
      'notFound',
      `The server at ${origin} does not list its models (${response.status}).`,
    );
  }
  return page.data.data.map(({ id }) => id);
}
