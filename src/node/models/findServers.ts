import { describeModels, type ListedModel } from './listModels';

export interface LocalServer {
  /** As people call it: `Ollama`. */
  readonly name: string;
  readonly baseUrl: string;
}

export interface FoundServer extends LocalServer {
  /** The models that it offers; never none. */
  readonly models: readonly ListedModel[];
}

/** Where servers that speak the Messages API listen on a developer's machine, if nobody told them otherwise. */
export const LOCAL_SERVERS: readonly LocalServer[] = [
  { name: 'Ollama', baseUrl: 'http://127.0.0.1:11434' },
  { name: 'LM Studio', baseUrl: 'http://127.0.0.1:1234' },
  { name: 'llama.cpp', baseUrl: 'http://127.0.0.1:8080' },
];

/** Those that answer and offer a model, in order. No key is sent to any; who does not answer at once is not there. */
export async function findServers(
  servers: readonly LocalServer[] = LOCAL_SERVERS,
  timeoutMs = 700,
): Promise<readonly FoundServer[]> {
  const found = await Promise.all(
    servers.map(async (server): Promise<FoundServer | undefined> => {
      try {
        const models = await describeModels({ apiKey: undefined, baseUrl: server.baseUrl, timeoutMs });
        return models.length === 0 ? undefined : { ...server, models };
      } catch {
        return undefined;
      }
    }),
  );
  return found.filter((server) => server !== undefined);
}
