/** What a server wants to know of the person, as the fields of the form that test calls have, too. */
import type { ElicitRequest } from '@modelcontextprotocol/sdk/types.js';
import { fieldsOf } from '../../core/mcp/forms/form';
import type { Elicitation, ElicitationContent } from '../../core/mcp/ports';

export function toElicitation(server: string, params: ElicitRequest['params']): Elicitation {
  const { message } = params;
  if (params.mode === 'url') return { type: 'url', server, message, url: params.url };
  // A question is answered in a line.
  const fields = fieldsOf(params.requestedSchema).map((field) => ({ ...field, multiline: false }));
  return { type: 'form', server, message, fields };
}

export function toContent(content: ElicitationContent): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
  );
}
