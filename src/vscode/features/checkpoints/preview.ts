/** What a restore would do, path by path, before it is done: unchecked paths stay as they are. */
import * as vscode from 'vscode';
import type { RestorePlan, RestoreStep } from '../../../core/checkpoints/model';
import { basename, dirname } from '../../../core/util/path';
import type { Host } from '../../host';
import { forgetPlanned, previewAll, previewFile } from './compare';
import { changeLook, files, planTitle, stepsInOrder, stepWords } from './words';

interface StepItem extends vscode.QuickPickItem {
  /** More than one: the rest of a long list. None: a heading. */
  readonly steps: readonly RestoreStep[];
}

/** Rows that a person goes through; the rest are one row. */
const MOST = 1000;

/** @returns the steps that are to be taken; undefined: none, the person thought better of it */
export async function previewPlan(
  host: Host,
  plan: RestorePlan,
  when: string,
): Promise<readonly RestoreStep[] | undefined> {
  forgetPlanned();
  const pick = vscode.window.createQuickPick<StepItem>();
  const items = itemsOf(plan.steps);
  // A diff that is looked at takes the focus, and the question is still open.
  pick.ignoreFocusOut = true;
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.title = planTitle(plan, when);
  pick.placeholder = 'Uncheck what shall stay as it is. OK restores the rest.';
  pick.buttons = [{ iconPath: new vscode.ThemeIcon('diff-multiple'), tooltip: 'Look at all in one diff' }];
  pick.items = items;
  pick.selectedItems = items.filter(({ steps }) => steps.length > 0);
  const look = (act: Promise<void>) => void act.catch(host.report);
  const listeners = [
    pick.onDidTriggerButton(() => look(previewAll(plan, `What is restored: now ↔ ${when}`))),
    pick.onDidTriggerItemButton(({ item: { steps } }) => {
      const [step] = steps;
      if (step) look(previewFile(plan, step));
    }),
  ];
  try {
    return await new Promise((resolve) => {
      listeners.push(
        pick.onDidAccept(() => resolve(pick.selectedItems.flatMap(({ steps }) => steps))),
        pick.onDidHide(() => resolve(undefined)),
      );
      pick.show();
    });
  } finally {
    for (const listener of listeners) listener.dispose();
    pick.dispose();
  }
}

function itemsOf(steps: readonly RestoreStep[]): readonly StepItem[] {
  const ordered = stepsInOrder(steps);
  const own = ordered.filter(({ byPerson }) => byPerson);
  const others = ordered.slice(own.length);
  // Where all are of one kind, the title has said so.
  const headed = own.length > 0 && others.length > 0;
  const items = [
    ...(headed ? [heading('Changed by you since')] : []),
    ...own.map(itemOf),
    ...(headed ? [heading('Kept by the latest checkpoint')] : []),
    ...others.map(itemOf),
  ];
  if (items.length <= MOST) return items;
  const rest = items.slice(MOST).flatMap((item) => item.steps);
  return [...items.slice(0, MOST), { label: `and ${files(rest.length)} more`, steps: rest }];
}

function heading(label: string): StepItem {
  return { label, kind: vscode.QuickPickItemKind.Separator, steps: [] };
}

function itemOf(step: RestoreStep): StepItem {
  const folder = step.path.includes('/') ? `${dirname(step.path)} · ` : '';
  const sign = step.byPerson ? 'warning' : changeLook(step.change).icon;
  return {
    label: `$(${sign}) ${basename(step.path)}`,
    description: `${folder}${stepWords(step)}`,
    buttons: [{ iconPath: new vscode.ThemeIcon('diff'), tooltip: 'Look at what changes' }],
    steps: [step],
  };
}
