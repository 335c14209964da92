/** All servers: read from their files, agreed to by the person, started when they are needed. */
import { ActError } from '../actError';
import type { AgentProfile } from '../agent/profiles/model';
import type { Consents } from '../consents';
import type { Ports } from '../ports';
import { makeData, powersFolder } from '../powers/powerPlaces';
import type { AbortSignal } from '../util/abort';
import { DisposableStore } from '../util/disposable';
import { Emitter } from '../util/event';
import { basename } from '../util/path';
import { createTurns } from '../util/turns';
import { readAgentServers } from './agentServers';
import { editFile, withName } from './editFile';
import type { Registry } from './fromRegistry';
import type { McpServer, ServerConfig } from './model';
import { startOf } from './readConfig';
import { createSampling } from './sampling';
import { createServerConsents } from './serverConsents';
import { createServerFiles, idOf } from './serverFiles';
import { createServerLife, type ServerLife } from './serverLife';
import type { McpServers } from './servers';
import { viewOf } from './serverView';
import { variableProblems } from './variableProblems';
import { fillVariables } from './variables';

export interface ServersOptions {
  readonly ports: Ports;
  readonly kiroHome: string | undefined;
  readonly roots: readonly string[];
  readonly consents: Consents;
  /** Why an administrator forbids it. */
  readonly forbids?: (config: ServerConfig) => string | undefined;
  /** What an administrator's registry has. */
  readonly registry?: Registry;
}

/** What a session gets of a server. */
export interface Ready {
  readonly server: McpServer;
  readonly life: ServerLife;
}

export interface OwnServers extends McpServers {
  /**
   * Starts what a session of this folder has, waits for it for a while, and says what is not there. Rejects never.
   */
  gather(
    root: string,
    profile: AgentProfile | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly ready: readonly Ready[]; readonly missing: readonly string[] }>;
  /** Ends all of them. */
  close(): Promise<void>;
}

/** Milliseconds that a session waits for its servers, and for the person's word about them. */
const PATIENCE = 30_000;
const RESTRICTED = 'This workspace is restricted: no server starts until you trust it.';

export function createServers(options: ServersOptions): OwnServers {
  const { ports, kiroHome, roots, consents, forbids = () => undefined, registry = () => undefined } = options;
  const { files, watcher, log, trust, clock, mcp: connector, mcpPerson, person } = ports;
  const disposables = new DisposableStore();
  const changed = disposables.add(
    new Emitter<void>((error) => log.error('A listener of servers failed', error)),
  );
  const found = createServerFiles(ports, kiroHome, roots, registry);
  const agreements = createServerConsents(consents);
  const sample = createSampling(ports);
  const inTurn = createTurns();
  const lives = new Map<string, ServerLife>();
  /** Those of custom agents, by id: a session brought them. */
  const brought = new Map<string, ServerConfig>();
  let over = false;

  const fire = () => {
    if (!over) changed.fire();
  };

  function lifeOf(config: ServerConfig): ServerLife | undefined {
    if (!connector) return undefined;
    const id = idOf(config);
    const known = lives.get(id);
    if (known) return known;
    const life = createServerLife(config, {
      clock,
      log,
      connector,
      asked: {
        roots: config.root === undefined ? roots : [config.root],
        canAsk: mcpPerson !== undefined,
        elicit: async (request, signal) =>
          (await mcpPerson?.elicit(request, signal)) ?? { action: 'decline' },
        sample: (request, signal) => sample(config.root ?? roots[0] ?? '', request, signal),
        signIn:
          mcpPerson?.signIn &&
          ((signal) => mcpPerson.signIn?.(config.name, signal) ?? Promise.resolve(false)),
      },
      onChange: fire,
      prepare: ({ data }) => makeData(files, data),
    });
    lives.set(id, life);
    return life;
  }

  const configs = () => [...found.all, ...brought.values()];

  function configOf(id: string): ServerConfig {
    const config = configs().find((each) => idOf(each) === id);
    if (!config) throw new ActError('notFound', 'This server is no longer there.');
    return config;
  }

  function viewOfConfig(config: ServerConfig): McpServer {
    const restricted = trust.trusted ? undefined : RESTRICTED;
    return viewOf(idOf(config), config, lives.get(idOf(config)), {
      forbidden: forbids(config),
      restricted,
      agreed: agreements.isAgreed(config),
    });
  }

  function requirePossible(config: ServerConfig): void {
    const forbidden = forbids(config);
    if (forbidden !== undefined) throw new ActError('refused', forbidden);
    if (!trust.trusted) throw new ActError('untrusted', RESTRICTED);
    if (config.disabled)
      throw new ActError('refused', `“${config.name}” is turned off in ${basename(config.path)}.`);
  }

  /** Throws what a person should read. */
  async function requireMay(config: ServerConfig, quiet: boolean, signal?: AbortSignal): Promise<ServerLife> {
    requirePossible(config);
    const life = lifeOf(config);
    if (!life) throw new ActError('refused', 'Servers of tools are not available here.');
    if (agreements.isAgreed(config)) return life;
    if (quiet && (agreements.isDeclined(config) || !person.present))
      throw new ActError('refused', `You did not agree to “${config.name}” as it is now.`);
    const yes = await agreements.ask(config, signal, quiet);
    fire();
    if (!yes) throw new ActError('refused', `“${config.name}” is not started: you did not agree to it.`);
    return life;
  }

  /** Only what changed stops, when nothing is asked of it; what ran before runs again. */
  async function follow(): Promise<void> {
    await found.load();
    const now = new Map(configs().map((config) => [idOf(config), config]));
    await agreements.learn([...now.values()]);
    fire();
    await Promise.all([...lives].map(([id, life]) => followOne(life, now.get(id), id)));
    fire();
  }

  async function followOne(life: ServerLife, next: ServerConfig | undefined, id: string): Promise<void> {
    const before = life.config;
    if (next && !next.disabled && startOf(next) === startOf(before) && agreements.isAgreed(next)) {
      if (next !== before) life.configure(next);
      return;
    }
    const ran = ['running', 'starting', 'waiting', 'signingIn'].includes(life.state);
    await life.whenIdle();
    await life.close();
    if (!next) {
      lives.delete(id);
      return;
    }
    life.configure(next);
    if (!ran || next.disabled) return;
    life.note('info', 'Its configuration changed.');
    // Not waited for: a person may take their time.
    void requireMay(next, true).then(
      (it) => it.open(false).catch(() => {}),
      () => {},
    );
  }

  const reload = () =>
    inTurn(follow).catch((error) => log.error('Could not follow a change of servers', error));

  async function edit(
    { root, path, scope }: Pick<ServerConfig, 'root' | 'path' | 'scope'>,
    change: Parameters<typeof editFile>[2],
  ): Promise<void> {
    if (scope === 'agent' || scope === 'power')
      throw new ActError('refused', `It stands in ${path}. Change it there.`);
    if (root !== undefined && !trust.trusted) throw new ActError('untrusted', RESTRICTED);
    await editFile(files, path, change);
  }

  /** By the person's hand: what was agreed to is, with this change. */
  async function change(id: string, key: string, next: (config: ServerConfig) => unknown): Promise<void> {
    const before = configOf(id);
    await edit(before, () => [[['mcpServers', before.name, key], next(before)]]);
    await found.load();
    const after = configs().find((each) => idOf(each) === id);
    if (after && startOf(after) === startOf(before)) await agreements.carry(before, after);
    await reload();
  }

  async function using(id: string): Promise<ServerLife> {
    const life = await requireMay(configOf(id), false);
    await life.open(true);
    return life;
  }

  /** The session's servers, an agent's own before the folder's. */
  function serversFor(root: string, profile: AgentProfile | undefined): readonly ServerConfig[] {
    const own = profile ? readAgentServers(profile, registry) : [];
    for (const config of own) brought.set(idOf(config), config);
    const names = new Set(own.map(({ name }) => name));
    const others = found
      .of(root)
      .filter(({ scope }) =>
        scope === 'power' ? profile?.includePowers !== false : profile?.includeMcpJson !== false,
      );
    return [...own, ...others.filter(({ name }) => !names.has(name))].filter(({ disabled }) => !disabled);
  }

  const isHome = (path: string) => kiroHome !== undefined && path.startsWith(`${kiroHome}/`);
  const homes = kiroHome === undefined ? [] : [`${kiroHome}/settings`, powersFolder(kiroHome)];
  for (const folder of [...roots, ...homes])
    disposables.add(
      watcher.watch(folder, ({ path, kind }) => {
        if (kind !== 'edited' && (isHome(path) || !isHome(folder)) && found.concerns(path)) void reload();
      }),
    );
  disposables.add(trust.onDidGrant(fire));
  const obey = () => {
    for (const life of lives.values()) if (forbids(life.config) !== undefined) void life.close();
    void reload();
  };
  if (ports.administration) disposables.add(ports.administration.onDidChange(obey));
  const ready = inTurn(follow).catch((error) => log.error('Could not read the servers of tools', error));

  return {
    get all() {
      return configs().map(viewOfConfig);
    },
    get problems() {
      const isSet = (name: string) => connector?.variable(name) !== undefined;
      const ofVariables = found.all.flatMap((config) =>
        variableProblems(config, { agreed: agreements.isAgreed(config), isSet }),
      );
      return connector ? [...found.problems, ...ofVariables] : found.problems;
    },
    ready: ready.then(() => {}),
    log: (id) => lives.get(id)?.log ?? [],
    async start(id) {
      await using(id);
    },
    async stop(id) {
      await lives.get(id)?.close();
    },
    async restart(id) {
      await lives.get(id)?.close();
      await using(id);
    },
    setEnabled: (id, enabled) => change(id, 'disabled', () => (enabled ? undefined : true)),
    setToolEnabled: (id, tool, enabled) =>
      change(id, 'disabledTools', ({ disabledTools }) => withName(disabledTools, tool, !enabled)),
    setAutoApprove: (id, tool, on) =>
      change(id, 'autoApprove', ({ autoApprove }) => withName(autoApprove, tool, on)),
    async add(root, name, config) {
      const path = found.pathOf(root);
      if (path === undefined) throw new ActError('invalid', 'There is no folder for your own servers.');
      if (name.trim() === '') throw new ActError('invalid', 'A server needs a name.');
      const at = ['mcpServers', name];
      await edit({ root, path, scope: root === undefined ? 'user' : 'workspace' }, (now) => {
        if (has(now, name)) throw new ActError('invalid', `There is a server “${name}” in ${path} already.`);
        return [[at, config]];
      });
      await reload();
    },
    async remove(id) {
      const config = configOf(id);
      await edit(config, () => [[['mcpServers', config.name], undefined]]);
      await reload();
    },
    async call(id, tool, input, signal) {
      const life = await using(id);
      return life.use((connection, each, goesOn) => connection.call(tool, input, each, goesOn), signal);
    },
    async readResource(id, uri, signal) {
      const life = await using(id);
      return life.use((connection, each) => connection.readResource(uri, each), signal);
    },
    async prompt(id, name, input, signal) {
      const life = await using(id);
      return life.use((connection, each) => connection.prompt(name, input, each), signal);
    },
    async openSignInPage(id) {
      await lives.get(id)?.signIn.openAgain();
    },
    cancelSignIn: (id) => lives.get(id)?.signIn.decline(),
    async signOut(id) {
      const config = configOf(id);
      await lives.get(id)?.close();
      if (connector) await connector.signOut(fillVariables(config, connector.variable).config);
      fire();
    },
    onDidChange: changed.event,

    async gather(root, profile, signal) {
      await ready;
      if (!trust.trusted || !connector) return { ready: [], missing: [] };
      // A watcher begins some time after its window, and may miss what is written until then.
      await patient(clock, signal, reload(), PATIENCE);
      const wanted = serversFor(root, profile);
      await agreements.learn(wanted);
      const missing = new Map<ServerConfig, string>();
      const here: Ready[] = [];
      await Promise.all(
        wanted.map(async (config) => {
          const late = 'it has not started yet';
          missing.set(config, late);
          const start = async () => {
            const life = await requireMay(config, true);
            if (life.state === 'failed' && life.failedLately) throw new Error(life.message ?? 'it failed');
            await life.open(false);
            return life;
          };
          try {
            const life = await patient(clock, signal, start(), patienceFor(config));
            if (life) {
              missing.delete(config);
              here.push({ server: viewOfConfig(config), life });
            } else if (lives.get(idOf(config))?.state === 'signingIn')
              missing.set(config, 'it waits for you to sign in');
          } catch (error) {
            missing.set(config, error instanceof Error ? error.message : String(error));
          }
        }),
      );
      signal.throwIfAborted();
      const order = new Map(wanted.map((config, index) => [idOf(config), index]));
      return {
        ready: here.sort((a, b) => (order.get(a.server.id) ?? 0) - (order.get(b.server.id) ?? 0)),
        missing: wanted.flatMap((config) =>
          missing.has(config) ? [`${config.name}: ${missing.get(config)}`] : [],
        ),
      };
    },

    async close() {
      await Promise.all([...lives.values()].map((life) => life.close()));
    },
    dispose() {
      over = true;
      disposables.dispose();
      for (const life of lives.values()) void life.close();
    },
  };
}

function patienceFor({ waitForReady, timeout }: ServerConfig): number {
  return waitForReady ? Math.max(PATIENCE, timeout) : PATIENCE;
}

/** What it comes to, or undefined when that takes longer than a session should wait. */
function patient<T>(
  clock: Ports['clock'],
  signal: AbortSignal,
  work: Promise<T>,
  ms: number,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(ms, () => resolve(undefined));
    const cancel = () => {
      timer.dispose();
      resolve(undefined);
    };
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => {
      timer.dispose();
      signal.removeEventListener('abort', cancel);
    });
  });
}

function has(file: unknown, name: string): boolean {
  const servers = (file as { readonly mcpServers?: unknown } | null | undefined)?.mcpServers;
  return typeof servers === 'object' && servers !== null && Object.hasOwn(servers, name);
}
