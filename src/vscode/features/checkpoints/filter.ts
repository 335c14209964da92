/** Of which session or spec the view shows checkpoints: for this window, until it is cleared. */
import * as vscode from 'vscode';
import { titleOf } from '../../../core/agent/session/sessionState';
import { basename } from '../../../core/util/path';
import type { Host } from '../../host';
import { COMMANDS, CONTEXT } from '../../manifest';
import { namesIn } from './names';
import { listHere } from './target';
import { sessionOf, type TimelineFilter } from './timeline';

export interface Filter extends vscode.Disposable {
  readonly now: TimelineFilter | undefined;
  /** Shows those of what a command names; all, where it names nothing. */
  show(target: unknown): Promise<void>;
  /** What the view says of it; undefined where it shows all. */
  words(counts: { readonly shown: number; readonly all: number }): string | undefined;
}

export function createFilter(host: Host, changed: () => void): Filter {
  const { core } = host;
  let now: TimelineFilter | undefined;

  async function set(filter: TimelineFilter | undefined): Promise<void> {
    now = filter;
    await vscode.commands.executeCommand('setContext', CONTEXT.checkpointFilter, filter !== undefined);
    changed();
  }

  function nameOf(filter: TimelineFilter): string {
    if (filter.spec !== undefined) return basename(filter.spec);
    const state = core.sessions.get(filter.session);
    return state ? titleOf(state) : 'a session that was deleted';
  }

  async function choose(): Promise<void> {
    const choices = await choicesOf(host);
    const picked = await vscode.window.showQuickPick(
      choices.map((filter) => ({
        label: nameOf(filter),
        description: filter.spec === undefined ? 'session' : 'spec',
        iconPath: new vscode.ThemeIcon(filter.spec === undefined ? 'comment-discussion' : 'checklist'),
        filter,
      })),
      { title: 'Show Checkpoints Of', placeHolder: 'A session or a spec', matchOnDescription: true },
    );
    if (picked) await set(picked.filter);
  }

  const commands = vscode.Disposable.from(
    host.command(COMMANDS.filterCheckpoints, choose),
    host.command(COMMANDS.clearCheckpointFilter, () => set(undefined)),
  );
  return {
    get now() {
      return now;
    },
    show: (target) => set(filterOf(target)),
    words({ shown, all }) {
      if (!now) return undefined;
      const what = `“${nameOf(now)}”`;
      return shown === 0 ? `No checkpoint is of ${what}.` : `${shown} of ${all} checkpoints: of ${what}.`;
    },
    dispose: () => commands.dispose(),
  };
}

function filterOf(target: unknown): TimelineFilter | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  if ('session' in target && typeof target.session === 'string') return { session: target.session };
  if ('spec' in target && typeof target.spec === 'string') return { spec: target.spec };
  return undefined;
}

/** Specs and sessions that have checkpoints, those with the newest first. */
async function choicesOf(host: Host): Promise<readonly TimelineFilter[]> {
  const all = await listHere(host);
  const names = namesIn(host.core, all);
  const specs = new Set<string>();
  const sessions = new Set<string>();
  for (const { cause } of all) {
    const session = sessionOf(cause);
    const spec =
      cause.kind === 'task' ? cause.spec : session === undefined ? undefined : names.specOf(session);
    if (spec !== undefined) specs.add(spec);
    if (session !== undefined) sessions.add(session);
  }
  return [...[...specs].map((spec) => ({ spec })), ...[...sessions].map((session) => ({ session }))];
}
