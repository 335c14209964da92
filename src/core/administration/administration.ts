/** What an organisation fixes on this machine, before whatever a person, a workspace, the environment or an option says. */
import type { Model } from '../agent/turn/model';
import type { Hook } from '../hooks/model';
import type { ServerConfig } from '../mcp/model';
import { MODEL_ROLES, modelFor } from '../modelSettings';
import {
  AUTONOMIES,
  type Autonomy,
  type Hasher,
  type Models,
  type Settings,
  type SettingsValues,
} from '../ports';
import { SCOPES } from '../usage/limits';
import { Emitter, type Event } from '../util/event';
import type { Policy, PolicyProblem, ReadPolicy } from './policy';

export interface Administration {
  readonly path: string;
  /** Undefined: there is no file, and nothing is fixed. */
  readonly policy: Policy | undefined;
  /** While there are any, the strictest holds. */
  readonly problems: readonly PolicyProblem[];
  /** The same, with what every reader may see. */
  settings(settings: Settings): Settings;
  models(models: Models, settings: Settings): Models;
  /** Why a server may not start; undefined where it may. */
  serverVerdict(config: ServerConfig): string | undefined;
  hookVerdict(hook: Pick<Hook, 'isHome' | 'content'>): string | undefined;
  /** Whole sentences for a person; empty where nothing is fixed. */
  readonly managed: readonly string[];
  /** It was read: until then the strictest holds. */
  learn(read: ReadPolicy): void;
  readonly onDidChange: Event<void>;
}

const BY = 'Your organisation';
/** Models of other providers than the server of the base URL. */
const OTHER_PROVIDER = /^(?:bedrock|editor):/;

/** @param first Undefined: there is no file */
export function createAdministration(
  path: string,
  first: ReadPolicy | undefined,
  hasher: Hasher,
): Administration {
  const changed = new Emitter<void>();
  let { policy, problems }: { policy: Policy | undefined; problems: readonly PolicyProblem[] } = first ?? {
    policy: undefined,
    problems: [],
  };
  return {
    path,
    get policy() {
      return policy;
    },
    get problems() {
      return problems;
    },
    get managed() {
      return policy === undefined ? [] : sentences(path, policy, problems);
    },
    settings: (settings) => ({
      get: () => (policy === undefined ? settings.get() : limitSettings(settings.get(), policy)),
      onDidChange(listener) {
        const both = [settings.onDidChange(listener), changed.event(listener)];
        return { dispose: () => both.forEach((each) => void each.dispose()) };
      },
    }),
    models: (models, settings) => limitModels(models, settings, () => policy),
    serverVerdict: (config) => (policy === undefined ? undefined : serverVerdict(config, policy)),
    hookVerdict: (hook) => (policy === undefined ? undefined : hookVerdict(hook, policy, hasher)),
    learn(read) {
      ({ policy, problems } = read);
      changed.fire();
    },
    onDidChange: changed.event,
  };
}

/** The values with nothing in them that is not allowed. Pure. */
export function limitSettings(values: SettingsValues, policy: Policy): SettingsValues {
  const { autonomy, web, sandbox, limits = {}, hooks, baseUrls, maxTurns } = policy;
  const model = (name: string) => (mayUse(name, policy) ? name : (policy.models?.default ?? ''));
  const roles = MODEL_ROLES.flatMap((role) => {
    const name = values.models[role];
    return name === undefined ? [] : [[role, model(name)] as const];
  });
  const least = SCOPES.flatMap((scope) => {
    const both = [values.limits[scope], limits[scope]].filter((limit) => limit !== undefined);
    return both.length > 0 ? [[scope, Math.min(...both)] as const] : [];
  });
  return {
    ...values,
    model: values.model === '' ? (policy.models?.default ?? '') : model(values.model),
    models: Object.fromEntries(roles),
    baseUrl:
      baseUrls && !baseUrls.some((url) => isSame(url, values.baseUrl)) ? (baseUrls[0] ?? '') : values.baseUrl,
    autonomy: autonomy ? lesser(values.autonomy, autonomy) : values.autonomy,
    webFetch: values.webFetch && web !== 'off',
    ...(sandbox === 'required' ? { sandbox: { hosts: values.sandbox?.hosts ?? [], mode: 'required' } } : {}),
    limits: Object.fromEntries(least),
    hooks: hooks === 'off' ? 'off' : values.hooks,
    maxTurns: maxTurns === undefined ? values.maxTurns : Math.min(values.maxTurns, maxTurns),
  };
}

function lesser(own: Autonomy, most: Autonomy): Autonomy {
  return AUTONOMIES[Math.min(AUTONOMIES.indexOf(own), AUTONOMIES.indexOf(most))] ?? 'ask';
}

const isSame = (a: string, b: string) => a.replace(/\/+$/, '') === b.replace(/\/+$/, '');

/** An empty name is the server's newest: it is judged when it is known. */
function mayUse(name: string, { models, baseUrls }: Policy): boolean {
  if (name === '') return true;
  if (models?.allow) return models.allow.some((pattern) => fits(pattern, name)) || name === models.default;
  return !(baseUrls && OTHER_PROVIDER.test(name));
}

function limitModels(models: Models, settings: Settings, policyNow: () => Policy | undefined): Models {
  const refused = (name: string, policy: Policy) => ({
    missing: 'setting' as const,
    message: `${BY} does not allow the model ${name}. ${allowedModels(policy)}`,
  });
  return {
    ...models,
    async current(role, named) {
      const policy = policyNow();
      if (policy === undefined) return models.current(role, named);
      const chosen = modelFor(settings.get(), role, named);
      if (!mayUse(chosen, policy)) return refused(chosen, policy);
      const found = await models.current(role, named);
      if (!('model' in found) || chosen !== '' || isRehearsed(found.model)) return found;
      return mayUse(found.model.name, policy) ? found : refused(found.model.name, policy);
    },
  };
}

/** The guided demo asks nobody. */
function isRehearsed({ rehearsed }: Model): boolean {
  return rehearsed === true;
}

function allowedModels({ models }: Policy): string {
  const all = [...(models?.allow ?? []), ...(models?.default ? [models.default] : [])];
  return all.length === 0 ? 'It allows none.' : `It allows ${[...new Set(all)].join(', ')}.`;
}

function serverVerdict(config: ServerConfig, { mcp }: Policy): string | undefined {
  if (mcp === undefined) return undefined;
  if (mcp === 'off') return `${BY} allows no MCP servers.`;
  const no = (what: string) => `${BY} does not allow ${what}. Ask your administrator to add it.`;
  const isIn = (patterns: readonly string[], text: string) => patterns.some((pattern) => fits(pattern, text));
  if (mcp.names && !isIn(mcp.names, config.name)) return no(`an MCP server named “${config.name}”`);
  if (mcp.urls === undefined && mcp.commands === undefined) return undefined;
  if (config.transport !== 'stdio')
    return isIn(mcp.urls ?? [], config.url) ? undefined : no(`the MCP server at ${config.url}`);
  const line = [config.command, ...config.args].join(' ');
  return isIn(mcp.commands ?? [], line) ? undefined : no(`the MCP server “${line}”`);
}

function hookVerdict(
  { isHome, content }: Pick<Hook, 'isHome' | 'content'>,
  { hooks }: Policy,
  hasher: Hasher,
): string | undefined {
  if (hooks === undefined) return undefined;
  if (hooks === 'off') return `${BY} lets no hook run.`;
  if (hooks === 'home')
    return isHome ? undefined : `${BY} lets only your own hooks run, those in ~/.kiro/hooks.`;
  const hash = hasher.sha256(content);
  return hooks.sha256.includes(hash) ? undefined : `${BY} has not allowed this hook (sha256 ${hash}).`;
}

/** `*` stands for any characters; everything else for itself. Without backtracking. */
export function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function sentences(path: string, policy: Policy, problems: readonly PolicyProblem[]): readonly string[] {
  const { models, baseUrls, mcp, autonomy, hooks, web, sandbox, limits, maxTurns } = policy;
  const money = SCOPES.flatMap((scope) =>
    limits?.[scope] === undefined ? [] : [`$${limits[scope]} a ${scope}`],
  );
  const faults = problems.map(
    ({ line, message }) =>
      `${path}, line ${line}: ${message} Until your administrator mends it, the strictest holds.`,
  );
  const fixed = [
    models && `Models: ${allowedModels(policy)}`,
    baseUrls && `Model servers: ${baseUrls.join(', ')}.`,
    mcp && serversInWords(mcp),
    autonomy && `Autonomy: at most ${autonomy}.`,
    hooks && hooksInWords(hooks),
    web && 'Web pages: the agent asks for none.',
    sandbox && 'Commands of the agent: only in the sandbox.',
    money.length > 0 ? `Spending: at most ${money.join(', ')}.` : undefined,
    maxTurns && `Requests of one task: at most ${maxTurns}.`,
  ];
  return [...faults, ...fixed.filter((line) => typeof line === 'string')];
}

function serversInWords(mcp: NonNullable<Policy['mcp']>): string {
  if (mcp === 'off') return 'MCP servers: none.';
  const all = [mcp.names, mcp.urls, mcp.commands].flatMap((each) => each ?? []);
  return `MCP servers: only ${all.join(', ') || 'none'}.`;
}

function hooksInWords(hooks: NonNullable<Policy['hooks']>): string {
  if (hooks === 'off') return 'Hooks: none run.';
  return hooks === 'home' ? 'Hooks: only your own.' : `Hooks: ${hooks.sha256.length} by their content.`;
}
