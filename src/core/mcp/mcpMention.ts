/** `#mcp:server`: what a server can do; `#mcp:server:uri`: what stands in a resource of it. */
import { ActError } from '../actError';
import { bestMatches } from '../agent/mentions/match';
import type { MentionChoice, MentionKind } from '../agent/mentions/mention';
import type { McpServer } from './model';
import type { McpServers } from './servers';

export function mcpMention(servers: Pick<McpServers, 'all' | 'ready' | 'readResource'>): MentionKind {
  return {
    name: 'mcp',
    description: 'A server of tools, or a resource of one',
    takes: true,
    async choices(query) {
      await servers.ready;
      const details = new Map(servers.all.filter(isUsable).flatMap(choicesOf));
      return bestMatches([...details.keys()], query).map((argument): MentionChoice => {
        const detail = details.get(argument) ?? '';
        return detail === '' ? { argument } : { argument, detail };
      });
    },
    async resolve(argument, _context, signal) {
      await servers.ready;
      const at = argument.indexOf(':');
      const name = at < 0 ? argument : argument.slice(0, at);
      const server = servers.all.find(({ config }) => config.name === name);
      if (!server) return undefined;
      if (!isUsable(server))
        throw new ActError('refused', `The server “${name}” is off. ${server.message ?? ''}`.trim());
      return at < 0 ? aboutText(server) : servers.readResource(server.id, argument.slice(at + 1), signal);
    },
  };
}

function isUsable({ state }: McpServer): boolean {
  return state !== 'disabled' && state !== 'forbidden' && state !== 'unapproved';
}

function choicesOf({ config, tools, resources }: McpServer): readonly (readonly [string, string])[] {
  const count = tools.length === 1 ? '1 tool' : `${tools.length} tools`;
  return [
    [config.name, tools.length === 0 ? 'server' : `server, ${count}`],
    ...resources
      .filter(({ template }) => !template)
      .map(
        ({ uri, name }) =>
          [`${config.name}:${uri}`, name === '' ? config.name : `${config.name} · ${name}`] as const,
      ),
  ];
}

function aboutText({ config, tools, resources }: McpServer): string {
  const lines = [
    `The person points you at the server of tools “${config.name}”.`,
    ...tools
      .filter(({ enabled }) => enabled)
      .map(({ name, description }) => `- ${name}: ${firstLine(description)}`),
    ...resources.map(({ uri, name }) => `- resource ${uri}${name === '' ? '' : ` (${name})`}`),
  ];
  return lines.join('\n');
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
