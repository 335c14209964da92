/** The agents that are always there, for work that a session hands to another. */
import type { AgentProfile } from './model';

const COMMON = {
  excludedTools: [],
  model: undefined,
  mcpServers: {},
  includeMcpJson: true,
  includePowers: true,
  resources: [],
  rules: [],
  hooks: undefined,
  welcomeMessage: undefined,
  root: undefined,
  path: '',
  content: '',
} as const;

export const GENERAL: AgentProfile = {
  ...COMMON,
  id: 'general-task-execution',
  name: 'general-task-execution',
  description: 'Does a task by itself, with all tools, and says what it did.',
  prompt: '',
  tools: ['*'],
};

export const GATHERER: AgentProfile = {
  ...COMMON,
  id: 'context-gatherer',
  name: 'context-gatherer',
  description: 'Looks around and says which files and places matter for a question. Changes nothing.',
  prompt: `You find what matters for a question in this workspace, for somebody who has not read it.
Answer with the places that matter, as path:line, each with one sentence on what is there, and with what you looked for and did not find. Leave out what does not matter.`,
  tools: ['read', 'spec'],
};

export const BUILT_IN_AGENTS: readonly AgentProfile[] = [GENERAL, GATHERER];
