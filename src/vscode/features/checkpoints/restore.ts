/** Going back: what is to be restored, what that changes, the doing, and the way back from it. */
import * as vscode from 'vscode';
import type { Checkpoint, RestorePlan, RestoreScope } from '../../../core/checkpoints/model';
import { joinPath } from '../../../core/util/path';
import { showInfo } from '../../adapters/messages';
import { toUri } from '../../adapters/paths';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { carryOut, makePlan, mayRestore } from './carryOut';
import { namesIn } from './names';
import { previewPlan } from './preview';
import { saveUnsaved } from './saveUnsaved';
import { listHere } from './target';
import { tellDone } from './undo';
import { asOf, files, refusedWords, were } from './words';

/**
 * @param scope of files; where it is `all`, the conversation may be restored, too
 * @returns what undoes the restore of files; undefined where none was restored
 */
export async function restoreTo(
  host: Host,
  checkpoint: Checkpoint,
  scope: RestoreScope,
): Promise<Checkpoint | undefined> {
  mayRestore(host, checkpoint.root);
  const when = asOf(checkpoint, namesIn(host.core, await listHere(host)));
  const what = scope.kind === 'all' ? await askWhat(host, checkpoint, when) : 'files';
  if (!what) return undefined;
  if (what === 'conversation') {
    await restoreConversation(host, checkpoint);
    return undefined;
  }
  const done = await restoreFiles(host, checkpoint, scope, when);
  if (!done) return undefined;
  let conversation: { readonly before: string; readonly after: string } | undefined;
  try {
    if (what === 'both') conversation = await restoreConversation(host, checkpoint);
  } finally {
    // Whatever became of the conversation, the files were restored.
    if (done !== 'nothing') void tellDone(host, { ...done, ...(conversation ? { conversation } : {}) });
  }
  return done === 'nothing' ? undefined : done.undo;
}

type What = 'files' | 'conversation' | 'both';

async function askWhat({ core }: Host, { cause }: Checkpoint, when: string): Promise<What | undefined> {
  const session = cause.kind === 'turn' ? core.sessions.get(cause.session) : undefined;
  // What was said in a task or hook is of no use without it.
  if (session?.started.kind !== 'chat') return 'files';
  const copy = 'Goes on in a copy of the session that ends before this message';
  const items: readonly (vscode.QuickPickItem & { readonly what: What })[] = [
    { label: 'Files and conversation', detail: `${copy}.`, what: 'both' },
    { label: 'Files', detail: 'The session stays as it is.', what: 'files' },
    { label: 'Conversation', detail: `${copy}. No file is changed.`, what: 'conversation' },
  ];
  const title = `Restore as it was ${when}`;
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'What is restored?' }))?.what;
}

interface Done {
  readonly undo: Checkpoint;
  readonly plan: RestorePlan;
  readonly message: string;
}

/** @returns `nothing` where all is as it was already; undefined where the person thought better of it */
async function restoreFiles(
  host: Host,
  { root, id }: Checkpoint,
  scope: RestoreScope,
  when: string,
): Promise<Done | 'nothing' | undefined> {
  if (!(await saveUnsaved(root, scope))) return undefined;
  const plan = await makePlan(host, root, id, scope);
  const refused = refusedWords(plan);
  if (plan.steps.length === 0) {
    void showInfo(refused ?? `Nothing to restore: the files are as they were ${when}.`);
    return refused === undefined ? 'nothing' : undefined;
  }
  const steps = await previewPlan(host, plan, when);
  if (!steps || steps.length === 0) return undefined;
  const chosen = { ...plan, steps };
  const undo = await carryOut(host, chosen);
  await showOne(chosen);
  const message = `Restored ${files(steps.length)} as ${were(steps.length)} ${when}.`;
  return { undo, plan: chosen, message: refused === undefined ? message : `${message} ${refused}` };
}

/** A single file is shown as it is now; many are a click away. */
async function showOne({ root, steps }: RestorePlan): Promise<void> {
  const [only, ...more] = steps;
  if (!only || more.length > 0 || only.change === 'deleted') return;
  await vscode.commands.executeCommand('vscode.open', toUri(joinPath(root, only.path)));
}

/** A copy of the session that ends before the message, with its words to be changed. */
async function restoreConversation(
  { core }: Host,
  { cause }: Checkpoint,
): Promise<{ readonly before: string; readonly after: string } | undefined> {
  if (cause.kind !== 'turn') return undefined;
  const said = core.sessions
    .get(cause.session)
    ?.items.find((item) => item.type === 'user' && item.seq === cause.turn);
  const pictures = await core.sessions.picturesOf(cause.session, cause.turn);
  const copy = await core.sessions.fork(cause.session, cause.turn);
  const text = said?.type === 'user' ? said.text : '';
  await vscode.commands.executeCommand(COMMANDS.showAgent, copy, { text, pictures });
  return { before: cause.session, after: copy };
}
