/** A model of its own for one kind of work: of the same server, the editor or Bedrock. */
import * as vscode from 'vscode';
import { MODEL_ROLES, type ModelRole } from '../../../core/modelSettings';
import { writeSetting } from '../../adapters/settings';
import type { Host } from '../../host';
import { type Choice, judged, modelsAtHand } from './modelsAtHand';

const WORK: Readonly<Record<ModelRole, string>> = {
  drafting: 'Drafting',
  coding: 'Coding',
  review: 'Review',
};
const WORK_MEANS: Readonly<Record<ModelRole, string>> = {
  drafting: 'requirements, designs and task lists',
  coding: 'tasks, hooks and conversations',
  review: 'revisions that you ask for in a review',
};

export async function pickForWork(host: Host): Promise<void> {
  const { models } = host.core.ports.settings.get();
  const kinds = MODEL_ROLES.map((role) => ({
    label: WORK[role],
    description: models[role] ?? 'the model for everything',
    detail: WORK_MEANS[role],
    role,
  }));
  const kind = await vscode.window.showQuickPick(kinds, {
    title: 'Model for one kind of work',
    placeHolder: 'For which work?',
  });
  if (!kind) return;
  const picked = await vscode.window.showQuickPick(choicesForWork(host, kind.role), {
    title: `Model for ${kind.label.toLowerCase()}`,
    placeHolder: `In use: ${kind.description}`,
    matchOnDescription: true,
  });
  await picked?.take?.();
}

async function choicesForWork(host: Host, role: ModelRole): Promise<Choice[]> {
  const { models } = host.core.ports.settings.get();
  const { [role]: _, ...others } = models;
  const offered = await modelsAtHand(host, {
    now: models[role] ?? '',
    save: (id) => writeSetting('models', { ...others, [role]: id }),
  });
  const none: Choice = {
    label: '$(circle-slash) None of Its Own',
    description: 'the model for everything',
    take: () => writeSetting('models', others),
  };
  return [none, ...offered.map((choice) => judged(host, choice))];
}
