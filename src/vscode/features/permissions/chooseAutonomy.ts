/** What the agent may do without asking, chosen from a list that says what each choice means. */
import * as vscode from 'vscode';
import { AUTONOMIES, type Autonomy } from '../../../core/ports';
import { LOCK, tellManaged } from '../../adapters/managed';
import { writeSetting } from '../../adapters/settings';
import type { Host } from '../../host';

const CHOICES: Readonly<Record<Autonomy, { readonly label: string; readonly detail: string }>> = {
  ask: { label: '$(shield) Read only: ask first', detail: 'Asks before anything is written or run' },
  supervised: {
    label: '$(shield) Supervised',
    detail: 'Asks before anything is run; you keep or refuse what it wrote when its turn is over',
  },
  'edit-workspace': {
    label: '$(edit) Edit the workspace',
    detail: 'Writes without asking and without a review; asks before anything is run',
  },
  'dev-shell': {
    label: '$(terminal) Edit, test and build',
    detail: 'And runs tests, builds and what only looks around; asks before any other command',
  },
  autopilot: { label: '$(play) Autopilot', detail: 'Writes and runs in the workspace without asking' },
};

export async function chooseAutonomy({ core }: Host): Promise<void> {
  const { autonomy } = core.ports.settings.get();
  const { administration } = core.ports;
  const items = AUTONOMIES.map((value) => {
    const { label, detail } = CHOICES[value];
    const verdict = administration?.autonomyVerdict(value);
    if (verdict === undefined)
      return { value, verdict, label, detail, ...(value === autonomy ? { description: 'in use' } : {}) };
    const locked = label.replace(/^\$\([^)]*\)/, LOCK);
    return { value, verdict, label: locked, detail, description: 'not allowed by your organisation' };
  });
  const title = 'What the agent may do without asking';
  const placeHolder = 'Your rules in permissions.yaml hold in any case';
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder });
  if (picked?.verdict !== undefined) await tellManaged(picked.verdict);
  else if (picked) await writeSetting('autonomy', picked.value);
}
