import type { Tool } from '@anthropic-ai/sdk/resources/messages/messages';
import type { ToolDefinition } from '../../core/agent/turn/model';

/** What the service refuses at the top of a schema, and all other tools of the request with it. */
const CHOICES = ['anyOf', 'oneOf', 'allOf'] as const;

/** A tool as the service takes it: choices at the top of its schema are said in words, and what they name is added to its properties. */
export function toWireTool({ name, description, inputSchema }: ToolDefinition): Tool {
  const schema = { ...inputSchema, type: 'object' as const };
  const choices = CHOICES.filter((key) => inputSchema[key] !== undefined);
  if (choices.length === 0) return { name, description, input_schema: schema };
  const said = Object.fromEntries(choices.map((key) => [key, inputSchema[key]]));
  const named = choices.flatMap((key) => inputSchema[key]).map(propertiesOf);
  const rest = Object.entries(schema).filter(([key]) => !Object.hasOwn(said, key));
  return {
    name,
    description: `${description}\nIts input also fits ${JSON.stringify(said)}`,
    input_schema: {
      ...Object.fromEntries(rest),
      type: 'object',
      properties: Object.assign({}, ...named, propertiesOf(inputSchema)),
    },
  };
}

function propertiesOf(schema: unknown): object {
  const { properties } = (schema ?? {}) as { readonly properties?: unknown };
  return typeof properties === 'object' && properties !== null ? properties : {};
}
