/** Whether a model, a server or a hook is allowed by a policy: undefined where it is, else why not. Pure. */
import type { Hook } from '../hooks/model';
import type { AllowedStart } from '../mcp/adding/registry';
import type { ServerConfig } from '../mcp/model';
import type { Hasher } from '../ports';
import type { Policy } from './policy';

const BY = 'Your organisation';
/** Models of other providers than the server of the base URL. */
const OTHER_PROVIDER = /^(?:bedrock|editor):/;

export const isSameAddress = (a: string, b: string) => a.replace(/\/+$/, '') === b.replace(/\/+$/, '');

/** An empty name is the server's newest: it is judged when it is known. */
export function mayUse(name: string, { models, baseUrls }: Policy): boolean {
  if (name === '') return true;
  if (models?.allow) return models.allow.some((pattern) => fits(pattern, name)) || name === models.default;
  return !(baseUrls && OTHER_PROVIDER.test(name));
}

export function modelVerdict(name: string, policy: Policy): string | undefined {
  return mayUse(name, policy)
    ? undefined
    : `${BY} does not allow the model ${name}. ${allowedModels(policy)}`;
}

export function allowedModels({ models, baseUrls }: Policy): string {
  const all = [...(models?.allow ?? []), ...(models?.default ? [models.default] : [])];
  if (all.length > 0) return `It allows ${[...new Set(all)].join(', ')}.`;
  return models?.allow || !baseUrls ? 'It allows none.' : `It allows those of ${baseUrls.join(', ')}.`;
}

export function addressVerdict(url: string, { baseUrls }: Policy): string | undefined {
  if (!baseUrls || baseUrls.some((each) => isSameAddress(each, url))) return undefined;
  return `${BY} does not allow the model server ${url}. It allows ${baseUrls.join(', ')}.`;
}

/** Variables that decide which code a program loads: with them, an allowed command line says nothing. */
const LOADERS =
  /^(?:PATH|PATHEXT|NODE_OPTIONS|NODE_PATH|LD_.*|DYLD_.*|PYTHON(?:PATH|HOME|STARTUP)|RUBYOPT|PERL5(?:LIB|OPT)|JAVA_TOOL_OPTIONS|BASH_ENV|ENV|npm_config_.*|UV_.*|PIP_.*|DOCKER_.*)$/i;

export function serverVerdict(
  config: ServerConfig,
  { mcp }: Policy,
  registry: readonly AllowedStart[] = [],
): string | undefined {
  if (mcp === undefined) return undefined;
  if (mcp === 'off') return `${BY} allows no MCP servers.`;
  const no = (what: string) => `${BY} does not allow ${what}. Ask your administrator to add it.`;
  const isIn = (patterns: readonly string[], text: string) => patterns.some((pattern) => fits(pattern, text));
  if (mcp.names && !isIn(mcp.names, config.name)) return no(`an MCP server named “${config.name}”`);
  if (mcp.urls === undefined && mcp.commands === undefined && mcp.registry === undefined) return undefined;
  if (config.transport !== 'stdio') {
    const { url } = config;
    const isListed = registry.some((start) => 'url' in start && isSameAddress(start.url, url));
    return isListed || isIn(mcp.urls ?? [], url) ? undefined : no(`the MCP server at ${url}`);
  }
  const words = [config.command, ...config.args];
  const line = words.join(' ');
  const isListed = registry.some((start) => 'words' in start && begins(start.words, words));
  if (!isListed && !isIn(mcp.commands ?? [], line)) return no(`the MCP server “${line}”`);
  const loader = Object.keys(config.env).find((name) => LOADERS.test(name));
  return loader === undefined
    ? undefined
    : no(`the variable ${loader} for the MCP server “${config.name}”, since it decides what runs`);
}

/** Its own arguments may follow. A `${NAME}` of the registry stands for one word of the person's. */
function begins(allowed: readonly string[], words: readonly string[]): boolean {
  return (
    allowed.length <= words.length &&
    allowed.every((word, index) => word === words[index] || /^\$\{\w+\}$/.test(word))
  );
}

export function hookVerdict(
  { isHome, content, action, power }: Pick<Hook, 'isHome' | 'content' | 'action' | 'power'>,
  { hooks }: Policy,
  hasher: Hasher,
): string | undefined {
  if (hooks === undefined) return undefined;
  if (hooks === 'off') return `${BY} lets no hook run.`;
  if (hooks === 'home')
    return isHome && power === undefined
      ? undefined
      : `${BY} lets only your own hooks run, those in ~/.kiro/hooks.`;
  if (action.type === 'command' && hooks.commands?.some((pattern) => fitsCommand(pattern, action.command)))
    return undefined;
  const hash = hasher.sha256(content);
  return hooks.sha256?.includes(hash) ? undefined : `${BY} has not allowed this hook (sha256 ${hash}).`;
}

/** What joins commands has to stand in the pattern itself: `npm test *` is no word about `npm test && curl …`. */
function fitsCommand(pattern: string, command: string): boolean {
  const joints = (text: string) => text.replace(/[^;&|<>`$()\r\n]/g, '');
  return fits(pattern, command) && joints(pattern) === joints(command);
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
