/**
 * May a hook run? Only after the person agreed to exactly this content, in exactly this workspace folder; to a hook of
 * their own once for all of them.
 */
import { ActError } from '../actError';
import type { Consents } from '../consents';
import type { AbortSignal } from '../util/abort';
import { basename, relativePath } from '../util/path';
import type { Hook } from './model';

export interface HookConsents {
  /** As far as is known without asking. */
  isAgreed(hook: Hook): boolean;
  /** The person said no to this content since the start: it is not asked again unless the person begins. */
  isDeclined(hook: Hook): boolean;
  /** Learns what was agreed to before, here or elsewhere. */
  learn(hooks: readonly Hook[]): Promise<void>;
  /** Asks unless the person has agreed; `quiet` when an event asks and not the person. */
  ask(hook: Hook, signal?: AbortSignal, quiet?: boolean): Promise<boolean>;
}

export function createHookConsents(
  consents: Consents,
  kiroHome: string | undefined,
  /** Why an administrator forbids it. */
  forbids: (hook: Hook) => string | undefined = () => undefined,
): HookConsents {
  const agreed = new Set<string>();
  const declined = new Set<string>();
  const placeOf = ({ isHome, root }: Hook) => (isHome ? (kiroHome ?? root) : root);
  const keyOf = (hook: Hook) => JSON.stringify([placeOf(hook), hook.content]);
  return {
    isAgreed: (hook) => forbids(hook) === undefined && agreed.has(keyOf(hook)),
    isDeclined: (hook) => forbids(hook) !== undefined || declined.has(keyOf(hook)),
    async learn(hooks) {
      for (const hook of hooks)
        if (await consents.has('hook', placeOf(hook), hook.content)) agreed.add(keyOf(hook));
    },
    async ask(hook, signal, quiet = false) {
      const forbidden = forbids(hook);
      if (forbidden !== undefined && quiet) return false;
      if (forbidden !== undefined) throw new ActError('refused', forbidden);
      const key = keyOf(hook);
      if (agreed.has(key)) return true;
      const yes = await consents.obtain(
        'hook',
        placeOf(hook),
        hook.content,
        { ...questionOf(hook), quiet },
        signal,
      );
      (yes ? agreed : declined).add(key);
      if (yes) declined.delete(key);
      return yes;
    },
  };
}

function questionOf({ name, trigger, matcher, action, root, path, isHome, power }: Hook) {
  const what = action.type === 'command' ? action.command : action.prompt;
  const when =
    trigger === 'Manual'
      ? 'when you start it'
      : `on ${trigger}${matcher === undefined ? '' : ` of ${matcher}`}`;
  const everywhere = isHome ? ', in every workspace' : '';
  const own = isHome
    ? `your own ${basename(path)}${everywhere}`
    : (relativePath(root, path) ?? basename(path));
  const from = power === undefined ? own : `the power ${power}${everywhere}`;
  return {
    title: `Let the hook “${name}” run?`,
    detail: `It runs ${when}:\n\n${what}\n\nFrom ${from}. If it changes, you are asked again.`,
    answers: [{ id: 'yes', label: 'Let It Run' }],
  };
}
