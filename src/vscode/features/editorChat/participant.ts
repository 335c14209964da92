/** `@earshot`: a conversation with our agent, told in the editor's chat as it goes. Its questions are answered in our view. */
import * as vscode from 'vscode';
import type { Core } from '../../../core';
import { errorMessage } from '../../../core/util/errorMessage';
import { toPath } from '../../adapters/paths';
import { COMMANDS } from '../../manifest';

type Stream = Pick<vscode.ChatResponseStream, 'markdown' | 'button' | 'progress'>;
type Request = Pick<vscode.ChatRequest, 'prompt'>;
type Context = Pick<vscode.ChatContext, 'history'>;

export interface Told extends vscode.ChatResult {
  readonly metadata?: { readonly session: string };
}

export function answerIn(core: Core) {
  return async (
    { prompt }: Request,
    { history }: Context,
    stream: Stream,
    token: vscode.CancellationToken,
  ): Promise<Told> => {
    try {
      const session = await say(core, prompt, sessionOf(history));
      await follow(core, session, stream, token);
      const { status, reason } = core.sessions.get(session) ?? {};
      const metadata = { session };
      return status === 'failed'
        ? { metadata, errorDetails: { message: reason ?? 'It failed.' } }
        : { metadata };
    } catch (error) {
      return { errorDetails: { message: errorMessage(error) } };
    }
  };
}

/** The conversation that this one goes on with, as far as it is still there. */
function sessionOf(history: Context['history']): string | undefined {
  const last = history.findLast((turn) => turn instanceof vscode.ChatResponseTurn);
  const session: unknown =
    last instanceof vscode.ChatResponseTurn ? last.result.metadata?.session : undefined;
  return typeof session === 'string' ? session : undefined;
}

async function say(core: Core, text: string, session: string | undefined): Promise<string> {
  if (session !== undefined && core.sessions.get(session)) {
    await core.chats.say(session, { text });
    return session;
  }
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('The agent works in a folder. Open one first.');
  return core.chats.start(toPath(folder.uri), { text });
}

/** Until the agent has said its last word, or the person stops it. */
async function follow(
  core: Core,
  session: string,
  stream: Stream,
  token: vscode.CancellationToken,
): Promise<void> {
  const shown = new Set<string>();
  const asked = new Set<string>();
  const listeners: { dispose(): void }[] = [];
  try {
    await new Promise<void>((done) => {
      const look = (): void => {
        const state = core.sessions.get(session);
        for (const item of state?.items ?? []) {
          if (item.type !== 'tool' || item.status !== 'asking' || asked.has(item.call)) continue;
          asked.add(item.call);
          stream.markdown('\n\nEarshot asks you something before it goes on.\n');
          stream.button({ command: COMMANDS.showAgent, title: 'Show the Question', arguments: [session] });
        }
        if (state?.status !== 'running' && !core.sessions.isLive(session)) done();
      };
      listeners.push(
        core.sessions.onLive((update) => {
          if (update.session !== session) return;
          if (update.type === 'text') stream.markdown(update.text);
          if (update.type === 'toolStart' && !shown.has(update.call)) {
            shown.add(update.call);
            stream.progress(update.name.replaceAll('_', ' '));
          }
        }),
        core.sessions.onDidChange((id) => id === session && look()),
        token.onCancellationRequested(() => core.sessions.stop(session)),
      );
      look();
    });
  } finally {
    for (const listener of listeners) listener.dispose();
  }
}
