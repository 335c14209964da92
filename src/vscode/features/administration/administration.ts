/** What the organisation manages: a page of it, a word when its file is wrong or changes, and one when a setting cannot hold. */
import * as vscode from 'vscode';
import type { Administration } from '../../../core/administration/administration';
import { administratorsRules } from '../../../core/home';
import { showFileProblems } from '../../adapters/fileProblems';
import { tellManaged } from '../../adapters/managed';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';

const SCHEME = 'earshot-managed';
const PAGE = vscode.Uri.from({ scheme: SCHEME, path: '/What your organisation manages.md' });

export const registerAdministration: Feature = (host) => {
  const { administration } = host.core.ports;
  if (!administration) return vscode.Disposable.from();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const told = followProblems(administration, host);
  const refresh = () => changed.fire(PAGE);
  const listeners = [
    administration.onDidChange(refresh),
    administration.onDidChange(told),
    host.core.ports.settings.onDidChange(refresh),
    tellOverruled(administration, host),
  ];
  void administration.ready.then(told);
  return vscode.Disposable.from(
    changed,
    ...listeners.map((listener) => ({ dispose: () => listener.dispose() })),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      async provideTextDocumentContent() {
        await administration.ready;
        const { managedPage } = await import('../../../core/administration/page');
        return managedPage(administration, await rulesOf(host, administration));
      },
    }),
    showFileProblems(host, 'earshot.administration', {
      get problems() {
        const { path, problems } = administration;
        return problems.map((problem) => ({ ...problem, path, severity: 'error' as const }));
      },
      ready: administration.ready,
      onDidChange: administration.onDidChange,
    }),
    host.command(COMMANDS.showManaged, () => vscode.commands.executeCommand('markdown.showPreview', PAGE)),
  );
};

/** Undefined where there is no such file. */
async function rulesOf({ core }: Host, { path }: Administration): Promise<string | undefined> {
  const rules = administratorsRules(path);
  const found = await core.ports.files.stat(rules).catch(() => undefined);
  return found === undefined ? undefined : rules;
}

/** Once for each state of the file; that it changed while somebody works is news, too. */
function followProblems(administration: Administration, { report }: Host): () => void {
  let known: string | undefined;
  return () => {
    const { path, problems, policy } = administration;
    const now = JSON.stringify([problems.map(({ message }) => message), policy]);
    const isNews = known !== undefined && known !== now;
    const isFirst = known === undefined;
    known = now;
    const [first, ...more] = problems;
    if (first && (isNews || isFirst)) {
      const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
      const what = `Your organisation’s file ${path} is wrong in line ${first.line}: ${first.message}${others}`;
      void tellManaged(what, 'error').then(undefined, report);
    } else if (isNews) {
      const what =
        policy === undefined
          ? 'Your organisation no longer manages anything here.'
          : 'What your organisation manages has changed.';
      void tellManaged(what, 'info').then(undefined, report);
    }
  };
}

/** Somebody set what cannot hold: said then, and not for what they set before. */
function tellOverruled(administration: Administration, { core, report }: Host) {
  const chosenNow = () => new Map(administration.overruled.map((each) => [each.setting, each.chosen]));
  let known = chosenNow();
  // First in line: what the organisation changed is no act of the person, whose settings are heard by the same event.
  const theirs = administration.onDidChange(() => {
    known = chosenNow();
  });
  const own = core.ports.settings.onDidChange(() => {
    const fresh = administration.overruled.filter(({ setting, chosen }) => known.get(setting) !== chosen);
    known = chosenNow();
    for (const { setting, chosen, holds } of fresh)
      void tellManaged(
        `Your organisation fixes earshot.${setting}: ${holds || 'none'} holds, not ${chosen}.`,
      ).then(undefined, report);
  });
  return {
    dispose() {
      theirs.dispose();
      own.dispose();
    },
  };
}
