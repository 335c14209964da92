/** Prompts and resources of a server, used by hand. */
import * as vscode from 'vscode';
import type { McpPrompt, McpResource, McpServer } from '../../../core/mcp/model';
import { createAbort } from '../../../core/util/abort';
import { fillForm } from '../../adapters/formPanel';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';

export interface Given {
  /** Whose input the words are for; undefined: a session that is to begin. */
  readonly session: string | undefined;
  /** What was written behind the command, for a prompt with one argument. */
  readonly argument: string;
}

export function asGiven(value: unknown): Given {
  const { session, argument } = (value ?? {}) as { session?: unknown; argument?: unknown };
  return {
    session: typeof session === 'string' ? session : undefined,
    argument: typeof argument === 'string' ? argument : '',
  };
}

/** Its words come into the agent's input, to be read and changed before they are sent. */
export async function usePrompt(
  host: Host,
  server: McpServer,
  prompt: McpPrompt,
  { session, argument }: Given,
): Promise<void> {
  const [first, ...more] = prompt.arguments;
  const written = first && more.length === 0 && argument !== '' ? { [first.name]: argument } : undefined;
  const input = written ?? (first ? await askArguments(host, server, prompt) : {});
  if (!input) return;
  const pairs = Object.entries(input).map(([name, value]) => [name, String(value)] as const);
  const { signal } = createAbort();
  const words = await host.core.servers.prompt(server.id, prompt.name, Object.fromEntries(pairs), signal);
  if (session === undefined) await vscode.commands.executeCommand(COMMANDS.newSession, words);
  else await vscode.commands.executeCommand(COMMANDS.showAgent, session, { text: words });
}

function askArguments({ context }: Host, { id, config }: McpServer, prompt: McpPrompt) {
  return fillForm(context, {
    ...{
      key: `${id} prompt ${prompt.name}`,
      kind: 'fill',
      server: config.name,
      title: prompt.name,
      send: 'Use',
    },
    ...{ message: prompt.description, note: undefined },
    fields: prompt.arguments.map(({ name, description, required }) => ({
      ...{ name, title: name, description, required, type: 'text', multiline: true, choices: [] },
      ...{ default: undefined, format: undefined, minimum: undefined, maximum: undefined },
    })),
  });
}

export async function readResource(host: Host, id: string, resource: McpResource): Promise<void> {
  const uri = resource.template ? await askParts(resource) : resource.uri;
  if (uri === undefined) return;
  const content = await host.core.servers.readResource(id, uri, createAbort().signal);
  const language = LANGUAGES[resource.mimeType ?? ''];
  const document = await vscode.workspace.openTextDocument({ content, ...(language ? { language } : {}) });
  await vscode.window.showTextDocument(document, { preview: true });
}

const LANGUAGES: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'text/markdown': 'markdown',
  'text/html': 'html',
};

async function askParts({ uri, name }: McpResource): Promise<string | undefined> {
  let filled = uri;
  for (const [part, variable = ''] of uri.matchAll(/\{[+#./;?&]?(\w+)[^}]*\}/g)) {
    const value = await vscode.window.showInputBox({ title: name, prompt: `${variable} in ${uri}` });
    if (value === undefined) return undefined;
    filled = filled.replace(part, encodeURIComponent(value));
  }
  return filled;
}
