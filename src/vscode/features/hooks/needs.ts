/** Sessions of hooks run beside whatever the person looks at: one that waits for them has to say so. */
import * as vscode from 'vscode';
import { showInfo } from '../../adapters/messages';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { needWords } from './words';

export interface Need {
  readonly session: string;
  /** `it changed 2 files` */
  readonly words: string;
}

/** What a running session of this hook waits for the person with. */
export function needOf({ core: { sessions } }: Pick<Host, 'core'>, hook: string): Need | undefined {
  for (const { id, state } of sessions.known) {
    const words = state.started.hook === hook && sessions.isLive(id) ? needWords(state) : undefined;
    if (words !== undefined) return { session: id, words };
  }
  return undefined;
}

/** Tells each need once. @param refresh rows say it, too */
export function tellNeeds(host: Host, refresh: () => void): vscode.Disposable {
  const { sessions, hooks } = host.core;
  const told = new Map<string, string>();
  const listener = sessions.onDidChange((id) => {
    const state = sessions.get(id);
    const { hook } = state?.started ?? {};
    if (!state || hook === undefined) return;
    const words = sessions.isLive(id) ? needWords(state) : undefined;
    if (words === told.get(id)) return;
    if (words === undefined) told.delete(id);
    else told.set(id, words);
    refresh();
    const name = hooks.all.find((each) => each.id === hook)?.name;
    if (words === undefined || name === undefined) return;
    const show = 'Show';
    void showInfo(`The hook “${name}” needs you: ${words}.`, show)
      .then((choice) =>
        choice === show ? vscode.commands.executeCommand(COMMANDS.showAgent, id) : undefined,
      )
      .then(undefined, host.report);
  });
  return { dispose: () => listener.dispose() };
}
