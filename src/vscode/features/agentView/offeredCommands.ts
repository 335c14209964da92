/** Prompts of servers as `/` commands: `/server.prompt`. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { McpPrompt } from '../../../core/mcp/model';
import type { McpServers } from '../../../core/mcp/servers';
import type { FromAgent, OfferedCommand } from '../../../protocol/agent';
import { COMMANDS } from '../../manifest';

interface Known extends OfferedCommand {
  readonly id: string;
  readonly prompt: McpPrompt;
}

function knownOf({ all }: Pick<McpServers, 'all'>): readonly Known[] {
  return all.flatMap(({ id, config, prompts }) =>
    prompts.map((prompt) => {
      const [only, ...more] = prompt.arguments;
      return {
        ...{ id, prompt, name: `${plain(config.name)}.${plain(prompt.name)}` },
        description: prompt.description || `A prompt of ${config.name}`,
        // Several are asked for in a form.
        ...(only && more.length === 0 ? { takes: only.name } : {}),
      };
    }),
  );
}

function plain(name: string): string {
  return name.replace(/[^\w-]+/g, '-');
}

export function offeredCommands(servers: Pick<McpServers, 'all'>): readonly OfferedCommand[] {
  return knownOf(servers).map(({ name, description, takes }) => ({
    ...{ name, description },
    ...(takes === undefined ? {} : { takes }),
  }));
}

export async function runOfferedCommand(
  servers: McpServers,
  { session, name, argument }: Extract<FromAgent, { type: 'command' }>,
): Promise<void> {
  const known = knownOf(servers).find((each) => each.name === name);
  if (!known) throw new ActError('notFound', `The prompt /${name} is no longer there.`);
  const { id, prompt } = known;
  await vscode.commands.executeCommand(
    COMMANDS.useMcpPrompt,
    { type: 'prompt', id, prompt },
    { session, argument },
  );
}
