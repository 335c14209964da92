/** The model to use, or why the agent is off, told so that a person can mend it. */
import { ActError } from '../../actError';
import type { ModelRole } from '../../modelSettings';
import type { Ports } from '../../ports';
import type { Model } from './model';

export async function requireModel(
  { trust, models }: Pick<Ports, 'trust' | 'models'>,
  role: ModelRole,
  /** Instead of the one that is set. */
  named?: string,
): Promise<Model> {
  if (!trust.trusted) {
    throw new ActError(
      'untrusted',
      'This workspace is restricted: the agent is off until you trust it (“Workspaces: Manage Workspace Trust”).',
    );
  }
  const current = await models.current(role, named);
  if ('missing' in current) throw new ActError('noModel', current.message);
  return current.model;
}
