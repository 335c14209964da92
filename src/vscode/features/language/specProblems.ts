/** What is wrong in spec documents: diagnostics for those that are open, quick fixes, and fixing all at once. */
import * as vscode from 'vscode';
import { safeEdits } from '../../../core/lint/safeEdits';
import { suppressEdit } from '../../../core/lint/suppressions';
import type { Problem } from '../../../core/spec/model';
import { toDiagnostics } from '../../adapters/diagnostics';
import { toUri } from '../../adapters/paths';
import { documentAt } from '../../adapters/specTarget';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { registerRulePages, ruleLink } from './rulePages';
import { rangesOf, type Settled, settled, toFillIn, toWorkspaceEdit } from './settled';

const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('earshot');

export function registerSpecProblems(host: Host, selector: vscode.DocumentSelector): vscode.Disposable {
  const { core } = host;
  const collection = vscode.languages.createDiagnosticCollection('earshot.specs');
  const show = (document: vscode.TextDocument) => {
    if (vscode.languages.match(selector, document) === 0) return;
    const found = documentAt(core, document.uri)?.document;
    // While a model is writing, what is missing is on its way.
    const problems = found === undefined || found.state === 'drafting' ? [] : found.problems;
    const diagnostics = toDiagnostics(found?.text ?? '', problems, ruleLink);
    problems.forEach(({ related = [] }, index) => {
      const diagnostic = diagnostics[index];
      if (diagnostic && related.length > 0)
        diagnostic.relatedInformation = toDiagnostics(
          found?.text ?? '',
          related.map((each) => ({ ...each, severity: 'info' })),
        ).map(
          ({ range, message }) =>
            new vscode.DiagnosticRelatedInformation(new vscode.Location(document.uri, range), message),
        );
    });
    collection.set(document.uri, diagnostics);
  };
  const showSettings = () => {
    for (const { path, text, findings } of core.lint.files)
      collection.set(
        toUri(path),
        toDiagnostics(
          text,
          findings.map((each) => ({ ...each, severity: 'error' })),
        ),
      );
  };
  const showAll = () => {
    vscode.workspace.textDocuments.forEach(show);
    showSettings();
  };
  showAll();
  return vscode.Disposable.from(
    collection,
    core.specs.onDidChange(showAll),
    vscode.workspace.onDidOpenTextDocument(show),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    vscode.languages.registerCodeActionsProvider(selector, actionProvider(host), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, FIX_ALL],
    }),
    host.command(COMMANDS.suppress, (uri, rule, start) => suppress(host, uri, rule, start)),
    host.command(COMMANDS.fixAll, async () => {
      await vscode.commands.executeCommand('editor.action.sourceAction', {
        kind: FIX_ALL.value,
        apply: 'first',
      });
    }),
    registerRulePages(host),
  );
}

function actionProvider(host: Host): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, range, { only }, token) {
      const at = await settled(host, document, token);
      if (!at) return [];
      const toRange = rangesOf(at);
      const { kind } = at.document;
      const wanted = (actionKind: vscode.CodeActionKind) => only === undefined || only.contains(actionKind);
      const actions: vscode.CodeAction[] = [];
      if (wanted(vscode.CodeActionKind.QuickFix)) {
        const here = at.snapshot.problems.filter((problem) =>
          toRange(kind, problem.range).intersection(range),
        );
        actions.push(...here.flatMap((problem) => fixes(at, problem)));
        actions.push(...here.flatMap((problem) => about(document.uri, problem)));
      }
      if (only?.intersects(FIX_ALL)) actions.push(...fixAll(at));
      return actions;
    },
  };
}

function fixes(at: Settled, problem: Problem): readonly vscode.CodeAction[] {
  return (problem.fixes ?? []).flatMap((fix, index) => {
    const edits = fix.edits();
    // What cannot be done here comes to nothing: an id that is used twice cannot be split.
    if (edits.length === 0) return [];
    const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
    action.edit = toFillIn(at, edits);
    action.isPreferred = index === 0 && fix.safe;
    return [action];
  });
}

/** What can be done about a finding besides mending it. Suppressions cannot be suppressed. */
function about(uri: vscode.Uri, { rule, code, range }: Problem): readonly vscode.CodeAction[] {
  const explain = new vscode.CodeAction(`Explain ${rule}`, vscode.CodeActionKind.QuickFix);
  explain.command = { title: explain.title, command: COMMANDS.explainRule, arguments: [rule] };
  if (code.startsWith('S')) return [explain];
  const aside = new vscode.CodeAction(
    `Set ${rule} aside here, with a reason…`,
    vscode.CodeActionKind.QuickFix,
  );
  aside.command = { title: aside.title, command: COMMANDS.suppress, arguments: [uri, rule, range.start] };
  return [aside, explain];
}

function fixAll(at: Settled): readonly vscode.CodeAction[] {
  const edits = safeEdits(at.snapshot);
  if (edits.length === 0) return [];
  const action = new vscode.CodeAction('Fix all that mends itself', FIX_ALL);
  action.edit = toWorkspaceEdit(at, edits);
  return [action];
}

async function suppress(host: Host, uri: unknown, rule: unknown, start: unknown): Promise<void> {
  if (!(uri instanceof vscode.Uri)) return;
  const reason = await vscode.window.showInputBox({
    title: `Set “${rule}” aside`,
    prompt: 'Why is it meant to be so? The finding comes back when the text changes.',
    validateInput: (value) =>
      value.trim() === '' ? 'A reason is needed: whoever reads this later wants to know why.' : undefined,
  });
  if (reason === undefined) return;
  const document = await vscode.workspace.openTextDocument(uri);
  const at = await settled(host, document, new vscode.CancellationTokenSource().token);
  const problem = at?.snapshot.problems.find((each) => each.rule === rule && each.range.start === start);
  if (!at || !problem) return;
  await vscode.workspace.applyEdit(toWorkspaceEdit(at, [suppressEdit(at.document, problem, reason)]));
}
