/** What a person does with sessions in the agent view. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { exportMarkdown } from '../../../core/agent/session/exportMarkdown';
import { titleOf } from '../../../core/agent/session/sessionState';
import type { Said } from '../../../core/agent/turn/chats';
import { isInside } from '../../../core/util/path';
import { toPath } from '../../adapters/paths';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { chooseAgent } from './chooseAgent';
import { deletionDetail } from './deletionWords';
import type { ViewState } from './viewState';

export interface SessionActs {
  /** Words for the session; for one whose work is over in a copy of it; without one in a new one. */
  say(session: string | undefined, said: Said): Promise<void>;
  /** Shows the copy, with the message that it ends before to be changed. */
  fork(session: string, before: number | undefined): Promise<void>;
  /** What still waits to be said, to change it. */
  takeBack(session: string, message: string): Promise<void>;
  rename(session: string, title: string): Promise<void>;
  export(session: string): Promise<void>;
  delete(session: string): Promise<void>;
  resume(session: string): Promise<void>;
  retry(session: string): Promise<void>;
  /** Who leads the next new session; a session is led by whom it began with. */
  chooseAgent(): Promise<void>;
  /** The folder that a new session works in, and that mentions are about. */
  folder(): string;
}

export function createSessionActs(host: Host, state: ViewState): SessionActs {
  const { core } = host;
  const run = (id: string, ...args: unknown[]) => vscode.commands.executeCommand(id, ...args);

  async function fork(session: string, before?: number): Promise<string> {
    const copy = await core.sessions.fork(session, before);
    state.select(copy);
    return copy;
  }

  return {
    async say(session, said) {
      const known = session === undefined ? undefined : core.sessions.get(session);
      if (session === undefined || !known) {
        state.select(await core.chats.start(folderOfChat(), said, state.agent?.id));
        return;
      }
      const isOver = known.started.kind !== 'chat' && !core.sessions.isLive(session);
      await core.chats.say(isOver ? await fork(session) : session, said);
    },
    async fork(session, before) {
      const item = core.sessions
        .get(session)
        ?.items.find((each) => each.type === 'user' && each.seq !== undefined && each.seq === before);
      const pictures = before === undefined ? [] : await core.sessions.picturesOf(session, before);
      const copy = await fork(session, before);
      if (item?.type === 'user') state.compose({ text: item.text, pictures }, copy);
    },
    async takeBack(session, message) {
      const pictures = await core.sessions.picturesOf(session, message);
      const waiting = await core.sessions.takeBack(session, message);
      if (waiting) state.compose({ text: waiting.text, pictures }, session);
    },
    rename: (session, title) => core.sessions.rename(session, title),
    async export(session) {
      const shown = core.sessions.get(session);
      if (!shown) throw new ActError('notFound', 'The log of this session is gone.');
      const content = exportMarkdown(shown, core.ports.clock.localDay(shown.startedAt));
      // Untitled: where it goes is for the person to say.
      const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
      await vscode.window.showTextDocument(document, { preview: false });
    },
    async delete(session) {
      const shown = core.sessions.get(session);
      if (!shown) return;
      const remove = 'Delete';
      const detail = deletionDetail(shown);
      const title = `Delete the session “${titleOf(shown)}”?`;
      if ((await vscode.window.showWarningMessage(title, { modal: true, detail }, remove)) !== remove) return;
      await core.sessions.remove(session);
    },
    async resume(session) {
      const { kind, spec, task } = core.sessions.get(session)?.started ?? {};
      if (kind === 'chat') return core.chats.resume(session);
      await run(COMMANDS.startTask, { spec, task, resume: session });
    },
    async retry(session) {
      const started = core.sessions.get(session)?.started;
      if (started?.kind === 'chat') return core.chats.resume(session);
      if (started?.hook) return void (await run(COMMANDS.runHook, { id: started.hook }));
      if (!started?.spec) return;
      // What failed is started again as what it was.
      const kind = started.document?.replace(/\.md$/, '');
      const [command, target] =
        started.kind === 'task'
          ? [COMMANDS.startTask, { spec: started.spec, task: started.task }]
          : [
              started.kind === 'draft' ? COMMANDS.draft : COMMANDS.requestChanges,
              { spec: started.spec, kind },
            ];
      await run(command, target);
    },
    async chooseAgent() {
      const chosen = await chooseAgent(host, folderOfChat(), state.agent?.id);
      if (chosen === 'same') return;
      state.leadBy(chosen);
      state.select(undefined);
    },
    folder: folderOfChat,
  };
}

/** The folder of the file that is looked at, else the first. */
function folderOfChat(): string {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => toPath(uri));
  const active = vscode.window.activeTextEditor?.document.uri;
  const path = active?.scheme === 'file' ? toPath(active) : undefined;
  const folder = folders.find((each) => path !== undefined && isInside(each, path)) ?? folders[0];
  if (folder === undefined)
    throw new ActError('notFound', 'No folder is open, so there is nothing to work in. Open one first.');
  return folder;
}
