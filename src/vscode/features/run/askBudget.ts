/** Before a run goes on that has spent its budget: what it may cost now. */
import * as vscode from 'vscode';
import { money } from '../../../core/tasks/report/figures';
import type { RunState } from '../../../core/tasks/run/model';

export interface NewBudget {
  /** Null: none; undefined: as it was. */
  readonly value: number | null | undefined;
}

/** Asks only where the run stopped for its own budget. Undefined where the person thought better of it. */
export async function askBudget({ needs, options: { budget } }: RunState): Promise<NewBudget | undefined> {
  if (!needs.some(({ kind }) => kind === 'budget') || budget === undefined) return { value: undefined };
  const text = await vscode.window.showInputBox({
    title: 'Go On with Run',
    prompt: `${money(budget)} were set for this run, and the next request could cost more. What may the whole run cost? Dollars; empty: no budget.`,
    value: String(budget * 2),
    ignoreFocusOut: true,
    validateInput: (words) =>
      budgetIn(words) === undefined ? 'An amount of dollars, such as 5, or nothing.' : undefined,
  });
  return text === undefined ? undefined : { value: budgetIn(text) };
}

/** Null: none; undefined: no amount. */
export function budgetIn(text: string): number | null | undefined {
  const words = text.trim().replace(/^\$/, '');
  if (words === '') return null;
  const value = Number(words);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}
