/** How long a request a server's model takes as it is loaded now, which may be far less than what it was made for. */
import type { Window } from '../../core/agent/turn/model';
import { type ListedModel, type ListModelsOptions, openModelList } from './listModels';

const TIMEOUT = 3000;

/** Undefined where the server does not tell, or not in time. Never rejects. */
export async function contextWindow(
  name: string,
  { apiKey, baseUrl, fetch }: Pick<ListModelsOptions, 'apiKey' | 'baseUrl' | 'fetch'>,
): Promise<Window | undefined> {
  const server = openModelList({ apiKey, baseUrl, timeoutMs: TIMEOUT, ...(fetch && { fetch }) });
  const running = windowIn(await server.loaded(), (id) => isSame(id, name));
  if (running !== undefined) return { ...running, sure: true };
  const isIt = (id: string) => id === name;
  return windowIn(await server.list().catch(() => []), isIt) ?? windowIn(await server.ask([name]), isIt);
}

function windowIn(models: readonly ListedModel[], isIt: (id: string) => boolean): Window | undefined {
  const { context, isLoaded = false } = models.find(({ id }) => isIt(id))?.abilities ?? {};
  return context === undefined ? undefined : { tokens: context, sure: isLoaded };
}

/** Ollama knows `coder` as `coder:latest`. */
function isSame(id: string, name: string): boolean {
  return id === name || id === `${name}:latest`;
}
