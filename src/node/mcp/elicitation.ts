/** What a server wants to know of the person, as the fields of a form. */
import type { ElicitRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Elicitation, ElicitationContent, ElicitationField } from '../../core/mcp/ports';

type Form = Extract<ElicitRequest['params'], { requestedSchema: unknown }>;
type Property = Form['requestedSchema']['properties'][string];
type Choice = ElicitationField['choices'][number];

export function toElicitation(server: string, params: ElicitRequest['params']): Elicitation {
  const { message } = params;
  if (params.mode === 'url') return { type: 'url', server, message, url: params.url };
  const { properties, required = [] } = params.requestedSchema;
  const fields = Object.entries(properties).map(([name, property]) =>
    toField(name, property, required.includes(name)),
  );
  return { type: 'form', server, message, fields };
}

function toField(name: string, property: Property, required: boolean): ElicitationField {
  const choices = choicesOf(property);
  const { type } = property;
  const fallback = 'default' in property ? property.default : undefined;
  return {
    name,
    title: property.title ?? name,
    description: property.description ?? '',
    required,
    type: type === 'array' ? 'choices' : choices.length > 0 ? 'choice' : type === 'string' ? 'text' : type,
    choices,
    default: fallback,
    format: 'format' in property && typeof property.format === 'string' ? property.format : undefined,
    minimum: numberOf(property, 'minimum', 'minLength', 'minItems'),
    maximum: numberOf(property, 'maximum', 'maxLength', 'maxItems'),
  };
}

function choicesOf(property: Property): readonly Choice[] {
  if ('oneOf' in property && property.oneOf)
    return property.oneOf.map((one) => ({ value: one.const, label: one.title }));
  if ('enum' in property && property.enum) {
    const labels = 'enumNames' in property ? property.enumNames : undefined;
    return property.enum.map((value, index) => ({ value, label: labels?.[index] ?? value }));
  }
  if (property.type !== 'array') return [];
  const { items } = property;
  if ('enum' in items) return items.enum.map((value) => ({ value, label: value }));
  return items.anyOf.map((one) => ({ value: one.const, label: one.title }));
}

function numberOf(property: object, ...keys: readonly string[]): number | undefined {
  for (const [key, value] of Object.entries(property))
    if (keys.includes(key) && typeof value === 'number') return value;
  return undefined;
}

/** A list that was asked for is sent as one. */
export function toContent(
  params: ElicitRequest['params'],
  content: ElicitationContent,
): Record<string, string | number | boolean | string[]> {
  if (params.mode === 'url') return {};
  const { properties } = params.requestedSchema;
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => {
      if (typeof value === 'object') return [name, [...value]];
      return [name, properties[name]?.type === 'array' ? [String(value)] : value];
    }),
  );
}
