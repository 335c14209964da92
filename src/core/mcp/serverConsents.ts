/** May a server start? Only after the person agreed to exactly this content, for its variables and approvals too. */
import type { Consents } from '../consents';
import type { AbortSignal } from '../util/abort';
import type { ServerConfig } from './model';
import { variablesOf } from './variables';

export interface ServerConsents {
  /** As far as is known without asking. */
  isAgreed(config: ServerConfig): boolean;
  /** The person said no to this content since the start: only the person's own act asks again. */
  isDeclined(config: ServerConfig): boolean;
  learn(configs: readonly ServerConfig[]): Promise<void>;
  /** What a person changed by their own hand is agreed to as it was before. */
  carry(before: ServerConfig, after: ServerConfig): Promise<void>;
  /** Asks unless the person has agreed; `quiet` when a session asks and not the person. */
  ask(config: ServerConfig, signal?: AbortSignal, quiet?: boolean): Promise<boolean>;
}

export function createServerConsents(consents: Consents): ServerConsents {
  const agreed = new Set<string>();
  const declined = new Set<string>();
  const placeOf = ({ root }: ServerConfig) => root ?? '';
  const keyOf = (config: ServerConfig) => JSON.stringify([placeOf(config), config.content]);
  const asking = new Map<string, Promise<boolean>>();

  async function ask(config: ServerConfig, signal?: AbortSignal, quiet = false): Promise<boolean> {
    const yes = await consents
      .obtain('server', placeOf(config), config.content, { ...questionOf(config), quiet }, signal)
      .catch(() => false);
    const key = keyOf(config);
    (yes ? agreed : declined).add(key);
    if (yes) declined.delete(key);
    return yes;
  }

  return {
    isAgreed: (config) => agreed.has(keyOf(config)),
    isDeclined: (config) => declined.has(keyOf(config)),
    async learn(configs) {
      for (const config of configs)
        if (await consents.has('server', placeOf(config), config.content)) agreed.add(keyOf(config));
    },
    async carry(before, after) {
      if (!agreed.has(keyOf(before))) return;
      await consents.grant('server', placeOf(after), after.content);
      agreed.add(keyOf(after));
    },
    async ask(config, signal, quiet) {
      const key = keyOf(config);
      if (agreed.has(key)) return true;
      // Two that need it at once are one question.
      const mine = asking.get(key) ?? ask(config, signal, quiet).finally(() => asking.delete(key));
      asking.set(key, mine);
      return mine;
    },
  };
}

function questionOf(config: ServerConfig) {
  const { name, path, autoApprove } = config;
  const runs = config.transport === 'stdio';
  const variables = variablesOf(config);
  const parts = [
    runs ? `It runs on this machine:\n\n${commandLine(config)}` : `It is asked at:\n\n${config.url}`,
    runs && config.cwd !== undefined ? `In ${config.cwd}.` : '',
    runs
      ? told('With these variables', Object.entries(config.env).map(variable))
      : told('With these headers', Object.keys(config.headers)),
    told('It is given the values of', variables),
    autoApprove.includes('*')
      ? 'The agent may call all of its tools without asking you.'
      : told('The agent may call without asking you', autoApprove),
    `From ${path}. If it changes, you are asked again.`,
  ];
  return {
    title: runs ? `Let the server “${name}” run?` : `Use the server “${name}”?`,
    detail: parts.filter((part) => part !== '').join('\n\n'),
    answers: [{ id: 'yes', label: runs ? 'Let It Run' : 'Use It' }],
  };
}

function commandLine({
  command,
  args,
}: Pick<Extract<ServerConfig, { transport: 'stdio' }>, 'command' | 'args'>) {
  return [command, ...args].map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./$\\{}-]+$/.test(word) ? word : JSON.stringify(word);
}

const SECRET = /key|token|secret|passw|credential/i;

/** With its value: `NODE_OPTIONS` and the like decide what runs. What is named as a secret is none for a screen. */
function variable([name, value]: readonly [string, string]): string {
  return SECRET.test(name) ? name : `${name}=${quoted(value)}`;
}

function told(what: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${what}: ${names.join(', ')}.`;
}
