/** The person's word about a revision that waits: from the panel, or by a command. */
import * as vscode from 'vscode';
import { ActError } from '../../../core/actError';
import { MergeConflict } from '../../../core/spec/merge/writeMerged';
import type { DocumentKind, DocumentSnapshot } from '../../../core/spec/model';
import { basename } from '../../../core/util/path';
import type { Objection } from '../../../core/workflow/objections';
import { pickDocument } from '../../adapters/specTarget';
import type { Host } from '../../host';
import { COMMANDS } from '../../manifest';
import type { MergeByHand } from './mergeByHand';

export interface Decision {
  readonly session: string;
  readonly accepted: boolean;
  readonly refused: readonly string[];
  readonly objections: readonly Objection[];
}

/** Where a part was edited meanwhile, both are merged by hand. */
export async function decideRevision(
  { core }: Host,
  kind: DocumentKind,
  { session, accepted, refused, objections }: Decision,
  merge: MergeByHand,
): Promise<void> {
  try {
    await core.workflow.decideRevision(session, accepted, refused, objections);
  } catch (error) {
    if (!(error instanceof MergeConflict)) throw error;
    await merge.open(kind, error, session);
  }
}

export function registerDecisions(host: Host, merge: MergeByHand): vscode.Disposable {
  const { core } = host;

  function waitingFor({ path }: DocumentSnapshot): string | undefined {
    const newest = core.sessions.known.find(
      ({ state: { started, revision } }) =>
        revision !== undefined && `${started.spec}/${started.document}` === path,
    );
    return newest?.state.revision?.accepted === undefined ? newest?.id : undefined;
  }

  async function decide(target: unknown, accepted: boolean): Promise<void> {
    await core.sessions.list();
    const title = accepted ? 'Accept Revision' : 'Refuse Revision';
    const picked = await pickDocument(core, target, title, (document) => waitingFor(document) !== undefined);
    const session = picked && waitingFor(picked.document);
    if (!picked || session === undefined)
      throw new ActError(
        'notFound',
        picked
          ? `No revision of ${basename(picked.document.path)} waits for you.`
          : 'No revision waits for you.',
      );
    await decideRevision(
      host,
      picked.document.kind,
      { session, accepted, refused: [], objections: [] },
      merge,
    );
  }

  return vscode.Disposable.from(
    host.command(COMMANDS.acceptRevision, (target) => decide(target, true)),
    host.command(COMMANDS.refuseRevision, (target) => decide(target, false)),
  );
}
