/** One server of an `mcp.json` or of an agent's file: what is understood of it, and what is wrong with it. */
import type { TextRange } from '../util/textRange';
import type { McpProblem, OAuthSettings, ServerConfig } from './model';
import { isOpen, objectionTo } from './serverAddress';
import { isVariable } from './variables';

/** Tells a problem at a key of the server; without a key, at its name. */
export type Report = (severity: McpProblem['severity'], message: string, ...at: readonly string[]) => void;

export interface Place {
  readonly name: string;
  readonly scope: ServerConfig['scope'];
  readonly root: string | undefined;
  readonly path: string;
  readonly range: TextRange;
}

const CONNECT = 60_000;
const REQUEST = 120_000;
/** The longest that a timer can wait. */
const LONGEST = 2 ** 31 - 1;

const KNOWN = new Set([
  'command',
  'args',
  'env',
  'cwd',
  'url',
  'headers',
  'oauth',
  'oauthScopes',
  'type',
  'transport',
  'disabled',
  'autoApprove',
  'disabledTools',
  'timeout',
  'requestTimeout',
  'waitForReady',
]);
/** What other programs call it: said, where somebody may rely on it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  alwaysAllow: 'autoApprove',
  enabled: 'disabled',
  serverUrl: 'url',
  httpUrl: 'url',
  environment: 'env',
};

/** Undefined: it cannot be started as it is written, and `report` was told why. */
export function readConfig(value: unknown, place: Place, report: Report): ServerConfig | undefined {
  if (!isRecord(value)) {
    report('error', `“${place.name}” is no object. A server is { "command": … } or { "url": … }.`);
    return undefined;
  }
  for (const key of Object.keys(value)) tellUnknown(key, report);
  const read = readers(value, report);
  const shared = {
    ...place,
    disabled: read.boolean('disabled'),
    autoApprove: read.texts('autoApprove'),
    disabledTools: read.texts('disabledTools'),
    timeout: read.milliseconds('timeout', CONNECT),
    requestTimeout: read.milliseconds('requestTimeout', REQUEST),
    ...(read.boolean('waitForReady') ? { waitForReady: true } : {}),
  };
  const { command, url, type } = value;
  if (type === 'registry') {
    report(
      'warning',
      'No registry of your organisation has this server, so it does not start. Write its “command” or “url” here instead of “type”; “Earshot: Add MCP Server” takes them from a registry file.',
      'type',
    );
    return undefined;
  }
  if (command !== undefined && url !== undefined)
    report('warning', 'It has a command and a url. The command counts.', 'url');
  if (command !== undefined) {
    if (typeof command !== 'string' || command.trim() === '') {
      report('error', 'The command is no text, so this server does not start.', 'command');
      return undefined;
    }
    const own = { command, args: read.texts('args'), env: read.pairs('env'), cwd: read.text('cwd') };
    const content = JSON.stringify(['stdio', own.command, own.args, own.env, own.cwd, shared.autoApprove]);
    return { ...shared, transport: 'stdio', ...own, content };
  }
  if (typeof url !== 'string') {
    report('error', 'It has neither a command nor a url, so this server does not start.');
    return undefined;
  }
  const why = isOpen(url) ? undefined : objectionTo(url);
  if (why !== undefined) {
    report('error', why, 'url');
    return undefined;
  }
  const transport = [type, value.transport].includes('sse') ? 'sse' : 'http';
  const own = { url, headers: read.pairs('headers'), oauth: readOAuth(value, report) };
  const content = JSON.stringify([transport, url, own.headers, own.oauth, shared.autoApprove]);
  return { ...shared, transport, ...own, content };
}

/** What has to start again when it changes: approvals are for us to keep, the server does not know them. */
export function startOf(config: ServerConfig): string {
  const limits = [config.timeout, config.requestTimeout];
  return config.transport === 'stdio'
    ? JSON.stringify([config.command, config.args, config.env, config.cwd, limits])
    : JSON.stringify([config.transport, config.url, config.headers, config.oauth, limits]);
}

function readOAuth(value: Readonly<Record<string, unknown>>, report: Report): OAuthSettings {
  const { oauth = {} } = value;
  if (!isRecord(oauth)) {
    report('warning', '“oauth” is no object, so nothing of it counts.', 'oauth');
    return {};
  }
  const read = readers(oauth, (severity, message, ...at) => report(severity, message, 'oauth', ...at));
  const scopes = oauth.oauthScopes === undefined ? value.oauthScopes : oauth.oauthScopes;
  const asked = Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : undefined;
  const all = {
    clientId: read.text('clientId'),
    clientSecret: readSecret(oauth, report),
    clientMetadataUrl: read.text('clientMetadataUrl'),
    redirectUri: read.text('redirectUri'),
    scopes: asked,
  };
  return Object.fromEntries(Object.entries(all).filter(([, each]) => each !== undefined));
}

/** A file is read by more people than those who may know a secret. */
function readSecret({ clientId, clientSecret }: Readonly<Record<string, unknown>>, report: Report) {
  const tell = (message: string) => report('warning', message, 'oauth', 'clientSecret');
  if (clientSecret === undefined || clientSecret === null) return undefined;
  if (typeof clientSecret !== 'string' || !isVariable(clientSecret))
    tell(
      `A secret does not belong in a file, so it is not used. Write \${MY_SECRET} here and set MY_SECRET in the environment.`,
    );
  else if (typeof clientId !== 'string') tell('A client secret needs a clientId, so it is not used.');
  else return clientSecret;
  return undefined;
}

function tellUnknown(key: string, report: Report): void {
  const ours = ELSEWHERE[key];
  if (ours !== undefined)
    report('warning', `“${key}” is not known here. Kiro and Earshot read “${ours}”.`, key);
  else if (!KNOWN.has(key)) report('hint', `“${key}” is not known here, so nothing comes of it.`, key);
}

function readers(value: Readonly<Record<string, unknown>>, report: Report) {
  function read<T>(key: string, isIt: (it: unknown) => it is T, kind: string, otherwise: T): T {
    const it = value[key];
    if (it === undefined || it === null) return otherwise;
    if (isIt(it)) return it;
    report('warning', `“${key}” is no ${kind}, so it does not count.`, key);
    return otherwise;
  }
  return {
    boolean: (key: string) => read(key, (it) => typeof it === 'boolean', 'true or false', false),
    text: (key: string) =>
      read<string | undefined>(key, (it): it is string => typeof it === 'string', 'text', undefined),
    texts: (key: string) => read<readonly string[]>(key, isTexts, 'list of texts', []),
    pairs: (key: string) => read<Readonly<Record<string, string>>>(key, isPairs, 'object of texts', {}),
    milliseconds: (key: string, otherwise: number) =>
      Math.min(LONGEST, read(key, isPositive, 'number of milliseconds', otherwise)),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isPairs(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((each) => typeof each === 'string');
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}
