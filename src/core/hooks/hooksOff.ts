/** Why no hook of a workspace fires by itself, and why one of them does not. */
import type { Ports } from '../ports';
import { NEVER } from './dispatcher';
import type { Hook } from './model';
import { LEFT_TO_KIRO } from './triggers';

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

export interface HookStanding {
  readonly off: string | undefined;
  readonly isLeft: boolean;
  readonly forbidden: string | undefined;
  readonly isAgreed: boolean;
}

/** What keeps it from running where a file (relative) fires it; undefined where nothing does. */
export function whyNotRun(
  { enabled }: Pick<Hook, 'enabled'>,
  file: string,
  { off, isLeft, forbidden, isAgreed }: HookStanding,
): string | undefined {
  if (NEVER.test(file)) return 'Nothing fires in folders of version control and of installed packages.';
  if (off !== undefined) return off;
  if (!enabled) return 'It is disabled.';
  if (isLeft) return LEFT_TO_KIRO;
  return forbidden ?? (isAgreed ? undefined : 'It asks before its first run.');
}
