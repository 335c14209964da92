/** Who leads the next conversation: an agent of the workspace or of the person, or none. */
import * as vscode from 'vscode';
import type { AgentProfile } from '../../../core/agent/profiles/model';
import { basename } from '../../../core/util/path';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';

export interface ChosenAgent {
  readonly id: string;
  readonly name: string;
  /** What it says before it is asked anything. */
  readonly welcome: string | undefined;
}

interface Item extends vscode.QuickPickItem {
  readonly agent?: ChosenAgent;
  readonly open?: { readonly path: string; readonly line: number };
}

/** Resolves with undefined for none, and with `same` when the person left. */
export async function chooseAgent(
  { core }: Host,
  root: string,
  current: string | undefined,
): Promise<ChosenAgent | undefined | 'same'> {
  const { profiles, problems } = await core.agents.list(root);
  const none: Item = {
    label: '$(comment) No agent',
    description: marked('Earshot’s own words and all tools', current === undefined),
  };
  const faults = problems.map(
    ({ path, line, message }): Item => ({
      label: `$(warning) ${basename(path)}, line ${line}`,
      detail: message,
      open: { path, line },
    }),
  );
  const heading: Item = { label: 'Problems', kind: vscode.QuickPickItemKind.Separator };
  const picked = await vscode.window.showQuickPick(
    [
      none,
      ...profiles.map((each) => itemOf(each, each.id === current)),
      ...(faults.length > 0 ? [heading] : []),
      ...faults,
    ],
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

function itemOf(profile: AgentProfile, isCurrent: boolean): Item {
  const { id, name, description, tools = [], model, root, welcomeMessage: welcome } = profile;
  const whose = root === undefined ? 'yours, ' : '';
  return {
    label: `$(hubot) ${name}`,
    description: marked(
      `${whose}${tools.join(' ') || 'no tools'}${model === undefined ? '' : `, ${model}`}`,
      isCurrent,
    ),
    detail: description,
    agent: { id, name, welcome },
  };
}

function marked(words: string, isCurrent: boolean): string {
  return isCurrent ? `$(check) chosen now · ${words}` : words;
}
