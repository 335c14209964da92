/**
 * A file of the MCP registry (`server.json`, schema of 2025-12-11, and the list that the registry answers with) → the
 * servers in it. What a package asks for at its start is left as `${VAR}`.
 */

import { readJsonTree, toValue } from '../../util/jsonTree';
import { shortened } from './commandLine';
import type { OfferedVariable, ServerOffer } from './offer';

type Json = Readonly<Record<string, unknown>>;

interface Found {
  readonly offers: readonly ServerOffer[];
  /** Names of servers that cannot be started from here, and why. */
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

/** Undefined: it is no such file. */
export function readRegistry(value: unknown): Found | undefined {
  const list = listOf(value);
  if (!list) return undefined;
  const offers: ServerOffer[] = [];
  const left: { name: string; why: string }[] = [];
  for (const each of list) {
    const server = record(record(each).server ?? each);
    const name = text(server.name);
    if (name === undefined) continue;
    const [offer] = offersOf(name, server);
    if (offer) offers.push(offer);
    else left.push({ name, why: 'It has neither an address nor a package of npm, PyPI, NuGet or Docker.' });
  }
  return { offers, left };
}

function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  const file = record(value);
  if (Array.isArray(file.servers)) return file.servers;
  return text(file.name) !== undefined && (file.packages !== undefined || file.remotes !== undefined)
    ? [file]
    : undefined;
}

/** An address, or the words that a command line begins with. */
export type AllowedStart = ({ readonly url: string } | { readonly words: readonly string[] }) & {
  readonly name: string;
  /** As it stands in an `mcp.json`. */
  readonly config: Json;
};

/** Every way to start each server of such a file; undefined: it is none. */
export function readAllowedStarts(written: string): readonly AllowedStart[] | undefined {
  const { root, mistake } = readJsonTree(written);
  const list = root && !mistake ? listOf(toValue(root)) : undefined;
  return list
    ?.map((each) => record(record(each).server ?? each))
    .flatMap((server) => {
      const name = text(server.name) ?? '';
      return offersOf(name, server).map(({ config }) => ({ name, config, ...startIn(config) }));
    });
}

function startIn({ url, command, args }: Json) {
  return typeof url === 'string'
    ? { url }
    : { words: [String(command), ...(Array.isArray(args) ? args : [])] };
}

/** The ways to it, the best first. */
function offersOf(name: string, server: Json): readonly ServerOffer[] {
  const offers: ServerOffer[] = [];
  const known = {
    name: shortened(name.split('/').at(-1) ?? name),
    description: text(server.description) ?? '',
  };
  for (const remote of records(server.remotes)) {
    const url = text(remote.url);
    if (url === undefined) continue;
    const headers = records(remote.headers);
    const pairs = Object.fromEntries(headers.map((header) => [String(header.name), writtenFor(header)]));
    const type = remote.type === 'sse' ? { type: 'sse' } : {};
    const config = { url, ...type, ...(headers.length > 0 ? { headers: pairs } : {}) };
    offers.push({ ...known, config, variables: headers.flatMap(askedFor) });
  }
  for (const each of records(server.packages)) {
    const start = startOf(each);
    if (!start) continue;
    const environment = records(each.environmentVariables);
    const env = Object.fromEntries(
      environment.map((variable) => [String(variable.name), writtenFor(variable)]),
    );
    const config = { ...start, ...(environment.length > 0 ? { env } : {}) };
    offers.push({ ...known, config, variables: environment.flatMap(askedFor) });
  }
  return offers;
}

function startOf(each: Json): { readonly command: string; readonly args: readonly string[] } | undefined {
  const identifier = text(each.identifier);
  if (identifier === undefined || (each.transport && record(each.transport).type !== 'stdio'))
    return undefined;
  const version = text(each.version);
  const runtime = records(each.runtimeArguments).flatMap(argumentOf);
  const own = records(each.packageArguments).flatMap(argumentOf);
  const at = (sign: string) => (version === undefined || version === 'latest' ? '' : `${sign}${version}`);
  const hint = text(each.runtimeHint);
  switch (each.registryType ?? each.registry_type) {
    case 'npm': {
      const yes = runtime.includes('-y') || runtime.includes('--yes') ? [] : ['-y'];
      return { command: hint ?? 'npx', args: [...yes, ...runtime, `${identifier}${at('@')}`, ...own] };
    }
    case 'pypi':
      return { command: hint ?? 'uvx', args: [...runtime, `${identifier}${at('==')}`, ...own] };
    case 'nuget':
      return { command: hint ?? 'dnx', args: [...runtime, `${identifier}${at('@')}`, '--yes', ...own] };
    case 'oci': {
      const variables = records(each.environmentVariables).flatMap(({ name }) => ['-e', String(name)]);
      const image = identifier.includes(':') ? identifier : `${identifier}${at(':')}`;
      return {
        command: hint ?? 'docker',
        args: ['run', '-i', '--rm', ...variables, ...runtime, image, ...own],
      };
    }
    default:
      return undefined;
  }
}

function argumentOf(argument: Json): readonly string[] {
  const name = text(argument.name);
  const value = text(argument.value) ?? text(argument.default);
  if (argument.type === 'named') {
    if (name === undefined) return [];
    return value === undefined && argument.isRequired !== true ? [name] : [name, value ?? asked(name)];
  }
  if (value !== undefined) return [value];
  return argument.isRequired === true ? [asked(text(argument.valueHint) ?? 'value')] : [];
}

function asked(name: string): string {
  return `\${${name.replace(/^-+/, '').replace(/\W+/g, '_').toUpperCase()}}`;
}

/** What is known is written; what is not is told by the environment. */
function writtenFor(input: Json): string {
  const value = text(input.value);
  if (value !== undefined && input.isSecret !== true)
    return value.replace(/(?<!\$)\{(\w+)\}/g, (_, name) => asked(name));
  return text(input.default) ?? asked(String(input.name));
}

function askedFor(input: Json): readonly OfferedVariable[] {
  if (text(input.value) !== undefined && input.isSecret !== true && !/\{\w+\}/.test(String(input.value)))
    return [];
  const secret = input.isSecret === true;
  return [
    {
      name: String(input.name),
      description: text(input.description) ?? '',
      required: input.isRequired === true,
      secret,
      default: text(input.default),
    },
  ];
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
