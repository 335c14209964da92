/** The `Models` port: the server that the environment or the command line names. */
import { type Model, ModelError } from '../core/agent/turn/model';
import { modelFor } from '../core/modelSettings';
import type { Models, Settings } from '../core/ports';
import { BEDROCK } from '../node/models/bedrock/awsPlaces';
import type { NewestModel } from '../node/models/newestModel';
import { nodeClock } from '../node/nodePorts';
import { bedrockOf } from './cliBedrock';
import { ANTHROPIC, keyFor, originOf } from './cliSettings';
import type { Environment } from './command';

const NO_KEY =
  'No model is set. Put a key for Anthropic into ANTHROPIC_API_KEY, or the address of another server into EARSHOT_BASE_URL and its key, if it wants one, into EARSHOT_API_KEY, or bedrock: and a model’s id into EARSHOT_MODEL for Claude on Amazon Bedrock.';

/** The client is loaded when a model is first wanted: most commands need none. */
export function createCliModels(env: Environment, settings: Settings): Models {
  let asked: NewestModel | undefined;
  const newest: Pick<NewestModel, 'of'> = {
    async of(server, isAnthropic) {
      asked ??= (await import('../node/models/newestModel')).createNewestModel();
      return asked.of(server, isAnthropic);
    },
  };
  return {
    async current(role, named) {
      const values = settings.get();
      const { baseUrl, thinking, effort } = values;
      const tuning = { thinking, effort };
      const chosen = modelFor(values, role, named);
      if (chosen.startsWith(BEDROCK)) return bedrockOf(env, chosen.slice(BEDROCK.length), tuning);
      const origin = originOf(baseUrl);
      if (!origin) {
        const message = `“${baseUrl}” is not an http address. Correct EARSHOT_BASE_URL or --base-url.`;
        return { missing: 'setting', message };
      }
      const apiKey = keyFor(env, origin);
      if (!apiKey && origin === ANTHROPIC) return { missing: 'key', message: NO_KEY };
      const name = chosen || (await newest.of({ apiKey, baseUrl }, origin === ANTHROPIC));
      if (name === undefined)
        return {
          missing: 'setting',
          message: `${origin} lists no models. Name one with --model or EARSHOT_MODEL.`,
        };
      const { createMessagesModel } = await import('../node/models/messagesModel');
      const model = createMessagesModel({
        name,
        apiKey,
        baseUrl,
        clock: nodeClock,
        tuning,
      });
      return { model: explainKeys(model, origin) };
    },
    onDidChange: () => ({ dispose() {} }),
  };
}

/** The client's advice on keys names the editor's commands; here they come from the environment. */
export function explainKeys(model: Model, origin: string): Model {
  const variable =
    origin === ANTHROPIC
      ? 'ANTHROPIC_API_KEY'
      : `EARSHOT_API_KEY (which is sent to the server of EARSHOT_BASE_URL only)`;
  return {
    ...model,
    async *stream(request, signal) {
      try {
        yield* model.stream(request, signal);
      } catch (error) {
        if (!(error instanceof ModelError) || error.reason !== 'auth') throw error;
        throw new ModelError(
          'auth',
          `${error.message} On the command line the key comes from ${variable}.`,
          error.cause,
        );
      }
    },
  };
}
