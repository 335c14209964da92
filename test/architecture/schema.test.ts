/** JSON schemas of files that people write are made of what the code reads. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { policySchema } from '../../src/core/administration/policy';
import { CAPABILITIES, EFFECTS } from '../../src/core/agent/permissions/model';
import { PRESETS } from '../../src/core/agent/permissions/presets';
import { DIALECTS, LEVELS, RULE_SETS } from '../../src/core/lint/config';
import { rules } from '../../src/core/lint/rules';
import { agents } from './agentSchema';
import { hooks, legacyHooks } from './hookSchemas';

const texts = { type: 'array', items: { type: 'string' } };

function schema() {
  const properties = Object.fromEntries(
    rules.map(({ id, code, title, why }) => [
      id,
      { enum: LEVELS, markdownDescription: `**${title}** (${code})\n\n${why}` },
    ]),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Earshot in this workspace',
    type: 'object',
    properties: {
      lint: {
        type: 'object',
        additionalProperties: false,
        description: 'Which rules speak, in the editor and in CI.',
        properties: {
          dialect: { enum: DIALECTS, default: 'kiro', description: 'How strictly criteria follow EARS.' },
          rules: { enum: RULE_SETS, default: 'recommended', description: 'Which set of rules speaks.' },
          severities: {
            type: 'object',
            description: 'How much single rules matter, by id or code.',
            properties,
            additionalProperties: { enum: LEVELS },
          },
        },
      },
      approvals: {
        type: 'object',
        additionalProperties: false,
        description: 'Who has to approve what; without it one person’s yes is enough.',
        properties: {
          rules: {
            type: 'array',
            description: 'Of all that match a document, the strictest count.',
            items: {
              type: 'object',
              required: ['documents'],
              additionalProperties: false,
              properties: {
                documents: { type: 'string', description: 'Pattern of paths: `**/requirements.md`.' },
                approvers: { type: 'integer', minimum: 1, maximum: 20, default: 1 },
                roles: { ...texts, description: 'Somebody of each of these has to be among them.' },
              },
            },
          },
          people: {
            type: 'array',
            description: 'Proposes who is what. It counts for those who accept the key with it.',
            items: {
              type: 'object',
              required: ['key', 'roles'],
              additionalProperties: false,
              properties: {
                name: { type: 'string' },
                key: { type: 'string', description: 'The public key that signs their approvals.' },
                roles: texts,
              },
            },
          },
        },
      },
    },
  };
}

const patterns = (description: string) => ({
  description,
  oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
});

function permissions() {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'What the agent may do without asking',
    type: 'object',
    properties: {
      policies: {
        description: 'Sets of rules with a name.',
        oneOf: [{ enum: PRESETS }, { type: 'array', items: { enum: PRESETS } }],
      },
      rules: {
        type: 'array',
        description: 'The strictest effect of all rules that match holds.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['capability', 'effect'],
          properties: {
            capability: { enum: CAPABILITIES, description: 'What the rule is about.' },
            effect: { enum: EFFECTS, description: 'Deny beats ask, and ask beats allow.' },
            match: patterns('Any of these; a rule that allows must say what.'),
            exclude: patterns('And none of these.'),
          },
        },
      },
    },
  };
}

const milliseconds = (description: string) => ({ type: 'integer', minimum: 1, description });
const pairs = (description: string) => ({
  type: 'object',
  additionalProperties: { type: 'string' },
  description,
});

function servers() {
  const server = {
    type: 'object',
    description: `\`\${NAME}\` in its texts is filled in from the environment, after you agreed to it.`,
    oneOf: [{ required: ['command'] }, { required: ['url'] }],
    properties: {
      command: { type: 'string', description: 'The program that is the server. It runs without a shell.' },
      args: { ...texts, description: 'What the program is given.' },
      env: pairs('Variables that the program gets.'),
      cwd: { type: 'string', description: 'The folder that it runs in.' },
      url: { type: 'string', description: 'Address of a server: https, or http on this machine.' },
      headers: pairs('Sent with each request.'),
      type: {
        enum: ['stdio', 'http', 'sse'],
        description: 'How it is reached. Without it, the server tells.',
      },
      oauth: {
        type: 'object',
        description: 'How to sign in, where the server does not tell itself.',
        properties: {
          clientId: { type: 'string' },
          clientSecret: {
            type: 'string',
            pattern: '^[$]\\{(env:)?[A-Za-z_][A-Za-z0-9_]*\\}$',
            description: `Of \`clientId\`. A secret does not belong in a file: write \`\${NAME}\`, a variable of the environment.`,
          },
          clientMetadataUrl: { type: 'string' },
          redirectUri: {
            type: 'string',
            description: 'On this machine: `http://127.0.0.1:8080/oauth/callback`.',
          },
          oauthScopes: texts,
        },
      },
      oauthScopes: texts,
      disabled: { type: 'boolean', default: false, description: 'It does not start.' },
      autoApprove: { ...texts, description: 'Tools that run without asking; `*` is all of them.' },
      disabledTools: { ...texts, description: 'Tools that the agent does not see.' },
      timeout: milliseconds('Milliseconds until it must have started (60000).'),
      requestTimeout: milliseconds('Milliseconds until a call must have been answered (120000).'),
      waitForReady: {
        type: 'boolean',
        default: false,
        description:
          'A session waits until it has started or given up, instead of for half a minute at most.',
      },
    },
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Servers of the Model Context Protocol',
    type: 'object',
    required: ['mcpServers'],
    properties: {
      mcpServers: { type: 'object', description: 'By name.', additionalProperties: server },
    },
  };
}

const SCHEMAS: readonly (readonly [what: string, file: string, schema: () => object])[] = [
  ['the workspace’s settings knows every rule', 'earshot.schema.json', schema],
  [
    'what an organisation manages knows every key',
    'managed-settings.schema.json',
    () => ({ ...policySchema(), title: 'What your organisation manages' }),
  ],
  ['servers of tools knows what is read of them', 'mcp.schema.json', servers],
  ['custom agents knows what one may say', 'agents.schema.json', () => agents(servers())],
  ['permission rules knows what a rule may say', 'permissions.schema.json', permissions],
  ['hooks knows what a hook may say', 'hooks.schema.json', hooks],
  ['hooks of 0.x knows what one may say', 'hooks0.schema.json', legacyHooks],
];

/** Keys that are read are keys that are offered. */
it('the schema of custom agents has every key that their reader reads', () => {
  const folder = resolve(__dirname, '../../src/core/agent/profiles');
  const source = readFileSync(resolve(folder, 'readProfile.ts'), 'utf8');
  const read = [...source.matchAll(/(?:word|yes|words|tags|record)\('(\w+)'\)|data\.(\w+)/g)];
  const keys = new Set(read.map(([, a, b]) => a ?? b ?? ''));
  assert.ok(keys.size > 10);
  assert.deepEqual([...keys].sort(), Object.keys(agents(servers()).properties).sort());
});

describe('the schema of', () => {
  for (const [what, name, make] of SCHEMAS) {
    it(`${what} (UPDATE_GOLDENS=1 writes it)`, () => {
      const file = resolve(__dirname, '../../media', name);
      const text = `${JSON.stringify(make(), undefined, 2)}\n`;
      if (process.env.UPDATE_GOLDENS === '1') writeFileSync(file, text);
      assert.equal(readFileSync(file, 'utf8'), text);
    });
  }
});
