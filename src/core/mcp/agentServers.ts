/** The servers that a custom agent brings: as in an `mcp.json`. */
import type { AgentProfile } from '../agent/profiles/model';
import { fromRegistry, type Registry } from './fromRegistry';
import type { ServerConfig } from './model';
import { readConfig } from './readConfig';

export function readAgentServers(
  { mcpServers, path, root }: AgentProfile,
  registry: Registry,
): readonly ServerConfig[] {
  const range = { start: 0, end: 0 };
  return Object.entries(mcpServers).flatMap(
    ([name, value]) =>
      readConfig(
        fromRegistry(value, name, registry),
        { name, scope: 'agent', root, path, range },
        () => {},
      ) ?? [],
  );
}
