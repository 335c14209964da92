/** The servers that a custom agent brings: as in an `mcp.json`. */
import type { AgentProfile } from '../agent/profiles/model';
import type { ServerConfig } from './model';
import { readConfig } from './readConfig';

export function readAgentServers({ mcpServers, path, root }: AgentProfile): readonly ServerConfig[] {
  const range = { start: 0, end: 0 };
  return Object.entries(mcpServers).flatMap(
    ([name, value]) => readConfig(value, { name, scope: 'agent', root, path, range }, () => {}) ?? [],
  );
}
