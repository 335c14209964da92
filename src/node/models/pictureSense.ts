/**
 * Which models of a server can be shown pictures. The Messages API does not say it: each kind of server says it in its
 * own list, and what says nothing is not known. Asked only when a picture is about to be sent.
 */
import type { PictureSense } from '../../core/agent/turn/model';
import { type ListedModel, type ListModelsOptions, openModelList } from './listModels';

const TIMEOUT = 3000;
/** Models that are asked one by one, where the list does not tell. */
const MOST_ASKED = 12;

export async function pictureSense(
  name: string,
  { apiKey, baseUrl, fetch }: Pick<ListModelsOptions, 'apiKey' | 'baseUrl' | 'fetch'>,
): Promise<PictureSense | undefined> {
  const server = openModelList({ apiKey, baseUrl, timeoutMs: TIMEOUT, ...(fetch && { fetch }) });
  const known = new Map<string, boolean>();
  const learn = (models: readonly ListedModel[]): void => {
    for (const { id, abilities } of models)
      if (abilities.images !== undefined) known.set(id, abilities.images);
  };
  // Who does not answer, or with something else, does not know.
  const listed = await server.list().catch(() => []);
  learn(listed);
  const others = listed.map(({ id }) => id).filter((id) => id !== name);
  if (!known.has(name)) {
    learn(await server.ask([name]));
    if (known.get(name) === false) learn(await server.ask(others.slice(0, MOST_ASKED)));
  }
  const taken = known.get(name);
  if (taken === undefined) return undefined;
  return { taken, others: taken ? [] : others.filter((id) => known.get(id) === true) };
}
