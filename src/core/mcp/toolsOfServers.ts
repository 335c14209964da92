/** Which of the tools that an editor lists are those of its servers. The editor's own are left out: the agent has ours for that. */
import { DESK_TOOL_NAMES } from '../mcpServer/toolNames';

export interface ListedTool {
  readonly name: string;
  /** Undefined in editors that do not know them. */
  readonly tags?: readonly string[] | undefined;
}

/** The editor gives it to each tool of a server; an extension may name its own tool as it likes, and tags it otherwise. */
const TAG = 'mcp';
/** Of their names, where an editor has no tags. */
const PREFIX = 'mcp_';

/** Without `earshot mcp`, however it is called there: it says what the agent knows anyway. */
export function toolsOfServers<T extends ListedTool>(all: readonly T[]): readonly T[] {
  const found = all.filter(isOfServer);
  const names = new Set(found.map(({ name }) => name));
  const [first = ''] = DESK_TOOL_NAMES;
  const ours = found
    .filter(({ name }) => name.endsWith(first))
    .map(({ name }) => name.slice(0, -first.length))
    .filter((prefix) => DESK_TOOL_NAMES.every((tool) => names.has(prefix + tool)));
  const own = new Set(ours.flatMap((prefix) => DESK_TOOL_NAMES.map((tool) => prefix + tool)));
  return found.filter(({ name }) => !own.has(name));
}

function isOfServer({ name, tags = [] }: ListedTool): boolean {
  return tags.includes(TAG) || (tags.length === 0 && name.startsWith(PREFIX));
}
