/** The desk's tools on the wire of the Model Context Protocol: one server for each client that is connected. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import type { jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import { ActError } from '../../core/actError';
import { ToolRefusal } from '../../core/agent/turn/toolRefusal';
import { DESK_TOOLS, type Desk, INSTRUCTIONS, InvalidInput } from '../../core/mcpServer';
import type { Logger } from '../../core/ports';

export interface ServerOptions {
  /** Opened with the first call: to be ready, a server need not have read a spec. */
  readonly desk: () => Promise<Desk>;
  readonly version: string;
  readonly log: Logger;
}

/** Characters of what a client calls itself: it is shown to people beside what it says. */
const LONGEST_NAME = 40;

/** For answers of people, for whom we have no questions; the SDK’s own takes as long to make as all the rest. */
const ASKS_NOTHING: jsonSchemaValidator = {
  getValidator: () => () => ({ valid: false, data: undefined, errorMessage: 'Earshot asks nothing.' }),
};

export function createMcpServer({ desk, version, log }: ServerOptions): Server {
  const server = new Server(
    { name: 'earshot', title: 'Earshot', version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS, jsonSchemaValidator: ASKS_NOTHING },
  );
  server.onerror = (error) => log.warn('The other agent’s message was not understood', error);
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: DESK_TOOLS.map(toolOf) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const tool = DESK_TOOLS.find(({ definition }) => definition.name === params.name);
    if (tool === undefined) throw new McpError(ErrorCode.InvalidParams, `There is no tool ${params.name}.`);
    const client = nameOf(server.getClientVersion()?.name);
    try {
      const { text, structured } = await tool.call(params.arguments, { desk: await desk(), client, signal });
      return answer(text, structured && { structuredContent: { ...structured } });
    } catch (error) {
      if (error instanceof ToolRefusal || error instanceof ActError || error instanceof InvalidInput)
        return answer(error.message, { isError: true });
      log.error(`${params.name} failed`, error);
      return answer('That failed inside Earshot. Its own output on standard error says why.', {
        isError: true,
      });
    }
  });
  return server;
}

function answer(text: string, more: Partial<CallToolResult> = {}): CallToolResult {
  return { content: [{ type: 'text', text }], ...more };
}

function toolOf({ definition }: (typeof DESK_TOOLS)[number]): Tool {
  const { inputSchema, outputSchema, ...rest } = definition;
  return {
    ...rest,
    inputSchema: { ...inputSchema, type: 'object' },
    ...(outputSchema && { outputSchema: { ...outputSchema, type: 'object' } }),
  };
}

/** Whatever it calls itself, it is seen to be an agent and no person. */
function nameOf(said: string | undefined): string {
  const words = (said ?? '').replace(/[^\p{L}\p{N} ._-]/gu, '').trim();
  return `${words.slice(0, LONGEST_NAME) || 'another program'} (agent)`;
}
