/** The SDK's client with all that a server may ask and tell. */

import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  PromptListChangedNotificationSchema,
  ResourceListChangedNotificationSchema,
  type SamplingMessage,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { McpHost } from '../../core/mcp/ports';
import { basename } from '../../core/util/path';
import { toNativePath } from '../nativePath';
import { toContent, toElicitation } from './elicitation';

export function createClient(server: string, host: McpHost, version: string): Client {
  const asks = { elicitation: { form: { applyDefaults: true }, url: {} }, sampling: {} };
  const client = new Client(
    { name: 'earshot', title: 'Earshot', version },
    { capabilities: { roots: {}, ...(host.canAsk ? asks : {}) } },
  );
  client.setRequestHandler(ListRootsRequestSchema, () => ({
    roots: host.roots.map((root) => ({ uri: pathToFileURL(toNativePath(root)).href, name: basename(root) })),
  }));
  if (host.canAsk) {
    client.setRequestHandler(ElicitRequestSchema, async ({ params }, { signal }) => {
      const answer = await host.elicit(toElicitation(server, params), signal);
      if (answer.action !== 'accept') return { action: answer.action };
      return { action: 'accept', content: toContent(answer.content) };
    });
    client.setRequestHandler(CreateMessageRequestSchema, async ({ params }, { signal }) => {
      const { systemPrompt, maxTokens, messages } = params;
      const request = { server, system: systemPrompt, maxTokens, messages: messages.map(toMessage) };
      const { model, text } = await host.sample(request, signal);
      return { role: 'assistant' as const, model, content: { type: 'text' as const, text } };
    });
  }
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => host.onListChanged('tools'));
  client.setNotificationHandler(PromptListChangedNotificationSchema, () => host.onListChanged('prompts'));
  client.setNotificationHandler(ResourceListChangedNotificationSchema, () => host.onListChanged('resources'));
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
    const { level, data, logger } = params;
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    host.onLog({ level: LEVELS[level] ?? 'error', text: logger === undefined ? text : `${logger}: ${text}` });
  });
  client.onerror = (error) => host.onLog({ level: 'warning', text: error.message });
  return client;
}

const LEVELS: Readonly<Record<string, 'info' | 'warning'>> = {
  debug: 'info',
  info: 'info',
  notice: 'info',
  warning: 'warning',
};

function toMessage({ role, content }: SamplingMessage) {
  const blocks = Array.isArray(content) ? content : [content];
  const text = blocks
    .map((block) => (block.type === 'text' ? block.text : `[${block.type}; not shown]`))
    .join('\n');
  return { role, text };
}
