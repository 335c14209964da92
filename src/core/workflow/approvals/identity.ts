/** Gives a spec an id before the first approval names it, so that a rename loses no approval. */

import { specKey } from '../../order/places';
import type { Ports } from '../../ports';
import { withConfigKey } from '../../spec/edits/configEdits';
import type { Spec } from '../../spec/model';
import { CONFIG_NAME } from '../../spec/readSpec';
import { basename, joinPath } from '../../util/path';
import { approvalsPath, parseApprovals } from './records';

export interface Identity {
  readonly id: string | undefined;
  /** Writes it down, where it is new. */
  keep(): Promise<void>;
}

/**
 * The id of a spec. One that has none gets it, unless approvals name it by its folder already: those would count no more.
 * It is made of the folder, so that two branches that approve it first write the same.
 * @param others All specs, of which none may have the same id: one of them may have been renamed from here.
 */
export async function identify(
  { files, hasher, ids }: Pick<Ports, 'files' | 'hasher' | 'ids'>,
  spec: Spec,
  others: readonly Spec[],
): Promise<Identity> {
  const before = parseApprovals((await files.readText(approvalsPath(spec.path))) ?? '');
  const name = basename(spec.path);
  if (spec.specId !== undefined || before.some((record) => record.v === 2 && record.spec === name))
    return { id: spec.specId, keep: async () => {} };
  const made = uuidOf(hasher.sha256(`spec ${specKey(spec)}`));
  const id = others.some(({ specId }) => specId === made) ? ids.uuid() : made;
  const path = joinPath(spec.path, CONFIG_NAME);
  const fresh = { workflowType: 'requirements-first', specType: spec.type };
  const text = withConfigKey(await files.readText(path), fresh, ['specId'], id);
  // What cannot be read stays as it is; its findings say so.
  return text === undefined
    ? { id: undefined, keep: async () => {} }
    : { id, keep: () => files.writeText(path, text) };
}

/** In the form that Kiro's ids have; 8 marks one that is made of something. */
function uuidOf(hash: string): string {
  const part = (from: number, to: number) => hash.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-8${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`;
}
