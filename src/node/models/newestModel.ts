import { DEFAULT_MODEL } from './defaultModel';
import { type ListModelsOptions, listModels } from './listModels';

/** Milliseconds: a draft should not wait long for a name that is nearly always the same. */
const TIMEOUT = 5000;

export interface NewestModel {
  /** What is used where none is chosen, asked for once. Undefined: the server does not say, and is not Anthropic's. */
  of(server: ListModelsOptions, isAnthropic: boolean): Promise<string | undefined>;
  /** The same as far as it was asked for. */
  known(baseUrl: string, isAnthropic: boolean): string | undefined;
}

/** The newest Sonnet of a server's list, else what stands first there: lists begin with the newest. */
export function createNewestModel(): NewestModel {
  const asked = new Map<string, Promise<string | undefined>>();
  const found = new Map<string, string>();

  async function ask(server: ListModelsOptions): Promise<string | undefined> {
    const ids = (await listModels({ timeoutMs: TIMEOUT, ...server })).map(({ id }) => id);
    const name = ids.find((id) => /sonnet/i.test(id)) ?? ids[0];
    if (name !== undefined) found.set(server.baseUrl, name);
    return name;
  }

  return {
    async of(server, isAnthropic) {
      const key = `${server.baseUrl} ${server.apiKey ?? ''}`;
      const asking = asked.get(key) ?? ask(server);
      asked.set(key, asking);
      try {
        return (await asking) ?? (isAnthropic ? DEFAULT_MODEL : undefined);
      } catch {
        // Asked again next time: the network may be back.
        asked.delete(key);
        return isAnthropic ? DEFAULT_MODEL : undefined;
      }
    },
    known: (baseUrl, isAnthropic) => found.get(baseUrl) ?? (isAnthropic ? DEFAULT_MODEL : undefined),
  };
}
