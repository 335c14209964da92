import { ActError } from '../actError';
import { basename } from '../util/path';
import type { Spec } from './model';
import type { SpecStore } from './specStore';

/** The spec in a folder, as it is on the disk now. Rejects with an `ActError` where there is none. */
export async function requireSpec(specs: Pick<SpecStore, 'refresh'>, path: string): Promise<Spec> {
  const spec = await specs.refresh(path);
  if (!spec) throw new ActError('notFound', `There is no spec ${basename(path)}.`);
  return spec;
}
