/** Since when drift is looked for: one commit for all specs, or for each spec the one that brought its approval. */

import { ActError } from '../actError';
import type { FileSystem, ProcessRunner } from '../ports';
import { criteriaDocumentOf } from '../spec/documentsOf';
import type { Spec } from '../spec/model';
import type { AbortSignal } from '../util/abort';
import { relativePath } from '../util/path';
import { approvalsPath, parseApprovals } from '../workflow/approvals/records';
import { commitOfLine, type GitBase, openGitBase } from './gitBase';

/** In the place of a branch: since the requirements of each spec were approved. */
export const SINCE_APPROVAL = 'approval';

export type BaseOf = (spec: Spec) => Promise<GitBase | undefined>;

interface Since {
  readonly files: FileSystem;
  readonly processes: ProcessRunner;
  readonly root: string;
  readonly specs: readonly Spec[];
  readonly signal: AbortSignal | undefined;
}

/** @throws ActError where there is no such base */
export async function baseOf(since: string, by: Since): Promise<BaseOf> {
  const { processes, root, specs, signal } = by;
  if (since === SINCE_APPROVAL) return (spec) => sinceApproval(spec, specs.length === 1, by);
  const base = await openGitBase(processes, root, since, signal);
  return async () => base;
}

/** @param alone Asked about this spec: then it is told where there is no base, instead of passed over. */
async function sinceApproval(
  spec: Spec,
  alone: boolean,
  { files, processes, root, signal }: Since,
): Promise<GitBase | undefined> {
  const { approval } = criteriaDocumentOf(spec) ?? {};
  if (approval === undefined) {
    if (!alone) return undefined;
    throw new ActError('notApproved', `Nobody has approved the requirements of ${spec.name} yet.`);
  }
  const file = approvalsPath(spec.path);
  const record = parseApprovals((await files.readText(file)) ?? '').find(
    (each) => each.v === 2 && each.hash === approval.hash && each.at === approval.at,
  );
  const path = relativePath(root, file);
  const commit =
    record?.v === 2 && path !== undefined
      ? await commitOfLine(processes, root, path, record.sig.slice(0, 80), signal)
      : undefined;
  if (commit !== undefined) return openGitBase(processes, root, commit, signal);
  if (!alone) return undefined;
  throw new ActError(
    'notFound',
    `The approval of ${spec.name} is not committed, so git does not know what the code was then. Commit it, or name a branch.`,
  );
}
