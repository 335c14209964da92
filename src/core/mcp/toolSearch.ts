/**
 * Where the definitions of all tools would cost more than they help, two tools stand for them: one finds, one calls. So a
 * request stays small, and the same, however many servers there are.
 */
import * as z from 'zod';
import type { PermissionGate } from '../agent/permissions';
import { defineTool, reading, type Tool, ToolRefusal } from '../agent/tool';
import { describe, type OfferedTool, prepareCall } from './serverTool';

const MOST_TOOLS = 30;
const MOST_TOKENS = 5_000;
const MOST_FOUND = 5;

export function isTooMuch(tools: readonly OfferedTool[]): boolean {
  const tokens = tools.reduce((sum, { tool }) => sum + tool.tokens, 0);
  return tools.length > MOST_TOOLS || tokens > MOST_TOKENS;
}

export function searchTools(tools: readonly OfferedTool[], gate: PermissionGate): readonly Tool[] {
  const servers = [...new Set(tools.map(({ server }) => server.name))].sort();
  const find = defineTool({
    name: 'find_tools',
    description: `Finds tools of these servers: ${servers.join(', ')}. Returns up to ${MOST_FOUND} with their input schemas, best first. Call them with call_tool.`,
    input: z.object({ query: z.string().min(1).max(500) }),
    reads: true,
    prepare: async ({ query }) => reading(async () => found(tools, query)),
  });
  const call = defineTool({
    name: 'call_tool',
    description: 'Calls a tool that find_tools named, with input that fits its schema.',
    input: z.object({ name: z.string().min(1), input: z.record(z.string(), z.unknown()).default({}) }),
    async prepare({ name, input }, context) {
      const offered = tools.find((each) => each.name === name);
      if (!offered) throw new ToolRefusal(`There is no tool ${name}. Look for its name with find_tools.`);
      return prepareCall(offered, gate, input, context);
    },
  });
  return [find, call];
}

function found(tools: readonly OfferedTool[], query: string): string {
  const best = rank(tools, query).slice(0, MOST_FOUND);
  if (best.length === 0) {
    const names = tools.map(({ name }) => name).join(', ');
    return `Nothing fits “${query}”. All names: ${names.slice(0, 4_000)}`;
  }
  return best
    .map((each) =>
      JSON.stringify({ name: each.name, description: describe(each), input: each.tool.inputSchema }),
    )
    .join('\n');
}

/** Rarer words count more, and those of a name thrice; what stands first wins a draw. */
export function rank(tools: readonly OfferedTool[], query: string): readonly OfferedTool[] {
  const texts = tools.map(({ server, tool }) => ({
    name: wordsOf(`${server.name} ${tool.name} ${tool.title ?? ''}`),
    rest: wordsOf(`${tool.description} ${Object.keys(propertiesOf(tool.inputSchema)).join(' ')}`),
  }));
  const asked = [...wordsOf(query)];
  const weights = asked.map((word) => {
    const hits = texts.filter(({ name, rest }) => name.has(word) || rest.has(word)).length;
    return hits === 0 ? 0 : Math.log(1 + tools.length / hits);
  });
  return tools
    .map((each, index) => {
      const { name = new Set<string>(), rest = new Set<string>() } = texts[index] ?? {};
      const score = asked.reduce((sum, word, at) => {
        const hit = (name.has(word) ? 3 : 0) + (rest.has(word) ? 1 : 0);
        return sum + hit * (weights[at] ?? 0);
      }, 0);
      return { each, score, index };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ each }) => each);
}

function propertiesOf({ properties }: Readonly<Record<string, unknown>>): object {
  return typeof properties === 'object' && properties !== null ? properties : {};
}

/** `createIssues` and `create_issue` are the same words. */
function wordsOf(text: string): ReadonlySet<string> {
  const parts =
    text
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}\d]+/gu) ?? [];
  return new Set(
    parts.filter((word) => word.length > 1).map((word) => (word.length > 3 ? word.replace(/s$/, '') : word)),
  );
}
