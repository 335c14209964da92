/**
 * Which models of a server can be shown pictures. The Messages API does not say it: each kind of server says it in its
 * own list, and what says nothing is not known. Asked only when a picture is about to be sent.
 */
import * as z from 'zod';
import type { PictureSense } from '../../core/agent/turn/model';
import { parseEndpoint } from './endpoint';
import type { ListModelsOptions } from './listModels';
import { createSdkClient } from './messagesClient';

const TIMEOUT = 3000;
/** Models that are asked one by one, where the list does not tell. */
const MOST_ASKED = 12;

type Known = ReadonlyMap<string, boolean>;

const words = z.array(z.string()).optional().catch(undefined);
const entry = z.looseObject({
  id: z.string().optional(),
  model: z.string().optional(),
  /** LM Studio's. */
  type: z.string().optional().catch(undefined),
  /** llama.cpp's; gateways to Anthropic have an object there. */
  capabilities: z
    .union([z.array(z.string()), z.looseObject({ image_input: z.looseObject({ supported: z.boolean() }) })])
    .optional()
    .catch(undefined),
  /** OpenRouter's. */
  architecture: z.looseObject({ input_modalities: words }).optional().catch(undefined),
});
const listSchema = z.looseObject({
  data: z.array(entry).default([]),
  models: z.array(entry).optional().catch(undefined),
});
const shownSchema = z.looseObject({ capabilities: z.array(z.string()) });

type Entry = z.infer<typeof entry>;
type Ask = (path: string, body?: object) => Promise<unknown>;

export async function pictureSense(
  name: string,
  options: Pick<ListModelsOptions, 'apiKey' | 'baseUrl' | 'fetch'>,
): Promise<PictureSense | undefined> {
  const { apiKey, fetch: given = globalThis.fetch } = options;
  const endpoint = parseEndpoint(options.baseUrl);
  const client = createSdkClient({ endpoint, apiKey, fetch: given });
  const signal = AbortSignal.timeout(TIMEOUT);
  // Who does not answer, or with something else, does not know.
  const ask: Ask = async (path, body) =>
    (body === undefined ? client.get(path, { signal }) : client.post(path, { body, signal })).catch(
      () => undefined,
    );
  const list = listSchema.safeParse(await ask('/v1/models'));
  const entries = list.success ? [...list.data.data, ...(list.data.models ?? [])] : [];
  const ids = [...new Set([name, ...entries.flatMap((each) => idOf(each) ?? [])])];
  const listed = knownOf(entries);
  const known = listed.has(name) ? listed : await askedOneByOne(ask, name, ids);
  const taken = known.get(name);
  if (taken === undefined) return undefined;
  return { taken, others: taken ? [] : ids.filter((id) => known.get(id) === true) };
}

/** As Ollama tells it of a model, or LM Studio of all. */
async function askedOneByOne(ask: Ask, name: string, ids: readonly string[]): Promise<Known> {
  const shown = async (model: string): Promise<readonly (readonly [string, boolean])[]> => {
    const told = shownSchema.safeParse(await ask('/api/show', { model }));
    return told.success ? [[model, told.data.capabilities.includes('vision')]] : [];
  };
  const own = await shown(name);
  if (own.length === 0) {
    const list = listSchema.safeParse(await ask('/api/v0/models'));
    return knownOf(list.success ? list.data.data : []);
  }
  if (own[0]?.[1] === true) return new Map(own);
  const others = await Promise.all(
    ids
      .filter((id) => id !== name)
      .slice(0, MOST_ASKED)
      .map(shown),
  );
  return new Map([...own, ...others.flat()]);
}

function idOf({ id, model }: Entry): string | undefined {
  return id ?? model;
}

function knownOf(entries: readonly Entry[]): Known {
  return new Map(
    entries.flatMap((each) => {
      const [id, taken] = [idOf(each), takenBy(each)];
      return id === undefined || taken === undefined ? [] : [[id, taken] as const];
    }),
  );
}

function takenBy({ capabilities, architecture, type }: Entry): boolean | undefined {
  if (Array.isArray(capabilities))
    return capabilities.includes('multimodal') || capabilities.includes('vision');
  if (capabilities !== undefined) return capabilities.image_input.supported;
  const modalities = architecture?.input_modalities;
  if (modalities !== undefined) return modalities.includes('image');
  return type === 'vlm' ? true : type === 'llm' ? false : undefined;
}
