/** New spec: idea and way to start, name, and the questions where some are asked first. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { FILE_NAMES } from '../../../core/spec/readSpec';
import { Cancelled } from '../../../core/util/abort';
import type { Clarification } from '../../../core/workflow/beginnings/clarify';
import {
  type Answered,
  firstDocument,
  type SpecStart,
  START_KINDS,
  type StartKind,
} from '../../../core/workflow/beginnings/start';
import { showWarning } from '../../adapters/messages';
import { toPath } from '../../adapters/paths';
import { readSetting } from '../../adapters/settings';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { askQuestions } from './askQuestions';
import { askStart } from './askStart';
import { runAsTask } from './singleTask';
import { type From, fromSelection, fromUri } from './specSources';
import { watchDraft, withCancel } from './watchDraft';

/** @param kind How to start, where a caller knows. */
export async function newSpec(host: Host, idea: unknown, name: unknown, kind: unknown): Promise<void> {
  const root = await pickFolder(undefined);
  if (!root) return;
  const known = START_KINDS.find((each) => each === kind) ?? 'requirements';
  if (typeof idea === 'string' && idea !== '')
    return create(host, { root, idea, name, kind: known, from: undefined, clarify: false });
  await begin(host, root, undefined, name);
}

/** From what the command was called on: a file or folder of the explorer, else the selection. */
export async function newSpecFrom(host: Host, target: unknown): Promise<void> {
  const uri = target instanceof vscode.Uri ? target : undefined;
  const editor = vscode.window.activeTextEditor;
  // Also the editor's own menu names its file.
  const isOwn = uri === undefined || uri.toString() === editor?.document.uri.toString();
  const from = (isOwn ? fromSelection() : undefined) ?? (uri && (await fromUri(uri)));
  const root = await pickFolder(uri ?? editor?.document.uri);
  if (root) await begin(host, root, from, undefined);
}

async function begin(host: Host, root: string, from: From | undefined, name: unknown): Promise<void> {
  await host.core.specs.ready;
  const start = await askStart(host, from);
  if (!start) return;
  if (start.kind === 'task') return runAsTask(host, root, start.idea, start.from);
  await create(host, { root, name, ...start, kind: start.kind, clarify: asksFirst(start.kind) });
}

function asksFirst(kind: StartKind): boolean {
  const when = readSetting<string>('clarify');
  return when === 'always' || (when !== 'never' && kind === 'quick');
}

interface NewSpec {
  readonly root: string;
  readonly idea: string;
  readonly name: unknown;
  readonly kind: StartKind;
  readonly from: From | undefined;
  readonly clarify: boolean;
}

async function create(host: Host, { root, idea, name: given, kind, from, clarify }: NewSpec): Promise<void> {
  const { workflow, specs } = host.core;
  await specs.ready;
  const name = typeof given === 'string' ? given : await askName(host, root, idea);
  if (!name) return;
  const properties = readSetting<boolean>('correctnessProperties') !== false;
  const start: SpecStart = { kind, properties, ...from?.start };
  const clarified = clarify && !from?.start.code ? await askFirst(host, root, idea, start) : [];
  if (clarified === undefined) return;
  if (clarified === 'task') return runAsTask(host, root, idea, from);
  const answered = clarified.length > 0 ? { ...start, answers: clarified } : start;
  const started = await workflow.newSpec(
    root,
    name,
    idea,
    clarify ? { ...answered, anyway: true } : answered,
  );
  const document = firstDocument(kind);
  const what = kind === 'quick' ? 'the documents' : FILE_NAMES[document];
  await watchDraft(host, started, `Writing ${what} of ${name}`);
  await vscode.commands.executeCommand(COMMANDS.review, { spec: started.spec, kind: document });
}

/** The person's answers; `task` where it is to be done without a spec; undefined when they turned away. */
async function askFirst(
  host: Host,
  root: string,
  idea: string,
  start: SpecStart,
): Promise<readonly Answered[] | 'task' | undefined> {
  const asked = await host.core.workflow.clarify(root, idea, start);
  let found: Clarification;
  try {
    found = await withCancel(host, asked, 'Looking for what is open', asked.done);
  } catch (error) {
    if (host.core.sessions.get(asked.session)?.status === 'cancelled') throw new Cancelled();
    throw error;
  }
  if (found.small !== undefined) {
    const choice = await showWarning(
      `This change may be too small for a spec. ${found.small}`,
      'Do It as a Single Task',
      'Write the Spec',
    );
    if (choice === undefined) return undefined;
    if (choice === 'Do It as a Single Task') return 'task';
  }
  return askQuestions(found.questions);
}

async function pickFolder(about: vscode.Uri | undefined): Promise<string | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0)
    throw new ActError('invalid', 'Open a folder first: a spec lives in its .kiro folder.');
  const own = about && vscode.workspace.getWorkspaceFolder(about);
  const folder = own ?? (folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick());
  return folder && toPath(folder.uri);
}

function askName({ core, demo }: Host, root: string, idea: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: demo.active ? 'New Spec (rehearsed demo: press Enter)' : 'New Spec',
    prompt: 'Name of the spec: its folder in .kiro/specs.',
    value: core.workflow.suggestName(root, idea),
    ignoreFocusOut: true,
    validateInput: (name) => core.workflow.nameProblem(root, name),
  });
}
