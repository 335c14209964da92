/** `${VAR}` in what a server is started with: told when the person is asked, filled in when it starts. */
import { ActError } from '../actError';
import type { ServerConfig } from './model';

const VARIABLE = /\$\{(?:env:)?([A-Za-z_]\w*)\}/g;

/** Names, each once, in the order in which they stand there. */
export function variablesOf(config: ServerConfig): readonly string[] {
  const names = textsOf(config).flatMap((text) => [...text.matchAll(VARIABLE)].map(([, name = '']) => name));
  return [...new Set(names)];
}

export interface Filled {
  readonly config: ServerConfig;
  /** The values: never to be shown. */
  readonly secrets: readonly string[];
}

/** Rejects where one is not set: a server that is told an empty key fails in a way that nobody understands. */
export function fillVariables(config: ServerConfig, lookUp: (name: string) => string | undefined): Filled {
  const missing = variablesOf(config).filter((name) => lookUp(name) === undefined);
  if (missing.length > 0)
    throw new ActError(
      'invalid',
      `${missing.map((name) => `\${${name}}`).join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set in the environment, so “${config.name}” is not started. Set ${missing.length > 1 ? 'them' : 'it'} and start the editor from there.`,
    );
  const secrets = new Set<string>();
  const fill = (text: string) =>
    text.replace(VARIABLE, (_, name: string) => {
      const value = lookUp(name) ?? '';
      // Shorter ones would blacken harmless words.
      if (value.length >= 4) secrets.add(value);
      return value;
    });
  const pairs = (all: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(all).map(([key, text]) => [key, fill(text)]));
  const filled: ServerConfig =
    config.transport === 'stdio'
      ? { ...config, args: config.args.map(fill), env: pairs(config.env) }
      : { ...config, url: fill(config.url), headers: pairs(config.headers) };
  return { config: filled, secrets: [...secrets] };
}

function textsOf(config: ServerConfig): readonly string[] {
  return config.transport === 'stdio'
    ? [...config.args, ...Object.values(config.env)]
    : [config.url, ...Object.values(config.headers)];
}
