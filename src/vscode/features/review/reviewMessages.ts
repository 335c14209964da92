/** Carries out what the panel asks for. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { mentionText } from '../../../core/agent/mentions/mentionText';
import { requireModel } from '../../../core/agent/turn/requireModel';
import { safeEdits } from '../../../core/lint/safeEdits';
import { writeMerged } from '../../../core/spec/merge/writeMerged';
import type { DocumentEdit, DocumentKind, Spec } from '../../../core/spec/model';
import { documentOf, FILE_NAMES } from '../../../core/spec/readSpec';
import { applyEdits } from '../../../core/util/textRange';
import { rangeOfWords } from '../../../core/workflow/comments/anchor';
import type { FromReview } from '../../../protocol/review';
import { openPlace } from '../../adapters/openPlace';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import { decideRevision } from './decideRevision';
import type { MergeByHand } from './mergeByHand';

export const MESSAGES: { readonly [Type in FromReview['type']]: true } = {
  ready: true,
  show: true,
  approve: true,
  requestChanges: true,
  decideRevision: true,
  compare: true,
  showRevision: true,
  fix: true,
  fixAll: true,
  comment: true,
  answerComment: true,
  rewordComment: true,
  removeComment: true,
  resolveComments: true,
  sendComments: true,
  ask: true,
  confirmLinks: true,
  preview: true,
  trace: true,
  open: true,
  openTest: true,
  draft: true,
  refine: true,
  syncTasks: true,
  setUp: true,
  cancel: true,
};

export interface MessageContext {
  /** The spec. */
  readonly path: string;
  readonly shown: DocumentKind;
  readonly showDiff: (session: string) => Promise<void>;
  readonly merge: MergeByHand;
  /** To the panel, after a dialog. */
  readonly back: () => void;
}

export type Asked = Exclude<FromReview, { readonly type: 'ready' | 'show' | 'compare' }>;

export async function carryOut(
  host: Host,
  { path, shown, showDiff, merge, back }: MessageContext,
  message: Asked,
): Promise<void> {
  const { core } = host;
  // Commands say themselves what went wrong.
  const run = (id: string, ...args: unknown[]) => void vscode.commands.executeCommand(id, ...args);
  /** A dialog takes the keys away from the panel. */
  const runAndReturn = async (id: string, ...args: unknown[]): Promise<void> => {
    await vscode.commands.executeCommand(id, ...args);
    back();
  };
  const spec = () => {
    const found = core.specs.get(path);
    if (!found) throw new ActError('notFound', 'This spec is no longer there.');
    return found;
  };
  switch (message.type) {
    case 'approve':
      return runAndReturn(COMMANDS.approve, { spec: path, kind: message.kind });
    case 'requestChanges':
      return run(COMMANDS.requestChanges, { spec: path, kind: message.kind }, message.text);
    case 'sendComments':
      return run(COMMANDS.sendComments, { spec: path, kind: message.kind });
    case 'draft':
      return run(COMMANDS.draft, { spec: path, kind: message.kind });
    case 'refine':
      return run(COMMANDS.refine, { spec: path });
    case 'syncTasks':
      return run(COMMANDS.syncTasks, { spec: path });
    case 'decideRevision':
      return decideRevision(host, shown, message, merge);
    case 'showRevision':
      return showDiff(message.session);
    case 'fix':
      return applyFix(host, spec(), shown, message.rule, message.offset);
    case 'fixAll':
      return fixAll(host, spec(), message.kind);
    case 'comment': {
      const { kind, start, quote, text } = message;
      const document = documentOf(spec(), kind)?.document;
      const range = document ? rangeOfWords(document, start, quote) : { start, end: start };
      return core.comments.comment(spec(), kind, range, text);
    }
    case 'answerComment':
      return core.comments.answer(spec(), message.thread, message.text);
    case 'rewordComment':
      return core.comments.reword(spec(), message.thread, message.comment, message.text);
    case 'removeComment':
      return runAndReturn(COMMANDS.removeComment, {
        spec: path,
        thread: message.thread,
        id: message.comment,
        isFirst: message.isFirst,
      });
    case 'resolveComments':
      for (const thread of message.threads) await core.comments.resolve(spec(), thread, message.resolved);
      return;
    case 'confirmLinks':
      await vscode.commands.executeCommand(COMMANDS.confirmLinks, { spec: path, kind: message.kind });
      return;
    case 'preview':
      return run(COMMANDS.previewDesign, { spec: path });
    case 'ask':
      return ask(host, spec(), message);
    case 'trace':
      return run(COMMANDS.trace, { spec: path }, message.criterion);
    case 'open':
      return openPlace(spec(), { document: message.kind, offset: message.offset });
    case 'openTest':
      return openPlace(spec(), { path: message.path, line: message.line });
    case 'setUp':
      return run(core.ports.trust.trusted ? COMMANDS.setApiKey : 'workbench.trust.manage');
    case 'cancel':
      return run(COMMANDS.stop, { spec: path, kind: shown });
  }
}

async function applyFix(
  host: Host,
  spec: Spec,
  kind: DocumentKind,
  rule: string,
  offset: number,
): Promise<void> {
  const problem = documentOf(spec, kind)?.problems.find(
    (candidate) => candidate.rule === rule && candidate.range.start === offset,
  );
  await write(host, spec, kind, problem?.fixes?.[0]?.edits() ?? []);
}

async function fixAll(host: Host, spec: Spec, kind: DocumentKind): Promise<void> {
  const document = documentOf(spec, kind);
  if (document) await write(host, spec, kind, safeEdits(document));
}

/** A fix that splits a criterion rewrites references in the other documents, too. */
async function write(
  { core }: Host,
  spec: Spec,
  kind: DocumentKind,
  edits: readonly DocumentEdit[],
): Promise<void> {
  for (const { kind: each, path, text } of spec.documents) {
    const own = edits.filter(({ document = kind }) => document === each);
    if (text !== undefined && own.length > 0)
      await writeMerged(core.ports.files, each, path, text, applyEdits(text, own));
  }
  if (edits.length > 0) await core.specs.refresh(spec.path);
}

/** The question is the person's: what it is about waits in the input. */
async function ask(
  { core }: Host,
  spec: Spec,
  { kind, id, text }: Extract<FromReview, { readonly type: 'ask' }>,
): Promise<void> {
  await requireModel(core.ports, 'coding');
  const quoted = text.trim().replace(/^/gm, '> ');
  const words = `${mentionText('spec', spec.name)}, ${id} of ${FILE_NAMES[kind]}:\n\n${quoted}\n\n`;
  await vscode.commands.executeCommand(COMMANDS.newSession, words);
}
