/** *Generate Steering*: what the repository says of itself, proposed beside what stands there, written when it is taken. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import type { SteeringProposal } from '../../../core/steering/foundation';
import { Cancelled } from '../../../core/util/abort';
import { FOUNDATION, type FoundationName } from '../../../core/workflow/prompts/steeringPrompt';
import { showInfo } from '../../adapters/messages';
import { toPath, toUri } from '../../adapters/paths';
import type { Feature, Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { registerFrontMatterHelp } from './frontMatterHelp';
import { newSteering } from './newSteering';
import { registerSteeringProblems } from './steeringProblems';
import { registerSteeringView } from './steeringView';

const SCHEME = 'earshot-steering';
const ABOUT: Readonly<Record<FoundationName, string>> = {
  'product.md': 'what it is, and for whom',
  'tech.md': 'what it is made with, and the commands',
  'structure.md': 'what lies where',
};

export const registerSteering: Feature = (host) => {
  const shown = new Map<string, string>();
  const problems = registerSteeringProblems(host);
  const provider = { provideTextDocumentContent: (uri: vscode.Uri) => shown.get(uri.query) ?? '' };
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, provider),
    host.command(COMMANDS.generateSteering, () => generate(host, shown)),
    host.command(COMMANDS.newSteering, () => newSteering(host)),
    problems,
    registerSteeringView(host, problems),
    registerFrontMatterHelp(),
  );
};

async function generate(host: Host, shown: Map<string, string>): Promise<void> {
  const root = await pickFolder();
  const wanted = root === undefined ? undefined : await pickDocuments(host, root);
  if (root === undefined || wanted === undefined) return;
  const proposals = await propose(host, root, wanted);
  if (proposals.length === 0) {
    void showInfo('The steering documents say what the repository shows: nothing to change.');
    return;
  }
  await showChanges(proposals, shown);
  const taken = await pickTaken(proposals);
  if (taken.length === 0) return;
  await host.core.foundation.accept(taken);
  const [first] = taken;
  if (first) await vscode.window.showTextDocument(toUri(first.path));
}

async function pickFolder(): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0)
    throw new ActError('invalid', 'Open a folder first: steering lies in its .kiro/steering folder.');
  const folder = folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  return folder && toPath(folder.uri);
}

interface Wanted {
  readonly names: readonly FoundationName[];
  readonly wish?: string;
}

/** All at first; once there are some, each can be refined alone. */
async function pickDocuments({ core }: Host, root: string): Promise<Wanted | undefined> {
  const present = await core.foundation.present(root);
  if (present.length === 0) return { names: [] };
  const missing = FOUNDATION.filter((name) => !present.includes(name));
  const items = [
    { label: 'All three, brought up to date', description: FOUNDATION.join(', '), names: FOUNDATION },
    ...(missing.length > 0
      ? [{ label: 'Those that are missing', description: missing.join(', '), names: missing }]
      : []),
    ...present.map((name) => ({ label: `Refine ${name}…`, description: ABOUT[name], names: [name] })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Generate Steering',
    placeHolder: 'Nothing is written before you have seen the difference',
  });
  if (picked === undefined || picked.names.length > 1 || !present.includes(picked.names[0] ?? 'tech.md'))
    return picked && { names: picked.names };
  const wish = await vscode.window.showInputBox({
    title: picked.label.replace('…', ''),
    prompt: 'What should be different? Empty: bring it up to date.',
    ignoreFocusOut: true,
  });
  return wish === undefined ? undefined : { names: picked.names, wish };
}

async function propose(
  { core }: Host,
  root: string,
  { names, wish }: Wanted,
): Promise<readonly SteeringProposal[]> {
  const draft = await core.foundation.propose(root, names, wish);
  try {
    return await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Reading the repository for steering',
        cancellable: true,
      },
      (_, token) => {
        token.onCancellationRequested(() => core.sessions.stop(draft.session));
        return draft.proposals;
      },
    );
  } catch (error) {
    if (core.sessions.get(draft.session)?.status === 'cancelled') throw new Cancelled();
    throw error;
  }
}

async function showChanges(
  proposals: readonly SteeringProposal[],
  shown: Map<string, string>,
): Promise<void> {
  shown.clear();
  const side = (name: string, which: string, text: string) => {
    const query = `${which}&${name}&${Date.now()}`;
    shown.set(query, text);
    return vscode.Uri.from({ scheme: SCHEME, path: `/${which}/${name}`, query });
  };
  const rows = proposals.map(({ name, path, before, after }) => [
    toUri(path),
    before === undefined ? undefined : side(name, 'now', before),
    side(name, 'proposed', after),
  ]);
  await vscode.commands.executeCommand('vscode.changes', 'Steering: now ↔ proposed', rows);
}

/** The difference stays in sight while the person chooses. */
async function pickTaken(proposals: readonly SteeringProposal[]): Promise<readonly SteeringProposal[]> {
  const items = proposals.map((proposal) => ({
    label: proposal.name,
    description: proposal.before === undefined ? 'new' : 'changed',
    picked: true,
    proposal,
  }));
  const taken = await vscode.window.showQuickPick(items, {
    title: 'Write to .kiro/steering',
    placeHolder: 'Choose what to write; Escape writes nothing',
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return (taken ?? []).map(({ proposal }) => proposal);
}
