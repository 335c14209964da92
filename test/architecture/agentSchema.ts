/** The schema of custom agents in JSON, of the tags and capabilities that the code knows. */
import { CAPABILITIES, EFFECTS } from '../../src/core/agent/permissions/model';
import { TOOL_TAGS } from '../../src/core/agent/profiles/toolTags';
import { TRIGGERS } from '../../src/core/hooks/model';

const texts = { type: 'array', items: { type: 'string' } };
/** Any text may stand there; these are offered. */
const tags = (description: string) => ({
  type: 'array',
  description,
  items: { anyOf: [{ enum: [...Object.keys(TOOL_TAGS), '@mcp', '@builtin', '*'] }, { type: 'string' }] },
});
const older = (instead: string) => ({
  description: `An older key. ${instead}`,
  deprecationMessage: `An older key. ${instead}`,
});
const patterns = { oneOf: [{ type: 'string' }, texts] };
const hook = {
  type: 'object',
  required: ['command'],
  properties: {
    matcher: { type: 'string', description: 'Which tools, for preToolUse and postToolUse.' },
    command: { type: 'string', description: 'The command line. Exit code 2 blocks what a pre… hook began.' },
    timeout_ms: { type: 'number', minimum: 0 },
  },
};

/** @param servers The schema of `mcp.json` */
export function agents(servers: { readonly properties: { readonly mcpServers: object } }) {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A custom agent',
    type: 'object',
    properties: {
      name: { type: 'string', description: 'What it is called. Without it, the name of its file.' },
      description: { type: 'string', description: 'What it is for: by this, other agents choose it.' },
      prompt: { type: 'string', description: 'Its instructions, or `file://…` beside this file.' },
      tools: tags('What it may use: tags, names of tools, `@server` or `@server/tool`. Without it, nothing.'),
      excludedTools: tags('What it may not use of that.'),
      model: { type: 'string', description: 'The model that it works with. Without it, yours.' },
      mcpServers: {
        ...servers.properties.mcpServers,
        description: 'Servers of its own, as in `mcp.json`. Each asks before it starts.',
      },
      includeMcpJson: {
        type: 'boolean',
        default: false,
        description: 'Does it have the servers of `mcp.json`, too?',
      },
      includePowers: { type: 'boolean', default: false, description: 'Does it have what powers bring?' },
      resources: {
        ...texts,
        description: 'What it reads when it begins: `file://README.md`, `skill://.kiro/skills/**/SKILL.md`.',
      },
      permissions: {
        type: 'object',
        description: 'Rules that narrow yours. What they allow counts only where yours allow it, too.',
        properties: {
          rules: {
            type: 'array',
            items: {
              type: 'object',
              required: ['capability', 'effect'],
              properties: {
                capability: { enum: CAPABILITIES },
                effect: { enum: EFFECTS },
                match: patterns,
                exclude: patterns,
              },
            },
          },
        },
      },
      hooks: {
        description: 'What runs in its sessions alone: by trigger, or a list as in `.kiro/hooks`.',
        oneOf: [
          {
            type: 'object',
            properties: Object.fromEntries(
              ['agentSpawn', 'userPromptSubmit', 'preToolUse', 'postToolUse', 'stop'].map((trigger) => [
                trigger,
                { oneOf: [{ type: 'array', items: hook }, hook] },
              ]),
            ),
          },
          {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'trigger', 'action'],
              properties: { name: { type: 'string' }, trigger: { enum: TRIGGERS } },
            },
          },
        ],
      },
      welcomeMessage: { type: 'string', description: 'What it says before it is asked anything.' },
      // What is wrong with it here is told by its reader, once.
      allowedTools: {
        ...texts,
        description: 'An older key. Call it “tools”; each still asks as your rules say.',
      },
      toolsSettings: { type: 'object', ...older('Write “permissions” instead.') },
      useLegacyMcpJson: { type: 'boolean', ...older('Call it “includeMcpJson”.') },
    },
  };
}
