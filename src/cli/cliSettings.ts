/** Settings and keys from the environment and the command line. No file of a repository has a say. */

import { DEFAULT_CHECKPOINTS } from '../core/checkpoints/settings';
import { type ModelSettings, readModelSettings } from '../core/modelSettings';
import type { SandboxSettings, SettingsValues } from '../core/ports';
import { readLimits, readPrices } from '../core/usage/settings';
import { type Arguments, type Environment, UsageError } from './command';

/** Tokens that every model of the last years takes. */
const DEFAULT_CONTEXT = 150_000;

export const ANTHROPIC = 'https://api.anthropic.com';

/** Hooks never fire: they belong to an editor, where files are saved by hand. */
export function settingsOf(env: Environment, args: Arguments): SettingsValues {
  return {
    ...modelsOf(env, args),
    baseUrl: args.value('base-url') ?? (env.EARSHOT_BASE_URL || ANTHROPIC),
    // Nobody reviews here what was written, so that it is asked for, or denied where nobody sits.
    autonomy: args.has('autopilot') ? 'autopilot' : 'ask',
    maxTurns: 60,
    contextTokens: Number(env.EARSHOT_CONTEXT_TOKENS) || DEFAULT_CONTEXT,
    sandbox: sandboxOf(env, args),
    limits: readLimits(json(env.EARSHOT_LIMITS)),
    prices: readPrices(json(env.EARSHOT_PRICES)),
    webFetch: args.has('web') || env.EARSHOT_WEB === '1',
    parallel: parallelOf(env.EARSHOT_PARALLEL || '1'),
    ...(env.EARSHOT_CHECKPOINTS === 'off' ? { checkpoints: { ...DEFAULT_CHECKPOINTS, on: false } } : {}),
    hooks: 'on',
    lint: {},
  };
}

function parallelOf(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UsageError(`EARSHOT_PARALLEL takes a whole number from 1 on, not “${text}”.`);
}

const SANDBOX = { off: 'off', 'when-available': 'whenAvailable', required: 'required' } as const;

/** A word that is not understood is told: who wants a sandbox must not run without one. */
function sandboxOf(env: Environment, args: Arguments): SandboxSettings {
  const said = args.value('sandbox') ?? (env.EARSHOT_SANDBOX || 'off');
  const found = Object.entries(SANDBOX).find(([name]) => name === said);
  if (!found)
    throw new UsageError(
      `“${said}” is no way to use the sandbox. Write off, when-available or required (--sandbox, EARSHOT_SANDBOX).`,
    );
  const hosts = (env.EARSHOT_SANDBOX_HOSTS ?? '').split(/[\s,]+/).filter((host) => host !== '');
  return { mode: found[1], hosts };
}

function modelsOf(env: Environment, args: Arguments): ModelSettings {
  const { values, problems } = readModelSettings({
    model: args.value('model') ?? env.EARSHOT_MODEL,
    models: json(env.EARSHOT_MODELS),
    thinking: env.EARSHOT_THINKING || undefined,
    effort: env.EARSHOT_EFFORT || undefined,
  });
  const [problem] = problems;
  if (problem !== undefined)
    throw new UsageError(
      problem.replace(/“earshot\.(\w+)”/g, (_, name: string) => `EARSHOT_${name.toUpperCase()}`),
    );
  // A model that is named for this run does all of it.
  return args.value('model') === undefined ? values : { ...values, models: {} };
}

/** Throws `UsageError` where a limit was meant and cannot be read: it must not be taken for none. */
function json(text: string | undefined): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(
      `Not JSON: ${text}. EARSHOT_LIMITS is such as {"task": 2, "month": 100}, in dollars.`,
    );
  }
}

/**
 * The key for a server: each belongs to one origin and never goes to another, so that an address alone,
 * from wherever it came, cannot draw a key to it.
 */
export function keyFor(env: Environment, origin: string): string | undefined {
  if (env.EARSHOT_API_KEY && env.EARSHOT_BASE_URL && originOf(env.EARSHOT_BASE_URL) === origin)
    return env.EARSHOT_API_KEY;
  return origin === ANTHROPIC ? env.ANTHROPIC_API_KEY || undefined : undefined;
}

/** `https://host:port` of an address; undefined for one that is no http address. */
export function originOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}
