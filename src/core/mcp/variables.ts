/** `${VAR}` in what a server is started with: told when the person is asked, filled in when it starts. */
import { ActError } from '../actError';
import type { ServerConfig } from './model';
import { objectionTo } from './serverAddress';

const VARIABLE = /\$\{(?:env:)?([A-Za-z_]\w*)\}/g;

/** What stands for one variable, and for nothing else. */
export const isVariable = (text: string) => /^\$\{(?:env:)?[A-Za-z_]\w*\}$/.test(text);

export interface VariableUse {
  readonly name: string;
  /** The key, or the place in a list, in the server's configuration. */
  readonly at: readonly (string | number)[];
}

/** Each variable of each text, where it stands. */
export function usesOf(config: ServerConfig): readonly VariableUse[] {
  const uses: VariableUse[] = [];
  mapTexts(config, (text, at) => {
    for (const [, name = ''] of text.matchAll(VARIABLE)) uses.push({ name, at });
    return text;
  });
  return uses;
}

/** Names, each once, in the order in which they stand there. */
export function variablesOf(config: ServerConfig): readonly string[] {
  return [...new Set(usesOf(config).map(({ name }) => name))];
}

export interface Filled {
  readonly config: ServerConfig;
  /** The values: never to be shown. */
  readonly secrets: readonly string[];
}

type LookUp = (name: string) => string | undefined;

/** Rejects where one is not set: a server that is told an empty key fails in a way that nobody understands. */
export function fillVariables(config: ServerConfig, lookUp: LookUp): Filled {
  const missing = variablesOf(config).filter((name) => lookUp(name) === undefined);
  if (missing.length > 0) throw new ActError('invalid', notSet(config.name, missing));
  const secrets = new Set<string>();
  const filled = mapTexts(config, (text) =>
    text.replace(VARIABLE, (_, name: string) => {
      const value = lookUp(name) ?? '';
      // Shorter ones would blacken harmless words.
      if (value.length >= 4) secrets.add(value);
      return value;
    }),
  );
  if (config.transport !== 'stdio' && filled.transport !== 'stdio') {
    const why = objectionTo(filled.url, config.url);
    if (why !== undefined) throw new ActError('refused', why);
  }
  return { config: filled, secrets: [...secrets] };
}

/** @param names At least one */
export function notSet(server: string, names: readonly string[]): string {
  const [are, them] = names.length > 1 ? ['are', 'them'] : ['is', 'it'];
  const all = names.map((name) => `\${${name}}`).join(' and ');
  return `${all} ${are} not set in the environment, so “${server}” does not start. Set ${them} and start the editor from there.`;
}

/** All that a server is started or asked with. */
function mapTexts(config: ServerConfig, map: (text: string, at: VariableUse['at']) => string): ServerConfig {
  const pairs = (all: Readonly<Record<string, string>>, key: string) =>
    Object.fromEntries(Object.entries(all).map(([name, text]) => [name, map(text, [key, name])]));
  if (config.transport === 'stdio') {
    const { command, args, env, cwd } = config;
    return {
      ...config,
      command: map(command, ['command']),
      args: args.map((text, index) => map(text, ['args', index])),
      env: pairs(env, 'env'),
      cwd: cwd === undefined ? undefined : map(cwd, ['cwd']),
    };
  }
  const { scopes, ...texts } = config.oauth;
  return {
    ...config,
    url: map(config.url, ['url']),
    headers: pairs(config.headers, 'headers'),
    oauth: { ...pairs(texts, 'oauth'), ...(scopes === undefined ? {} : { scopes }) },
  };
}
