/** The desk's tools on the SDK's server, for HTTP: one server for each client that is connected. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js';
import type { jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import { INSTRUCTIONS } from '../../core/mcpServer/instructions';
import type { ServerOptions } from './options';
import { callTool, hasTool, listTools } from './tools';

/** For answers of people, for whom we have no questions; the SDK’s own takes as long to make as all the rest. */
const ASKS_NOTHING: jsonSchemaValidator = {
  getValidator: () => () => ({ valid: false, data: undefined, errorMessage: 'Earshot asks nothing.' }),
};

export function createMcpServer(options: ServerOptions): Server {
  const { version, log } = options;
  const server = new Server(
    { name: 'earshot', title: 'Earshot', version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS, jsonSchemaValidator: ASKS_NOTHING },
  );
  server.onerror = (error) => log.warn('The other agent’s message was not understood', error);
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listTools() }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const { name, arguments: input } = params;
    if (!hasTool(name)) throw new McpError(ErrorCode.InvalidParams, `There is no tool ${name}.`);
    return callTool(options, { name, input, client: server.getClientVersion()?.name, signal });
  });
  return server;
}
