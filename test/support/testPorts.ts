import { createHash } from 'node:crypto';
import type { Model } from '../../src/core/agent/turn/model';
import type { Models, Ports, SettingsValues } from '../../src/core/ports';
import { Emitter } from '../../src/core/util/event';
import { createMessagesModel } from '../../src/node/models/messagesModel';
import { nodeClock } from '../../src/node/nodePorts';
import { createSigner, nodeSignatures, type SecretPlace } from '../../src/node/signing/signatures';
import { createFakeClock, type FakeClock } from './fakeClock';
import { createFakePerson, type FakePerson, type PersonScript } from './fakePerson';
import { type CommandScripts, createFakeProcesses, type FakeProcesses } from './fakeProcesses';
import { createFakeWatcher, type FakeWatcher } from './fakeWatcher';
import { createMemoryFileCopies } from './memoryFileCopies';
import { createMemoryFiles, type MemoryFiles } from './memoryFiles';
import { createMemorySnapshots } from './memorySnapshots';
import type { MessagesServer } from './messagesServer';
import { createScriptedModel, type ModelTurn } from './scriptedModel';

export interface TestPortsOptions {
  /** Path → text; relative paths lie in the workspace, `/project`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly root?: string;
  readonly settings?: Partial<SettingsValues>;
  readonly trusted?: boolean;
  readonly answers?: PersonScript;
  readonly commands?: CommandScripts;
  /** One of these, or no key. */
  readonly turns?: readonly ModelTurn[];
  readonly model?: Model;
  /** Through the real SDK and a socket; the clock of the model is then the real one. */
  readonly server?: MessagesServer;
  /** Replaces ports by real ones. */
  readonly with?: Partial<Ports>;
}

export interface TestPorts extends Ports {
  readonly root: string;
  readonly files: MemoryFiles;
  readonly watcher: FakeWatcher;
  readonly clock: FakeClock;
  readonly processes: FakeProcesses;
  readonly person: FakePerson;
  /** Lines of the log. */
  readonly logged: readonly string[];
  set(values: Partial<SettingsValues>): void;
  grantTrust(): void;
  /** Undefined: the key is missing. */
  setModel(model: Model | undefined): void;
}

/** Every port as a fake, with what a test wants to reach. Ids count up, so that logs are the same each time. */
export function createTestPorts(options: TestPortsOptions = {}): TestPorts {
  const { root = '/project' } = options;
  const clock = createFakeClock();
  const watcher = createFakeWatcher();
  const files = createMemoryFiles({ root, watcher, now: clock.now, files: options.files ?? {} });
  const settings = fakeSettings(options.settings);
  const trust = fakeTrust(options.trusted ?? true);
  const models = fakeModels(modelOf(options));
  const logged: string[] = [];
  const log = (level: string) => (message: string, error?: unknown) =>
    void logged.push(`${level}: ${message}${error instanceof Error ? `: ${error.message}` : ''}`);
  let ids = 0;
  return {
    root,
    files,
    copies: createMemoryFileCopies(files),
    snapshots: createMemorySnapshots(files),
    watcher,
    clock,
    logged,
    hasher: { sha256: (text) => createHash('sha256').update(text).digest('hex') },
    ids: { uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}` },
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    processes: createFakeProcesses(options.commands),
    settings: settings.port,
    set: settings.set,
    trust: trust.port,
    grantTrust: trust.grant,
    person: createFakePerson(options.answers),
    models: models.port,
    signatures: nodeSignatures,
    signer: createSigner(memorySecret()),
    setModel: models.set,
    ...(options.with as Partial<TestPorts>),
  };
}

/** A secret that is kept as long as the ports are. */
export function memorySecret(secret?: string): SecretPlace {
  let kept = secret;
  return {
    get: async () => kept,
    async set(value) {
      kept = value;
    },
  };
}

function modelOf({ model, server, turns }: TestPortsOptions): Model | undefined {
  if (model) return model;
  if (turns) return createScriptedModel({ turns });
  if (!server) return undefined;
  return createMessagesModel({
    name: 'test-model',
    apiKey: 'test-key',
    baseUrl: server.url,
    clock: nodeClock,
  });
}

function fakeSettings(given: Partial<SettingsValues> = {}) {
  const changed = new Emitter<void>();
  let values: SettingsValues = {
    model: 'test-model',
    baseUrl: 'https://api.anthropic.com',
    autonomy: 'ask',
    maxTurns: 50,
    contextTokens: 150_000,
    limits: {},
    prices: {},
    webFetch: false,
    models: {},
    thinking: 'default',
    effort: 'default',
    hooks: 'on',
    lint: {},
    ...given,
  };
  return {
    port: { get: () => values, onDidChange: changed.event },
    set(more: Partial<SettingsValues>): void {
      values = { ...values, ...more };
      changed.fire();
    },
  };
}

function fakeTrust(initially: boolean) {
  const granted = new Emitter<void>();
  let trusted = initially;
  return {
    port: {
      get trusted() {
        return trusted;
      },
      onDidGrant: granted.event,
    },
    grant(): void {
      trusted = true;
      granted.fire();
    },
  };
}

function fakeModels(initially: Model | undefined) {
  const changed = new Emitter<void>();
  let model = initially;
  const port: Models = {
    current: async () => (model ? { model } : { missing: 'key', message: 'No API key is set.' }),
    onDidChange: changed.event,
  };
  return {
    port,
    set(next: Model | undefined): void {
      model = next;
      changed.fire();
    },
  };
}
