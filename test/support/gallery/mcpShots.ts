/** Forms in their states: a test call, and what a server asks. */
import { fieldsOf } from '../../../src/core/mcp/forms/form';
import type { FormModel } from '../../../src/protocol/mcp';
import type { Shot } from './shots';

const FIELDS = fieldsOf({
  required: ['query', 'units'],
  properties: {
    query: { type: 'string', description: 'What to look for' },
    units: { enum: ['metric', 'imperial'], description: 'How it is told' },
    days: { type: 'integer', minimum: 1, maximum: 14, description: 'How far ahead', default: 3 },
    alerts: { type: 'boolean', description: 'Also warnings of the authorities' },
    about: {
      type: 'array',
      items: { enum: ['rain', 'wind', 'snow', 'pollen'] },
      description: 'Leave out for all',
    },
    email: { type: 'string', format: 'email', title: 'Send a copy to' },
    area: { type: 'object', description: 'A box of coordinates' },
  },
});

const FORM: FormModel = {
  ...{ key: 'weather/forecast', kind: 'call', server: 'weather', title: 'forecast', send: 'Call' },
  message: 'Weather of the next days for a place, hour by hour, with warnings where there are any.',
  ...{ note: undefined, fields: FIELDS, problems: {}, call: undefined },
};

const ASKED: FormModel = {
  ...{ ...FORM, key: 'q1', kind: 'ask', title: 'Which account?', send: 'Send' },
  message: 'You have access to two accounts. Choose the one that this project belongs to.',
  note: 'What you fill in goes to this server. Never give it a password or a key.',
  fields: fieldsOf({
    required: ['account'],
    properties: {
      account: {
        oneOf: [
          { const: 'a', title: 'Acme (production)' },
          { const: 'b', title: 'Acme (staging)' },
        ],
      },
      remember: { type: 'boolean', title: 'Remember it' },
    },
  }),
};

const done = (ok: boolean, text: string): FormModel => ({
  ...FORM,
  call: { state: 'done', ok, text, milliseconds: 412, sent: '{\n  "query": "Oslo",\n  "units": "metric"\n}' },
});

const of = (model: FormModel): readonly unknown[] => [{ type: 'model', model }];
const FILLED = {
  spec: FORM.key,
  values: { query: 'Oslo', units: 'metric', about: ['wind'], area: '{\n  "north": 60.1\n}' },
};
const wide = { view: 'mcp', theme: 'dark', width: 760, height: 820, messages: of(FORM) } as const;
const LINES = Array.from(
  { length: 40 },
  (_, hour) => `${hour}:00  ${8 + (hour % 7)} °C, wind ${hour % 5} m/s`,
);
const PROBLEMS = {
  query: 'Fill this in.',
  days: 'Write at most 14.',
  area: 'This is not valid JSON. Texts stand in double quotes.',
};

export const mcpShots: readonly Shot[] = [
  { ...wide, name: 'mcp-dark', kept: FILLED },
  {
    ...wide,
    name: 'mcp-light',
    theme: 'light',
    messages: of(done(true, LINES.join('\n'))),
    height: 1300,
    kept: FILLED,
  },
  { ...wide, name: 'mcp-hc', theme: 'hc', messages: of({ ...FORM, problems: PROBLEMS }) },
  { ...wide, name: 'mcp-300', width: 300, height: 1200, messages: of({ ...FORM, problems: PROBLEMS }) },
  {
    ...wide,
    name: 'mcp-failed',
    messages: of(done(false, 'The place is not known: “Olso”.')),
    kept: FILLED,
    height: 1100,
  },
  { ...wide, name: 'mcp-running', messages: of({ ...FORM, call: { state: 'running' } }), kept: FILLED },
  { ...wide, name: 'mcp-asked', height: 420, messages: of(ASKED) },
  { ...wide, name: 'mcp-nothing', height: 300, messages: of({ ...FORM, fields: [] }) },
];
