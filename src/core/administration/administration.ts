/** What an organisation fixes on this machine, before whatever a person, a workspace, the environment or an option says. */
import type { Model } from '../agent/turn/model';
import type { Hook } from '../hooks/model';
import type { AllowedStart } from '../mcp/adding/registry';
import type { Registry } from '../mcp/fromRegistry';
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
import { type Managed, managedBy, type Overruled, overruledIn } from './managed';
import type { Policy, PolicyProblem, ReadPolicy } from './policy';
import { addressVerdict, hookVerdict, isSameAddress, mayUse, modelVerdict, serverVerdict } from './verdicts';

export interface Administration {
  readonly path: string;
  /** Undefined: there is no file, and nothing is fixed. */
  readonly policy: Policy | undefined;
  /** While there are any, what they say holds. */
  readonly problems: readonly PolicyProblem[];
  /** It was read once: until then the strictest holds. */
  readonly ready: Promise<void>;
  /** The same, with what every reader may see. */
  settings(settings: Settings): Settings;
  models(models: Models, settings: Settings): Models;
  /** Why it is not allowed, for a person; undefined where it is. */
  modelVerdict(name: string): string | undefined;
  addressVerdict(url: string): string | undefined;
  autonomyVerdict(autonomy: Autonomy): string | undefined;
  serverVerdict(config: ServerConfig): string | undefined;
  /** A server of the registry, by its name or the last part of that: as an `mcp.json` would have it. */
  registered: Registry;
  hookVerdict(hook: Pick<Hook, 'isHome' | 'content' | 'action' | 'power'>): string | undefined;
  /** Empty where nothing is fixed. */
  readonly managed: readonly Managed[];
  /** What the settings that were given say otherwise. */
  readonly overruled: readonly Overruled[];
  /** It was read. Undefined: there is no file. */
  learn(read: ReadPolicy | undefined): void;
  readonly onDidChange: Event<void>;
}

/** @param first Undefined: there is no file */
export function createAdministration(
  path: string,
  first: ReadPolicy | undefined,
  hasher: Hasher,
  ready: Promise<void> = Promise.resolve(),
): Administration {
  const changed = new Emitter<void>();
  let policy: Policy | undefined;
  let registry: readonly AllowedStart[] | undefined;
  let problems: readonly PolicyProblem[] = [];
  let own: Settings | undefined;
  function take(read: ReadPolicy | undefined): void {
    policy = read?.policy;
    registry = read?.registry;
    problems = read?.problems ?? [];
  }
  /** Nothing is asked of a policy that is not there. */
  const judge = (verdict: (policy: Policy) => string | undefined) =>
    policy === undefined ? undefined : verdict(policy);
  take(first);
  return {
    path,
    ready,
    get policy() {
      return policy;
    },
    get problems() {
      return problems;
    },
    get managed() {
      return policy === undefined ? [] : managedBy(policy);
    },
    get overruled() {
      if (policy === undefined || own === undefined) return [];
      return overruledIn(own.get(), limitSettings(own.get(), policy));
    },
    settings(settings) {
      own = settings;
      return {
        get: () => (policy === undefined ? settings.get() : limitSettings(settings.get(), policy)),
        onDidChange(listener) {
          const both = [settings.onDidChange(listener), changed.event(listener)];
          return { dispose: () => both.forEach((each) => void each.dispose()) };
        },
      };
    },
    models: (models, settings) => limitModels(models, settings, () => policy),
    modelVerdict: (name) => judge((now) => modelVerdict(name, now)),
    addressVerdict: (url) => judge((now) => addressVerdict(url, now)),
    autonomyVerdict: (autonomy) =>
      judge(({ autonomy: most }) =>
        most === undefined || lesser(autonomy, most) === autonomy
          ? undefined
          : `Your organisation lets the agent do at most “${most}” unasked.`,
      ),
    registered: (name) =>
      (
        registry?.find((each) => each.name === name) ??
        registry?.find((each) => each.name.endsWith(`/${name}`))
      )?.config,
    serverVerdict: (config) => judge((now) => serverVerdict(config, now, registry)),
    hookVerdict: (hook) => judge((now) => hookVerdict(hook, now, hasher)),
    learn(read) {
      take(read);
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
      baseUrls && !baseUrls.some((url) => isSameAddress(url, values.baseUrl))
        ? (baseUrls[0] ?? '')
        : values.baseUrl,
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

function limitModels(models: Models, settings: Settings, policyNow: () => Policy | undefined): Models {
  const refused = (message: string) => ({ missing: 'setting' as const, message });
  return {
    ...models,
    async current(role, named) {
      const policy = policyNow();
      if (policy === undefined) return models.current(role, named);
      const chosen = modelFor(settings.get(), role, named);
      const verdict = modelVerdict(chosen, policy);
      if (verdict !== undefined) return refused(verdict);
      const found = await models.current(role, named);
      // Nobody should look for a key of a model that they may not use.
      if (!('model' in found))
        return allowsNone(policy) ? refused('Your organisation allows no model here.') : found;
      if (chosen !== '' || isRehearsed(found.model)) return found;
      const late = modelVerdict(found.model.name, policy);
      return late === undefined ? found : refused(late);
    },
  };
}

function allowsNone({ models }: Policy): boolean {
  return models?.allow?.length === 0 && models.default === undefined;
}

/** The guided demo asks nobody. */
function isRehearsed({ rehearsed }: Model): boolean {
  return rehearsed === true;
}
