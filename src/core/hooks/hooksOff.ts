/** Why no hook of a workspace fires by itself. */
import type { Ports } from '../ports';

export const RESTRICTED = 'This workspace is restricted: hooks do not run until you trust it.';

/** Undefined when hooks are on. */
export function whyOff({
  trust,
  settings,
  administration,
}: Pick<Ports, 'trust' | 'settings' | 'administration'>): string | undefined {
  if (!trust.trusted) return RESTRICTED;
  if (administration?.policy?.hooks === 'off') return 'Your organisation lets no hook run.';
  return settings.get().hooks === 'off' ? 'Hooks are turned off in the settings (earshot.hooks).' : undefined;
}
