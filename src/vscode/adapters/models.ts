/** Which model is used now: the rehearsed one in the demo's folder, else the configured server's. */
import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { Model } from '../../core/agent/turn/model';
import { type ModelRole, modelFor } from '../../core/modelSettings';
import type { Models, Settings } from '../../core/ports';
import { Emitter } from '../../core/util/event';
import { BEDROCK } from '../../node/models/bedrock/awsPlaces';
import type { NewestModel } from '../../node/models/newestModel';
import type { Tuning } from '../../node/models/requestBody';
import { nodeClock } from '../../node/nodePorts';
import { type Aws, lacksOf } from './aws';
import { readAwsSettings } from './awsSettings';
import type { Demo } from './demoState';
import { createEditorModel, EDITOR, editorModelName, editorModels } from './editorModel';
import { ANTHROPIC, type Keys, originOf } from './keys';

export type ModelState = 'rehearsed' | 'key' | 'server' | 'none';

export interface ModelService extends Models {
  state(): Promise<ModelState>;
}

const NO_KEY =
  'No model is set. Four ways: set an API key (“Earshot: Set API Key…”), use Claude with your AWS account (“Earshot: Use Claude on Amazon Bedrock…”), use a local server (“Earshot: Use a Model Server by Its Address…”), or see it without one (“Earshot: Start the Guided Demo”).';

/** Milliseconds between two pieces of rehearsed words: quick, and still seen to stream. A test need not wait so long. */
const REHEARSED_PACE = Number(process.env.EARSHOT_DEMO_PACE ?? 12);

export function createModels(
  context: vscode.ExtensionContext,
  settings: Settings,
  { keys, aws }: { readonly keys: Keys; readonly aws: Aws },
  demo: Demo,
): ModelService & vscode.Disposable {
  const changed = new Emitter<void>();
  let rehearsed: Promise<Model> | undefined;
  let newest: NewestModel | undefined;
  const subscriptions = [settings.onDidChange, keys.onDidChange, aws.onDidChange, demo.onDidChange].map(
    (event) => event(() => changed.fire()),
  );

  // The wire is loaded when a model is first used: it is most of the bundle, and opening a folder needs none of it.
  const loadWire = () => import('../../node/models/messagesModel');

  async function rehearse(): Promise<Model> {
    const { createMessagesModel } = await loadWire();
    const { loadScenario } = await import('../../node/models/loadScenario');
    const { createRehearsedFetch } = await import('../../node/models/rehearsedFetch');
    const scenario = await loadScenario(path.join(context.extensionPath, 'media', 'demo'));
    return createMessagesModel({
      name: 'rehearsed',
      apiKey: undefined,
      baseUrl: 'http://127.0.0.1',
      fetch: createRehearsedFetch(scenario, { delayMs: REHEARSED_PACE }),
      rehearsed: true,
      clock: nodeClock,
    });
  }

  async function ofEditor(name: string): ReturnType<Models['current']> {
    const chat = (await editorModels()).find((offered) => editorModelName(offered) === name);
    if (chat !== undefined) return { model: createEditorModel(chat, nodeClock) };
    return {
      missing: 'setting',
      message: `The editor does not offer “${name.slice(EDITOR.length)}” now. Choose another with “Earshot: Choose Model…”.`,
    };
  }

  /** Who only wants to know whether there is a model is not kept waiting by a server. */
  async function newestOf(
    server: { readonly apiKey: string | undefined; readonly baseUrl: string },
    role: ModelRole | undefined,
  ): Promise<string | undefined> {
    const { createNewestModel } = await import('../../node/models/newestModel');
    newest ??= createNewestModel();
    const isAnthropic = originOf(server.baseUrl) === ANTHROPIC;
    if (role !== undefined) return newest.of(server, isAnthropic);
    return newest.known(server.baseUrl, isAnthropic) ?? 'the newest';
  }

  async function ofBedrock(name: string, tuning: Tuning): ReturnType<Models['current']> {
    const set = readAwsSettings();
    const message = lacksOf(set, await aws.signedInAt());
    if (message !== undefined) return { missing: 'key', message };
    const { createBedrockModel } = await import('../../node/models/bedrock/wire');
    const { places, credentials } = aws;
    return {
      model: createBedrockModel({ name, region: set.region, places, credentials, clock: nodeClock, tuning }),
    };
  }

  return {
    async current(role, named) {
      if (demo.active) {
        rehearsed ??= rehearse();
        return { model: await rehearsed };
      }
      const values = settings.get();
      const { baseUrl, thinking, effort } = values;
      const chosen = modelFor(values, role, named);
      if (chosen.startsWith(EDITOR)) return ofEditor(chosen);
      if (chosen.startsWith(BEDROCK)) return ofBedrock(chosen.slice(BEDROCK.length), { thinking, effort });
      const origin = originOf(baseUrl);
      if (!origin) {
        return {
          missing: 'setting',
          message: `The setting earshot.baseUrl is not an http address: “${baseUrl}”. Correct it in the settings (“Earshot: Open Earshot Settings”).`,
        };
      }
      const apiKey = await keys.get(origin);
      if (!apiKey && origin === ANTHROPIC) return { missing: 'key', message: NO_KEY };
      const name = chosen || (await newestOf({ apiKey, baseUrl }, role));
      if (name === undefined)
        return {
          missing: 'setting',
          message: `No model is chosen, and ${origin} lists none. Choose one with “Earshot: Choose Model…”.`,
        };
      const { createMessagesModel } = await loadWire();
      return {
        model: createMessagesModel({ name, apiKey, baseUrl, clock: nodeClock, tuning: { thinking, effort } }),
      };
    },
    async state() {
      if (demo.active) return 'rehearsed';
      const chosen = modelFor(settings.get(), 'coding');
      if (chosen.startsWith(EDITOR)) return 'server';
      if (chosen.startsWith(BEDROCK))
        return lacksOf(readAwsSettings(), await aws.signedInAt()) === undefined ? 'key' : 'none';
      const origin = originOf(settings.get().baseUrl);
      if (origin && (await keys.get(origin))) return 'key';
      return origin && origin !== ANTHROPIC ? 'server' : 'none';
    },
    onDidChange: changed.event,
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      changed.dispose();
    },
  };
}
