/** The desk's tools as the protocol lists and calls them, over whichever wire. */
import { ActError } from '../../core/actError';
import { ToolRefusal } from '../../core/agent/turn/toolRefusal';
import { DESK_TOOLS, InvalidInput } from '../../core/mcpServer';
import type { AbortSignal } from '../../core/util/abort';
import type { ServerOptions } from './options';

/** Characters of what a client calls itself: it is shown to people beside what it says. */
const LONGEST_NAME = 40;

interface Schema {
  [key: string]: unknown;
  type: 'object';
}

export interface ListedTool {
  [key: string]: unknown;
  name: string;
  description: string;
  inputSchema: Schema;
  outputSchema?: Schema;
}

export interface ToolAnswer {
  [key: string]: unknown;
  content: { type: 'text'; text: string }[];
  structuredContent?: Record<string, unknown>;
  isError?: boolean;
}

export function listTools(): ListedTool[] {
  return DESK_TOOLS.map(({ definition }) => {
    const { inputSchema, outputSchema, ...rest } = definition;
    return {
      ...rest,
      inputSchema: { ...inputSchema, type: 'object' },
      ...(outputSchema && { outputSchema: { ...outputSchema, type: 'object' } }),
    };
  });
}

export function hasTool(name: string): boolean {
  return DESK_TOOLS.some(({ definition }) => definition.name === name);
}

export interface ToolCall {
  readonly name: string;
  readonly input: unknown;
  /** What the client calls itself. */
  readonly client: unknown;
  readonly signal: AbortSignal;
}

export async function callTool({ desk, log }: ServerOptions, call: ToolCall): Promise<ToolAnswer> {
  const { name, input, signal } = call;
  const tool = DESK_TOOLS.find(({ definition }) => definition.name === name);
  try {
    if (!tool) throw new ToolRefusal(`There is no tool ${name}.`);
    const { text, structured } = await tool.call(input, {
      desk: await desk(),
      client: nameOf(call.client),
      signal,
    });
    return answer(text, structured && { structuredContent: { ...structured } });
  } catch (error) {
    if (error instanceof ToolRefusal || error instanceof ActError || error instanceof InvalidInput)
      return answer(error.message, { isError: true });
    log.error(`${name} failed`, error);
    return answer('That failed inside Earshot. Its own output on standard error says why.', {
      isError: true,
    });
  }
}

function answer(text: string, more: Partial<ToolAnswer> = {}): ToolAnswer {
  return { content: [{ type: 'text', text }], ...more };
}

/** Whatever it calls itself, it is seen to be an agent and no person. */
function nameOf(said: unknown): string {
  const words = (typeof said === 'string' ? said : '').replace(/[^\p{L}\p{N} ._-]/gu, '').trim();
  return `${words.slice(0, LONGEST_NAME) || 'another program'} (agent)`;
}
