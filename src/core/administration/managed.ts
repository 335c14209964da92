/** What is fixed, in words: each key of the file, what stands there, and what comes of it. Pure. */
import { MODEL_ROLES } from '../modelSettings';
import type { SettingsValues } from '../ports';
import { SCOPES } from '../usage/limits';
import type { Policy } from './policy';
import { allowedModels } from './verdicts';

export interface Managed {
  readonly key: keyof Policy;
  /** As it stands in the file. */
  readonly value: string;
  /** A whole sentence. */
  readonly words: string;
}

export function managedBy(policy: Policy): readonly Managed[] {
  return (Object.keys(WORDS) as (keyof Policy)[]).flatMap((key) => {
    const value = policy[key];
    return value === undefined ? [] : [{ key, value: JSON.stringify(value), words: WORDS[key](policy) }];
  });
}

/** In the order in which they are shown. */
const WORDS: Readonly<Record<keyof Policy, (policy: Policy) => string>> = {
  models: (policy) => `Models: ${allowedModels(policy)}`,
  baseUrls: ({ baseUrls = [] }) => `Model servers: ${baseUrls.join(', ')}.`,
  mcp: ({ mcp }) => serversInWords(mcp),
  autonomy: ({ autonomy }) => `Autonomy: at most ${autonomy}.`,
  hooks: ({ hooks }) => hooksInWords(hooks),
  web: () => 'Web pages: the agent asks for none.',
  sandbox: () => 'Commands of the agent: only in the sandbox.',
  limits: ({ limits }) => {
    const money = SCOPES.flatMap((scope) =>
      limits?.[scope] === undefined ? [] : [`$${limits[scope]} a ${scope}`],
    );
    return money.length === 0 ? 'Spending: no limit is set.' : `Spending: at most ${money.join(', ')}.`;
  },
  maxTurns: ({ maxTurns }) => `Requests of one task: at most ${maxTurns}.`,
};

function serversInWords(mcp: Policy['mcp']): string {
  if (mcp === undefined || mcp === 'off') return 'MCP servers: none.';
  const listed = [...(mcp.registry === undefined ? [] : [`those of the registry ${mcp.registry}`])];
  const all = [mcp.names, mcp.urls, mcp.commands].flatMap((each) => each ?? []);
  return `MCP servers: only ${[...listed, ...all].join(', ') || 'none'}.`;
}

function hooksInWords(hooks: Policy['hooks']): string {
  if (hooks === undefined || hooks === 'off') return 'Hooks: none run.';
  if (hooks === 'home') return 'Hooks: only your own, in ~/.kiro/hooks.';
  const { sha256 = [], commands = [] } = hooks;
  const parts = [
    ...(sha256.length > 0 ? [`${sha256.length} by their content`] : []),
    ...(commands.length > 0 ? [`those that run ${commands.join(', ')}`] : []),
  ];
  return `Hooks: only ${parts.join(', and ') || 'none'}.`;
}

/** A setting that a person has otherwise than it holds. */
export interface Overruled {
  /** `autonomy`: without `earshot.` */
  readonly setting: string;
  readonly key: keyof Policy;
  readonly chosen: string;
  readonly holds: string;
}

const SETTINGS: readonly (readonly [setting: keyof SettingsValues, key: keyof Policy])[] = [
  ['model', 'models'],
  ['models', 'models'],
  ['baseUrl', 'baseUrls'],
  ['autonomy', 'autonomy'],
  ['hooks', 'hooks'],
  ['webFetch', 'web'],
  ['sandbox', 'sandbox'],
  ['limits', 'limits'],
  ['maxTurns', 'maxTurns'],
];

/** What somebody chose and does not get. Nothing chosen is nothing overruled. */
export function overruledIn(own: SettingsValues, limited: SettingsValues): readonly Overruled[] {
  return SETTINGS.flatMap(([setting, key]) => {
    const [chosen, holds] = [shown(own, setting), shown(limited, setting)];
    return chosen === '' || chosen === holds ? [] : [{ setting, key, chosen, holds }];
  });
}

function shown(values: SettingsValues, setting: keyof SettingsValues): string {
  switch (setting) {
    case 'sandbox':
      return values.sandbox?.mode ?? 'off';
    case 'models':
      return MODEL_ROLES.flatMap((role) => (values.models[role] ? [`${role}: ${values.models[role]}`] : []))
        .sort()
        .join(', ');
    case 'limits':
      return SCOPES.flatMap((scope) =>
        values.limits[scope] === undefined ? [] : [`${scope}: $${values.limits[scope]}`],
      ).join(', ');
    default:
      return String(values[setting]);
  }
}
