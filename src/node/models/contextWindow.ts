/** How long a request a server's model takes as it is loaded now, which may be far less than what it was made for. */
import { type ListModelsOptions, openModelList } from './listModels';

const TIMEOUT = 3000;

/** Tokens; undefined where the server does not tell, or not in time. Never rejects. */
export async function contextWindow(
  name: string,
  { apiKey, baseUrl, fetch }: Pick<ListModelsOptions, 'apiKey' | 'baseUrl' | 'fetch'>,
): Promise<number | undefined> {
  const server = openModelList({ apiKey, baseUrl, timeoutMs: TIMEOUT, ...(fetch && { fetch }) });
  const loaded = (await server.loaded()).find(({ id }) => isSame(id, name))?.abilities.context;
  if (loaded !== undefined) return loaded;
  const listed = (await server.list().catch(() => [])).find(({ id }) => id === name)?.abilities.context;
  return listed ?? (await server.ask([name])).find(({ id }) => id === name)?.abilities.context;
}

/** Ollama knows `coder` as `coder:latest`. */
function isSame(id: string, name: string): boolean {
  return id === name || id === `${name}:latest`;
}
