/** Sessions of hooks run beside whatever the person looks at: one that waits for them has to say so. */
import * as vscode from 'vscode';
import type { SessionState } from '../../../core/agent/session/sessionState';
import { showInfo } from '../../adapters/messages';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { needWords } from './words';

export interface Need {
  readonly session: string;
  /** `it changed 2 files` */
  readonly words: string;
}

/** What a session of this hook waits for the person with. */
export function needOf({ core: { sessions } }: Pick<Host, 'core'>, hook: string): Need | undefined {
  for (const { id, state } of sessions.known) {
    const words = state.started.hook === hook ? needWords(state, sessions.isLive(id)) : undefined;
    if (words !== undefined) return { session: id, words };
  }
  return undefined;
}

/** Tells each need once, and no second set of changes while one of the same hook waits. @param refresh rows say it, too */
export function tellNeeds(host: Host, refresh: () => void): vscode.Disposable {
  const { sessions, hooks } = host.core;
  const told = new Map<string, string>();
  const listener = sessions.onDidChange((id) => {
    const state = sessions.get(id);
    const { hook } = state?.started ?? {};
    if (!state || hook === undefined) return;
    const words = needWords(state, sessions.isLive(id));
    if (words === told.get(id)) return;
    const waits =
      isOpen(state) &&
      sessions.known.some(
        (each) =>
          each.id !== id && told.has(each.id) && each.state.started.hook === hook && isOpen(each.state),
      );
    if (words === undefined) told.delete(id);
    else told.set(id, words);
    refresh();
    const name = hooks.all.find((each) => each.id === hook)?.name;
    if (words === undefined || name === undefined || waits) return;
    const show = 'Show';
    void showInfo(`The hook “${name}” needs you: ${words}.`, show)
      .then((choice) =>
        choice === show ? vscode.commands.executeCommand(COMMANDS.showAgent, id) : undefined,
      )
      .then(undefined, host.report);
  });
  return { dispose: () => listener.dispose() };
}

function isOpen({ changes }: SessionState): boolean {
  return changes.set?.state === 'open';
}
