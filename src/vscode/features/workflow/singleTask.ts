/** A change that needs no spec: the agent does it in a conversation of its own. */
import * as vscode from 'vscode';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import type { From } from './specSources';

export async function runAsTask({ core }: Host, root: string, idea: string, from?: From): Promise<void> {
  const { sources = [], pictures = [], code = [] } = from?.start ?? {};
  const text = [
    idea,
    ...code.map((path) => `It is about \`${path}\`.`),
    ...sources.map(({ name, text }) => `${name}:\n\n${text}`),
  ].join('\n\n');
  const session = await core.chats.start(root, { text, pictures });
  await vscode.commands.executeCommand(COMMANDS.showAgent, session);
}
