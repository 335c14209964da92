/** What a person sets about models: read from whatever the settings hold, with what is wrong in it said in words. */

/** `drafting`: writes documents; `coding`: tasks, hooks, conversation; `review`: revises what a person commented on, judges tasks. */
export const MODEL_ROLES = ['drafting', 'coding', 'review'] as const;
export type ModelRole = (typeof MODEL_ROLES)[number];

export const THINKING = ['default', 'adaptive', 'off'] as const;
export const EFFORTS = ['default', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

export interface ModelSettings {
  /** Empty: the newest Sonnet that the server lists. */
  readonly model: string;
  /** Where a role has one of its own. */
  readonly models: Readonly<Partial<Record<ModelRole, string>>>;
  /** `default`: nothing is said about it, and the model does what it does by itself. */
  readonly thinking: (typeof THINKING)[number];
  readonly effort: (typeof EFFORTS)[number];
}

export interface ReadModelSettings {
  readonly values: ModelSettings;
  /** Whole sentences. */
  readonly problems: readonly string[];
}

export type RawModelSettings = Readonly<Record<keyof ModelSettings, unknown>>;

export function readModelSettings(raw: RawModelSettings): ReadModelSettings {
  const problems: string[] = [];
  const model = textOf(raw.model) ?? '';
  if (raw.model !== undefined && textOf(raw.model) === undefined)
    problems.push('“earshot.model” is no text. Until that is mended the newest Sonnet is used.');
  return {
    values: {
      model,
      models: readRoles(raw.models, problems),
      thinking: oneOf('thinking', raw.thinking, THINKING, problems),
      effort: oneOf('effort', raw.effort, EFFORTS, problems),
    },
    problems,
  };
}

/** The name that a role goes by, unless another is `named`; empty where none is chosen. */
export function modelFor(
  { model, models }: Pick<ModelSettings, 'model' | 'models'>,
  role: ModelRole = 'coding',
  named?: string,
): string {
  return named ?? models[role] ?? model;
}

function readRoles(raw: unknown, problems: string[]): ModelSettings['models'] {
  if (raw === undefined || raw === null) return {};
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    problems.push(
      '“earshot.models” is such as {"drafting": "claude-opus-5"}. Until that is mended one model does all.',
    );
    return {};
  }
  const found: Partial<Record<ModelRole, string>> = {};
  for (const [name, value] of Object.entries(raw)) {
    const role = MODEL_ROLES.find((each) => each === name);
    const model = textOf(value);
    if (!role) problems.push(`“earshot.models” has no role “${name}”. Use ${MODEL_ROLES.join(', ')}.`);
    else if (model === undefined)
      problems.push(
        `“earshot.models” names no model for ${name}. Until that is mended “earshot.model” does it.`,
      );
    else if (model !== '') found[role] = model;
  }
  return found;
}

function oneOf<T extends string>(name: string, raw: unknown, allowed: readonly T[], problems: string[]): T {
  const [fallback] = allowed;
  const found = allowed.find((each) => each === raw);
  if (found !== undefined) return found;
  if (raw !== undefined)
    problems.push(
      `“earshot.${name}” is ${JSON.stringify(raw)}. Use ${allowed.join(', ')}. Until that is mended the model’s own default counts.`,
    );
  return fallback as T;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined;
}
