import type { Core } from '../../../src/core';

/** A person's yes to every document of a spec that waits for one. */
export async function approveAll(core: Core, path: string): Promise<void> {
  const open = core.specs
    .get(path)
    ?.documents.filter(({ state }) => state !== 'missing' && state !== 'approved');
  for (const { kind } of open ?? []) await core.workflow.approve(path, kind);
}
