import * as z from 'zod';
import { ModelError } from '../../core/agent/turn/model';
import { parseEndpoint } from './endpoint';
import { createSdkClient } from './messagesClient';
import { toModelFailure } from './modelFailure';

export interface ListModelsOptions {
  readonly apiKey: string | undefined;
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  readonly timeoutMs?: number;
}

const pageSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

/**
 * The ids of the models that the server offers, in its order (newest first at Anthropic). Throws a
 * `ModelError` when it cannot be asked; `notFound` is no proof of a fault, since some servers have no list.
 */
export async function listModels(options: ListModelsOptions): Promise<readonly string[]> {
  const { apiKey, timeoutMs = 15_000 } = options;
  const endpoint = parseEndpoint(options.baseUrl);
  const client = createSdkClient({ endpoint, apiKey, fetch: options.fetch ?? globalThis.fetch });
  const noList = new ModelError('notFound', `The server at ${endpoint.origin} does not list its models.`);
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const page = pageSchema.safeParse(await client.get('/v1/models', { query: { limit: 1000 }, signal }));
    if (!page.success) throw noList;
    return page.data.data.map(({ id }) => id);
  } catch (error) {
    const context = { endpoint, model: '', apiKey, rehearsed: false, answering: false, now: Date.now() };
    const failure = toModelFailure(error, context).error;
    throw failure.reason === 'notFound' ? noList : failure;
  }
}
