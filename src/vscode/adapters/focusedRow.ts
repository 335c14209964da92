/** The row of a view that a key is meant for. */
import * as vscode from 'vscode';
import { createTurns } from '../../core/util/turns';

/** Keys may come faster than the editor answers. */
const inTurn = createTurns();

/**
 * The row with the focus: arrow keys move it while the selection stays behind, and the editor tells extensions of the
 * selection alone. So its own command turns the selection of the focused row over, and back again: the row that is
 * different in between is the one. Nothing is opened by it. Undefined where the focus is elsewhere.
 */
export function focusedRow<T>(view: Pick<vscode.TreeView<T>, 'selection'>): Promise<T | undefined> {
  const turnOver = () => vscode.commands.executeCommand('list.toggleSelection');
  return inTurn(async () => {
    const before = view.selection;
    await turnOver();
    const between = view.selection;
    await turnOver();
    return between.find((row) => !before.includes(row)) ?? before.find((row) => !between.includes(row));
  });
}
