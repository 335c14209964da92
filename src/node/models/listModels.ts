import * as z from 'zod';
import { ModelError } from '../../core/agent/turn/model';
import { type Abilities, readAbilities } from './abilities';
import { parseEndpoint } from './endpoint';
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

export interface ModelList {
  /** In the server’s order, newest first at Anthropic. Rejects with a `ModelError`. */
  list(): Promise<readonly ListedModel[]>;
  /** What it tells of models only when asked further; nothing of those that it does not know. Never rejects. */
  ask(ids: readonly string[]): Promise<readonly ListedModel[]>;
  /** What Ollama has loaded, as it is loaded; nothing of any other server. Never rejects. */
  loaded(): Promise<readonly ListedModel[]>;
}

/**
 * The models that the server offers. Throws a `ModelError` when it cannot be asked; `notFound` is no proof of a fault, since
 * some servers have no list.
 */
export function listModels(options: ListModelsOptions): Promise<readonly ListedModel[]> {
  return openModelList(options).list();
}

/** The same with what servers of this machine tell of their models only when asked further; without those that do not talk. */
export async function describeModels(options: ListModelsOptions): Promise<readonly ListedModel[]> {
  const models = openModelList(options);
  const listed = await models.list();
  const isTold = listed.some(({ abilities }) => Object.keys(abilities).length > 0);
  const further = isTold || !isHere(options.baseUrl) ? [] : await models.ask(listed.map(({ id }) => id));
  return listed
    .map((model) => further.find(({ id }) => id === model.id) ?? model)
    .filter(({ abilities }) => !abilities.silent);
}

/** Milliseconds: a list without abilities is better than one that is waited for. */
const FURTHER_MS = 1500;

export function openModelList(options: ListModelsOptions): ModelList {
  const { apiKey, baseUrl, fetch = globalThis.fetch, timeoutMs = 15_000 } = options;
  const endpoint = parseEndpoint(baseUrl);
  const client = createSdkClient({ endpoint, apiKey, fetch });
  const noList = new ModelError('notFound', `The server at ${endpoint.origin} does not list its models.`);

  return {
    async list() {
      try {
        const signal = AbortSignal.timeout(timeoutMs);
        const models = entriesOf(await client.get('/v1/models', { query: { limit: 1000 }, signal }));
        if (!models) throw noList;
        return models;
      } catch (error) {
        const context = { endpoint, model: '', apiKey, rehearsed: false, answering: false, now: Date.now() };
        const failure = toModelFailure(error, context).error;
        throw failure.reason === 'notFound' ? noList : failure;
      }
    },
    // LM Studio has a list of its own that says more; Ollama tells of one model at a time.
    async ask(ids) {
      const signal = AbortSignal.timeout(Math.min(timeoutMs, FURTHER_MS));
      const nothing = () => undefined;
      const told = entriesOf(await client.get('/api/v0/models', { signal }).catch(nothing));
      if (told) return told.filter(({ id }) => ids.includes(id));
      const shown = (model: string) => client.post('/api/show', { body: { model }, signal }).catch(nothing);
      return Promise.all(ids.map(async (id) => ({ id, abilities: readAbilities(await shown(id)) })));
    },
    async loaded() {
      const signal = AbortSignal.timeout(Math.min(timeoutMs, FURTHER_MS));
      const page = runningSchema.safeParse(await client.get('/api/ps', { signal }).catch(() => undefined));
      const models = page.success ? page.data.models : [];
      return models.map((entry) => ({ id: entry.model, abilities: readAbilities(entry) }));
    },
  };
}

const pageSchema = z.looseObject({
  data: z.array(z.looseObject({ id: z.string() })),
  /** llama.cpp tells there what its models can do. */
  models: z
    .array(z.looseObject({ model: z.string() }))
    .optional()
    .catch(undefined),
});

const runningSchema = z.looseObject({ models: z.array(z.looseObject({ model: z.string() })) });

function entriesOf(answer: unknown): readonly ListedModel[] | undefined {
  const page = pageSchema.safeParse(answer);
  if (!page.success) return undefined;
  const { data, models = [] } = page.data;
  return data.map((entry) => {
    const more = models.find(({ model }) => model === entry.id);
    return { id: entry.id, abilities: readAbilities({ ...more, ...entry }) };
  });
}

function isHere(baseUrl: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(baseUrl).hostname);
}
