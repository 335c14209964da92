/** Who leads the next conversation: an agent of the workspace or of the person, or none. */
import * as vscode from 'vscode';
import type { AgentProfile } from '../../../core/agent/profiles/model';
import { basename } from '../../../core/util/path';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';

export interface ChosenAgent {
  readonly id: string;
  readonly name: string;
}

interface Item extends vscode.QuickPickItem {
  readonly agent?: ChosenAgent;
  readonly open?: { readonly path: string; readonly line: number };
}

/** Resolves with undefined for none, and with `same` when the person left. */
export async function chooseAgent({ core }: Host, root: string): Promise<ChosenAgent | undefined | 'same'> {
  const { profiles, problems } = await core.agents.list(root);
  const none: Item = { label: '$(comment) No agent', description: 'Earshot’s own words and all tools' };
  const faults = problems.map(
    ({ path, line, message }): Item => ({
      label: `$(warning) ${basename(path)}, line ${line}`,
      detail: message,
      open: { path, line },
    }),
  );
  const heading: Item = { label: 'Problems', kind: vscode.QuickPickItemKind.Separator };
  const picked = await vscode.window.showQuickPick(
    [none, ...profiles.map(itemOf), ...(faults.length > 0 ? [heading] : []), ...faults],
    {
      title: 'Who leads the next conversation?',
      placeHolder:
        profiles.length > 0
          ? 'An agent of .kiro/agents or ~/.kiro/agents'
          : 'There is none in .kiro/agents yet',
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (picked === undefined) return 'same';
  if (!picked.open) return picked.agent;
  const { path, line } = picked.open;
  const selection = new vscode.Range(line - 1, 0, line - 1, 0);
  await vscode.window.showTextDocument(toUri(path), { selection });
  return 'same';
}

function itemOf({ id, name, description, tools = [], model, root }: AgentProfile): Item {
  const whose = root === undefined ? 'yours, ' : '';
  return {
    label: `$(hubot) ${name}`,
    description: `${whose}${tools.join(' ') || 'no tools'}${model === undefined ? '' : `, ${model}`}`,
    detail: description,
    agent: { id, name },
  };
}
