import type { BaseAnthropic } from '@anthropic-ai/sdk/client';
import * as z from 'zod';
import { ModelError } from '../../core/agent/turn/model';
import { type Abilities, readAbilities } from './abilities';
import { type Endpoint, parseEndpoint } from './endpoint';
import { createSdkClient } from './messagesClient';
import { toModelFailure } from './modelFailure';

export interface ListModelsOptions {
  readonly apiKey: string | undefined;
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  readonly timeoutMs?: number;
}

export interface ListedModel {
  readonly id: string;
  /** As far as the server tells them. */
  readonly abilities: Abilities;
}

const pageSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

/**
 * The models that the server offers, in its order (newest first at Anthropic). Throws a `ModelError` when it cannot be
 * asked; `notFound` is no proof of a fault, since some servers have no list.
 */
export async function listModels(options: ListModelsOptions): Promise<readonly ListedModel[]> {
  return list(connect(options));
}

/** The same with what servers of this machine tell of their models only when asked further; without those that do not talk. */
export async function describeModels(options: ListModelsOptions): Promise<readonly ListedModel[]> {
  const server = connect(options);
  const listed = await list(server);
  const isTold = listed.some(({ abilities }) => Object.keys(abilities).length > 0);
  const isHere = /^(localhost|127\.|\[::1\])/.test(new URL(server.endpoint.origin).hostname);
  const models = isTold || !isHere ? listed : await askFurther(server, listed);
  return models.filter(({ abilities }) => !abilities.silent);
}

interface Server {
  readonly endpoint: Endpoint;
  readonly client: BaseAnthropic;
  readonly apiKey: string | undefined;
  readonly timeoutMs: number;
}

function connect({
  apiKey,
  baseUrl,
  fetch = globalThis.fetch,
  timeoutMs = 15_000,
}: ListModelsOptions): Server {
  const endpoint = parseEndpoint(baseUrl);
  return { endpoint, client: createSdkClient({ endpoint, apiKey, fetch }), apiKey, timeoutMs };
}

async function list({ endpoint, client, apiKey, timeoutMs }: Server): Promise<readonly ListedModel[]> {
  const noList = new ModelError('notFound', `The server at ${endpoint.origin} does not list its models.`);
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    return entriesOf(await client.get('/v1/models', { query: { limit: 1000 }, signal })) ?? raise(noList);
  } catch (error) {
    const context = { endpoint, model: '', apiKey, rehearsed: false, answering: false, now: Date.now() };
    const failure = toModelFailure(error, context).error;
    throw failure.reason === 'notFound' ? noList : failure;
  }
}

function entriesOf(answer: unknown): readonly ListedModel[] | undefined {
  const page = pageSchema.safeParse(answer);
  return page.success
    ? page.data.data.map((entry) => ({ id: entry.id, abilities: readAbilities(entry) }))
    : undefined;
}

function raise(error: Error): never {
  throw error;
}

/** LM Studio has a list of its own that says more; Ollama tells of one model at a time. Who has neither is believed to know nothing. */
async function askFurther(
  { client, timeoutMs }: Server,
  listed: readonly ListedModel[],
): Promise<readonly ListedModel[]> {
  const signal = AbortSignal.timeout(Math.min(timeoutMs, FURTHER_MS));
  const nothing = () => undefined;
  const told = entriesOf(await client.get('/api/v0/models', { signal }).catch(nothing));
  if (told) return listed.map((model) => told.find(({ id }) => id === model.id) ?? model);
  return Promise.all(
    listed.map(async ({ id }) => ({
      id,
      abilities: readAbilities(
        await client.post('/api/show', { body: { model: id }, signal }).catch(nothing),
      ),
    })),
  );
}

/** Milliseconds: a list without abilities is better than one that is waited for. */
const FURTHER_MS = 1500;
