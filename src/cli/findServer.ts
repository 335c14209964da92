import type { McpServer } from '../core/mcp/model';
import type { McpServers } from '../core/mcp/servers';
import { UsageError } from './command';

/** By its name: the one that counts in this workspace. */
export async function findServer(servers: McpServers, name: string): Promise<McpServer> {
  await servers.ready;
  const server = servers.all.find(({ config }) => config.name === name);
  if (server) return server;
  const known = servers.all.map(({ config }) => config.name).join(', ');
  throw new UsageError(`There is no server “${name}” here.${known === '' ? '' : ` Known: ${known}.`}`);
}
