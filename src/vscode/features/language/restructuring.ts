/** Moving, inserting and renumbering what a spec is made of: from the menu of code actions, and from the keyboard. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { type Refactoring, type RefactoringId, refactoringsAt } from '../../../core/language/refactorings';
import { lineStarts, type TextRange } from '../../../core/util/textRange';
import { toRange } from '../../adapters/diagnostics';
import { showInfo } from '../../adapters/messages';
import { documentAt } from '../../adapters/specTarget';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { type Settled, settled, toWorkspaceEdit } from './settled';

const { RefactorMove, RefactorRewrite } = vscode.CodeActionKind;
const KINDS: Readonly<Record<RefactoringId, vscode.CodeActionKind>> = {
  moveUp: RefactorMove,
  moveDown: RefactorMove,
  insertBelow: RefactorRewrite,
  insertInside: RefactorRewrite,
  remove: RefactorRewrite,
  renumber: RefactorRewrite,
};
/**
 * What the keys do where no structure is moved. That is decided here and by no context key: one that follows the cursor
 * would come too late for who types fast, and a line moved alone leaves its number and its references behind.
 */
const MOVE_LINES = {
  moveUp: 'editor.action.moveLinesUpAction',
  moveDown: 'editor.action.moveLinesDownAction',
} as const;

export function registerRestructuring(host: Host, selector: vscode.DocumentSelector): vscode.Disposable {
  // A key that is held down asks again before the last edit is done.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (run: () => Promise<void>): Promise<void> => {
    const result = turn.then(run);
    turn = result.catch(() => undefined);
    return result;
  };
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(selector, actionProvider(host), {
      providedCodeActionKinds: [RefactorMove, RefactorRewrite],
    }),
    host.command(COMMANDS.moveUp, () => inTurn(() => move(host, 'moveUp', 'moveDown'))),
    host.command(COMMANDS.moveDown, () => inTurn(() => move(host, 'moveDown', 'moveUp'))),
    host.command(COMMANDS.insertBelow, () => inTurn(() => insertBelow(host))),
    host.command(COMMANDS.renumber, () => inTurn(() => renumber(host))),
  );
}

function actionProvider(host: Host): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, range, { only, triggerKind }, token) {
      // Who did not ask sees no light bulb on every line.
      const asked = only !== undefined || triggerKind === vscode.CodeActionTriggerKind.Invoke;
      const wanted = (kind: vscode.CodeActionKind) => only === undefined || only.contains(kind);
      if (!asked || !Object.values(KINDS).some(wanted)) return [];
      const at = await settled(host, document, token);
      if (!at) return [];
      return offersIn(at, document, range)
        .filter(({ id }) => wanted(KINDS[id]))
        .map((offer) => toAction(at, document, offer));
    },
  };
}

function offersIn(at: Settled, document: vscode.TextDocument, range: vscode.Range): readonly Refactoring[] {
  return refactoringsAt(at.documents, at.document.kind, toOffsets(document, range));
}

function toOffsets(document: vscode.TextDocument, { start, end }: vscode.Range): TextRange {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

function toAction(at: Settled, { uri }: vscode.TextDocument, offer: Refactoring): vscode.CodeAction {
  const action = new vscode.CodeAction(offer.title, KINDS[offer.id]);
  action.edit = toWorkspaceEdit(at, offer.edits());
  const selected = selectedAfter(offer);
  if (selected)
    action.command = {
      title: offer.title,
      command: 'editor.action.goToLocations',
      arguments: [uri, selected.start, [new vscode.Location(uri, selected)], 'goto', ''],
    };
  return action;
}

function selectedAfter(offer: Refactoring): vscode.Range | undefined {
  const outcome = offer.outcome();
  return outcome && toRange(lineStarts(outcome.text), outcome.selection);
}

interface Offers {
  readonly at: Settled;
  readonly editor: vscode.TextEditor;
  readonly offers: readonly Refactoring[];
}

/** What is on offer where the one cursor of the active editor stands; undefined in what is no spec document. */
async function offersHere(host: Host): Promise<Offers | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.selections.length > 1 || !documentAt(host.core, editor.document.uri))
    return undefined;
  const source = new vscode.CancellationTokenSource();
  try {
    const at = await settled(host, editor.document, source.token);
    return at && { at, editor, offers: offersIn(at, editor.document, editor.selection) };
  } finally {
    source.dispose();
  }
}

async function move(host: Host, id: 'moveUp' | 'moveDown', back: 'moveUp' | 'moveDown'): Promise<void> {
  const here = await offersHere(host);
  if (here && (await take(here, id))) return;
  // At the end of its list a thing stays whole: nothing is done to its first line alone.
  if (here?.offers.some((offer) => offer.id === back)) return;
  await vscode.commands.executeCommand(MOVE_LINES[id]);
}

async function insertBelow(host: Host): Promise<void> {
  const here = await offersHere(host);
  if (here && (await take(here, 'insertBelow'))) return;
  throw new ActError('notFound', 'Put the cursor on a requirement, a criterion or a task first.');
}

async function renumber(host: Host): Promise<void> {
  const here = await offersHere(host);
  if (here && (await take(here, 'renumber'))) return;
  void showInfo('There is nothing to renumber. Numbers that are used twice are left to you.');
}

/** Does what is on offer, as one edit, and shows where it went. False where it is not on offer. */
async function take({ at, editor, offers }: Offers, id: RefactoringId): Promise<boolean> {
  const offer = offers.find((each) => each.id === id);
  if (!offer) return false;
  const selected = selectedAfter(offer);
  const reversed = editor.selection.isReversed;
  if (!(await vscode.workspace.applyEdit(toWorkspaceEdit(at, offer.edits()))))
    throw new ActError('changed', 'A document of this spec has changed meanwhile, so nothing was edited.');
  if (selected) {
    const { start, end } = selected;
    editor.selection = reversed ? new vscode.Selection(end, start) : new vscode.Selection(start, end);
    editor.revealRange(selected, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
  return true;
}
