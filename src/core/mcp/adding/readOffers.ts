/** What somebody pasted or chose → servers that may be added: a command line, an address, a configuration, or a registry file. */
import { type ParseError, parse } from 'jsonc-parser';
import { ActError } from '../../actError';
import { offerOfCommandLine, shortened } from './commandLine';
import type { ServerOffer } from './offer';
import { readRegistry } from './registry';

/** Rejects with an `ActError` that says what would be understood. */
export function readOffers(given: string): readonly ServerOffer[] {
  const text = given.trim();
  if (text === '') throw new ActError('invalid', 'Write a command line, or the address of a server.');
  if (/^[[{"]/.test(text)) return offersOfJson(text);
  if (/^https?:\/\/\S+$/i.test(text)) return [offerOfUrl(text)];
  return [offerOfCommandLine(text)];
}

function offerOfUrl(url: string): ServerOffer {
  const host = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url)?.[1] ?? '';
  const local = /^(?:localhost|127\.\d+\.\d+\.\d+)$/i.test(host);
  if (!local && /^http:/i.test(url))
    throw new ActError(
      'invalid',
      'Only servers on this machine may be reached by http. Write https:// instead.',
    );
  const labels = host.split('.').filter((label) => !/^(?:www|mcp|api)$/i.test(label));
  const name = local ? 'local' : (labels.at(-2) ?? labels.at(-1) ?? host);
  return { name: shortened(name), description: '', config: { url }, variables: [] };
}

function offersOfJson(text: string): readonly ServerOffer[] {
  const errors: ParseError[] = [];
  // A README often shows only the member of an object: `"memory": { … }`.
  const value: unknown = parse(text.startsWith('"') ? `{${text}}` : text, errors, {
    allowTrailingComma: true,
  });
  if (errors.length > 0) throw new ActError('invalid', 'This is not valid JSON. Mend it and try again.');
  const found = readRegistry(value);
  if (found) {
    if (found.offers.length > 0) return found.offers;
    const [left] = found.left;
    throw new ActError(
      'invalid',
      left ? `“${left.name}” cannot be started from here. ${left.why}` : 'There is no server in this file.',
    );
  }
  const servers = serversIn(value);
  const offers = Object.entries(servers).flatMap(([name, config]) =>
    isStart(config) ? [{ name, description: '', config, variables: [] }] : [],
  );
  if (offers.length > 0) return offers;
  throw new ActError(
    'invalid',
    'There is no server in this. A registry file has "packages" or "remotes", a configuration "mcpServers".',
  );
}

type Json = Readonly<Record<string, unknown>>;

/** As Kiro and Claude write it, as VS Code does, or one server alone. */
function serversIn(value: unknown): Json {
  if (!isRecord(value)) return {};
  const named = [value.mcpServers, value.servers].find(isRecord);
  return named ?? (isStart(value) ? { server: value } : value);
}

function isStart(value: unknown): value is Json {
  return isRecord(value) && (typeof value.command === 'string' || typeof value.url === 'string');
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
