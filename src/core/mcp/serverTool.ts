/** One tool of a server as a tool of the agent. What it answers is material. */
import type { PermissionGate } from '../agent/permissions';
import type { PermissionQuestion } from '../agent/session/events';
import type { PreparedCall, Tool, ToolContext } from '../agent/tool';
import type { AbortSignal } from '../util/abort';
import { errorMessage } from '../util/errorMessage';
import type { McpResult, McpServer, McpTool } from './model';
import type { ServerLife } from './serverLife';

export interface OfferedTool {
  /** As the model calls it. */
  readonly name: string;
  readonly server: Whose;
  readonly tool: McpTool;
  call(input: unknown, signal: AbortSignal, onProgress: (text: string) => void): Promise<McpResult>;
}

/** Whose it is, as rules and people know it. */
export interface Whose {
  readonly name: string;
  readonly where: string;
}

export function whoseOf({ config }: Pick<McpServer, 'config'>): Whose {
  const { name } = config;
  return { name, where: config.transport === 'stdio' ? `the server “${name}” on this machine` : config.url };
}

export function callBy(life: Pick<ServerLife, 'use'>, tool: string): OfferedTool['call'] {
  return (input, signal, onProgress) =>
    life.use(
      (connection, each, goesOn) =>
        connection.call(tool, input, each, (progress) => {
          goesOn();
          onProgress(progress);
        }),
      signal,
    );
}

/** Characters of an answer. */
export const MOST_OF_ANSWER = 40_000;
/** Characters of a description: what is longer is an essay that each request would pay for. */
const MOST_OF_DESCRIPTION = 4_000;

export function serverTool(offered: OfferedTool, gate: PermissionGate): Tool {
  const { name, tool } = offered;
  return {
    definition: { name, description: describe(offered), inputSchema: tool.inputSchema },
    prepare: (input, context) => prepareCall(offered, gate, input, context),
  };
}

export function describe({ server, tool }: OfferedTool): string {
  const words = tool.description.trim() || tool.title || tool.name;
  const cut = words.length > MOST_OF_DESCRIPTION ? `${words.slice(0, MOST_OF_DESCRIPTION)} …` : words;
  return `[of the server “${server.name}”] ${cut}`;
}

export function questionAbout({ name, where }: Whose, what: string): PermissionQuestion {
  const why = 'The server does with it what it likes';
  return { subject: `${name}/${what}`, capability: 'mcp', where, why };
}

export async function prepareCall(
  offered: OfferedTool,
  gate: PermissionGate,
  input: unknown,
  { onOutput }: Pick<ToolContext, 'onOutput'>,
): Promise<PreparedCall> {
  const { server, tool } = offered;
  const question = {
    ...questionAbout(server, tool.name),
    why: `With ${shortened(JSON.stringify(input ?? {}))}`,
  };
  return {
    question: tool.autoApproved && (await leavesToFile(gate, question)) ? undefined : question,
    async perform(signal) {
      try {
        const { ok, text } = await offered.call(input, signal, (progress) => onOutput(`${progress}\n`));
        return { ok, output: framed(server.name, tool.name, text) };
      } catch (error) {
        if (signal.aborted) throw error;
        return { ok: false, output: `The server “${server.name}” failed: ${errorMessage(error)}` };
      }
    },
  };
}

/** Does no rule of the person forbid it or want to be asked? */
async function leavesToFile(gate: PermissionGate, question: PermissionQuestion): Promise<boolean> {
  const { decision, question: judged } = await gate.judge(question);
  return decision === 'allow' || (decision === 'ask' && judged.onceOnly === undefined);
}

/** What the server says cannot end its own frame. */
export function framed(server: string, tool: string, text: string): string {
  const inner = capped(text).replace(/<(?=\/server-answer>)/gi, '‹');
  const label = `${server}/${tool}`.replace(/["<>\n\r]/g, '_');
  return `<server-answer from="${label}">\n${inner}\n</server-answer>`;
}

function capped(text: string): string {
  if (text.length <= MOST_OF_ANSWER) return text;
  const half = MOST_OF_ANSWER / 2;
  const left = text.length - MOST_OF_ANSWER;
  return `${text.slice(0, half)}\n[${left} characters in the middle are left out; ask for less]\n${text.slice(-half)}`;
}

function shortened(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)} …` : text;
}
