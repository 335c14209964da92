/** What is said of a server: its own state, or what keeps it from having one. */
import type { McpServer, McpTool, ServerConfig, ServerState } from './model';
import type { ServerLife, ToolList } from './serverLife';

export interface Standing {
  readonly forbidden: string | undefined;
  readonly restricted: string | undefined;
  readonly agreed: boolean;
}

export function viewOf(
  id: string,
  config: ServerConfig,
  life: ServerLife | undefined,
  standing: Standing,
): McpServer {
  const [state, message] = stateOf(config, life, standing);
  return {
    id,
    config,
    state,
    message,
    about: life?.about,
    tools: (life?.tools ?? []).map((tool) => toolOf(tool, config)),
    prompts: life?.prompts ?? [],
    resources: life?.resources ?? [],
  };
}

function stateOf(
  { disabled }: ServerConfig,
  life: ServerLife | undefined,
  { forbidden, restricted, agreed }: Standing,
): readonly [ServerState, string | undefined] {
  if (forbidden !== undefined) return ['forbidden', forbidden];
  if (disabled) return ['disabled', undefined];
  if (restricted !== undefined) return ['unapproved', restricted];
  if (!agreed) return ['unapproved', 'It starts when you agree to it as it is now.'];
  return [life?.state ?? 'idle', life?.message];
}

export function toolOf(tool: ToolList[number], { autoApprove, disabledTools }: ServerConfig): McpTool {
  return {
    ...tool,
    tokens: tokensOf(tool),
    enabled: !disabledTools.includes(tool.name),
    autoApproved: autoApprove.includes('*') || autoApprove.includes(tool.name),
  };
}

/** Estimated, as of English and JSON. */
const CHARACTERS_A_TOKEN = 3.5;

export function tokensOf({
  name,
  description,
  inputSchema,
}: Pick<ToolList[number], 'name' | 'description' | 'inputSchema'>): number {
  return Math.ceil(
    (name.length + description.length + JSON.stringify(inputSchema).length) / CHARACTERS_A_TOKEN,
  );
}
