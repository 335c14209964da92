/** The page of a rule, shown as Markdown: where a diagnostic's code leads. */
import * as vscode from 'vscode';
import { rulePage } from '../../../core/lint/pages';
import { ruleById, rules } from '../../../core/lint/rules';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';

const SCHEME = 'earshot-rule';

/** A link that opens the page. */
export function ruleLink(rule: string): vscode.Uri {
  return vscode.Uri.parse(`command:${COMMANDS.explainRule}?${encodeURIComponent(JSON.stringify([rule]))}`);
}

export function registerRulePages(host: Host): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: ({ path }) => {
        const rule = ruleById(path.replace(/^\/|\.md$/g, ''));
        return rule === undefined ? 'There is no such rule.' : rulePage(rule);
      },
    }),
    host.command(COMMANDS.explainRule, async (argument) => {
      const id = typeof argument === 'string' ? argument : await pickRule();
      if (id === undefined || ruleById(id) === undefined) return;
      await vscode.commands.executeCommand(
        'markdown.showPreview',
        vscode.Uri.from({ scheme: SCHEME, path: `/${id}.md` }),
      );
    }),
  );
}

async function pickRule(): Promise<string | undefined> {
  const items = rules.map(({ id, code, title }) => ({ label: title, description: `${code} ${id}`, id }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Explain a Rule',
    matchOnDescription: true,
  });
  return picked?.id;
}
