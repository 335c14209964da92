/** JSON schemas of hook files, made of the schemas that read them. */
import * as z from 'zod';
import { hookSchema } from '../../src/core/hooks/hookSchema';
import { TRIGGER_WORDS } from '../../src/core/hooks/hookWords';
import { TRIGGERS } from '../../src/core/hooks/model';
import { legacyActSchema, legacySchema } from '../../src/core/hooks/parseLegacyHook';
import { LEGACY_NAMES, legacyTrigger } from '../../src/core/hooks/triggers';

function jsonSchema(schema: z.ZodType) {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return rest;
}

/** Offered, but no other is refused: our own reader says more of it than a list could. */
function offered(description: string, values: readonly (readonly [value: string, about: string])[]) {
  return {
    description,
    anyOf: [
      { enum: values.map(([value]) => value), enumDescriptions: values.map(([, about]) => about) },
      { type: 'string' },
    ],
  };
}

/** A word of the format; an object that has it is taken for a promise. */
const ACT = 'then';

const stop = (number: number, text: string) => `\${${number}:${text}}`;

const SNIPPETS = [
  {
    label: 'Run a command on save',
    description: 'A hook that runs a command when a file is saved',
    body: {
      name: stop(1, 'Test on save'),
      trigger: 'PostFileSave',
      matcher: stop(2, '\\\\.(js|ts)$'),
      action: { type: 'command', command: stop(3, 'npm test') },
    },
  },
  {
    label: 'Ask an agent',
    description: 'A hook that has an agent do something',
    body: {
      name: stop(1, 'Keep the README true'),
      trigger: stop(2, 'PostTaskExec'),
      action: { type: 'agent', prompt: stop(3, 'What it is to do') },
    },
  },
];

export function hooks() {
  const item = jsonSchema(hookSchema);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Hooks',
    type: 'object',
    required: ['version', 'hooks'],
    defaultSnippets: SNIPPETS.map((snippet) => ({
      ...snippet,
      body: { version: 'v1', hooks: [snippet.body] },
    })),
    properties: {
      version: { const: 'v1', description: 'The version of the format.' },
      hooks: {
        type: 'array',
        minItems: 1,
        description: 'Each says when it fires, on what, and what happens then.',
        items: {
          ...item,
          defaultSnippets: SNIPPETS,
          properties: {
            ...item.properties,
            trigger: offered(
              'What fires it.',
              TRIGGERS.map((trigger) => [trigger, `${TRIGGER_WORDS[trigger].whole}.`]),
            ),
          },
        },
      },
    },
  };
}

export function legacyHooks() {
  const whole = jsonSchema(legacySchema);
  const about = (name: string) => {
    const trigger = legacyTrigger(name)?.trigger;
    return trigger === undefined ? '' : `${TRIGGER_WORDS[trigger].whole}.`;
  };
  const when = jsonSchema(legacySchema.shape.when);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A hook of Kiro 0.x',
    description: 'Kiro 1 no longer fires hooks in this format. “Migrate 0.x Hooks…” writes them anew.',
    ...whole,
    required: ['name', 'when', 'then'],
    properties: {
      ...whole.properties,
      when: {
        ...when,
        description: 'What fires it.',
        properties: {
          ...when.properties,
          type: offered(
            'The event.',
            LEGACY_NAMES.map((name) => [name, about(name)]),
          ),
        },
      },
      [ACT]: { ...jsonSchema(legacyActSchema), description: 'What happens: askAgent or runCommand.' },
    },
  };
}
